using FairMedl.Web.Hosting;
using FairMedl.Web.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FairMedl.Tests.Hosting;

public class FirstResponseTests
{
    [Fact]
    public async Task FirstResponse_Sent_SetsTheSignal()
    {
        using var lifetime = new FakeLifetime();
        var first = new FirstResponse(lifetime, TimeProvider.System);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton(first);
        await using WebApplication app = builder.Build();
        app.UseFirstResponse();
        app.MapGet("/", () => first.IsGiven ? "early" : "waited for");
        await app.StartAsync();
        Assert.False(first.IsGiven);

        Assert.Equal("waited for", await app.GetTestClient().GetStringAsync(new Uri("/", UriKind.Relative)));

        await first.WaitAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Wait_NoRequest_EndsShortlyAfterTheStart()
    {
        using var lifetime = new FakeLifetime();
        var clock = new ClockWithoutWaiting();
        var first = new FirstResponse(lifetime, clock);
        Assert.False(first.IsGiven);
        Assert.Empty(clock.Waited);

        lifetime.Start();

        await first.WaitAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.InRange(Assert.Single(clock.Waited), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
    }

    /// <summary>A clock whose timers are due at once, and which keeps for how long they were set.</summary>
    private sealed class ClockWithoutWaiting : TimeProvider
    {
        public List<TimeSpan> Waited { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waited.Add(dueTime);
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
