using FairMedl.Core.Storage;
using FairMedl.Core.Storage.Stores;
using FairMedl.Core.Studies.Sample;
using FairMedl.Tests.Storage;
using FairMedl.Web.Hosting;
using FairMedl.Web.Jobs;
using FairMedl.Web.Services.Datasets;
using FairMedl.Web.Services.Studies;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;
using Xunit;

namespace FairMedl.Tests.Jobs;

/// <summary>The services as the web app runs them, on a data folder of their own, without its pages.</summary>
public sealed class JobHost : IAsyncDisposable
{
    private readonly IHost host;

    private readonly bool keep;

    private JobHost(IHost host, string folder, bool keep)
    {
        this.host = host;
        this.keep = keep;
        Folder = folder;
    }

    public string Folder { get; }

    public IStudyService Service => host.Services.GetRequiredService<IStudyService>();

    public IDatasetCatalogue Datasets => host.Services.GetRequiredService<IDatasetCatalogue>();

    public FitStore Fits => host.Services.GetRequiredService<FitStore>();

    public static async Task<JobHost> StartAsync(IStudyPlanner? planner = null, string? folder = null, int threads = 2, bool worker = true, bool keep = false, FirstResponse? first = null)
    {
        folder ??= TemporaryStorage.NewPath();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("Storage:Folder", folder), new("Jobs:Threads", FormattableString.Invariant($"{threads}"))]);
        builder.Logging.SetMinimumLevel(LogLevel.None);
        if (planner is not null) builder.Services.AddSingleton(planner);
        if (first is not null) builder.Services.AddSingleton(first);
        builder.Services.AddFairMedlServices(builder.Configuration, worker);
        IHost host = builder.Build();
        await host.StartAsync();
        return new JobHost(host, folder, keep);
    }

    public async Task<int> QueueSampleAsync() => await Service.QueueAsync((await Datasets.AddSampleAsync()).Id, SampleStudy.Definition());

    public async Task<StudyDetail> WaitAsync(int study, Func<StudyDetail, bool> until)
    {
        DateTime deadline = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(180);
        while (true)
        {
            StudyDetail detail = (await Service.FindAsync(study))!;
            if (until(detail)) return detail;
            Assert.True(TimeProvider.System.GetUtcNow().UtcDateTime < deadline, $"waited too long; the study is {detail.Summary}, its fits {string.Join(", ", detail.Fits)}");
            await Task.Delay(20);
        }
    }

    /// <summary>Waits until that many jobs execute at the same time. A fit that waits for the first response is one of them.</summary>
    public async Task WaitForJobsAsync(int count)
    {
        IScheduler scheduler = await host.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        DateTime deadline = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(60);
        while ((await scheduler.GetMetadata()).LocalExecutingJobs != count)
        {
            Assert.True(TimeProvider.System.GetUtcNow().UtcDateTime < deadline, $"waited too long for {count} jobs");
            await Task.Delay(10);
        }
    }

    /// <summary>Stops in an orderly way and leaves the folder.</summary>
    public async Task StopAsync()
    {
        await host.StopAsync();
        await using (StudyDatabase database = await host.Services.GetRequiredService<IDbContextFactory<StudyDatabase>>().CreateDbContextAsync())
            SqliteConnection.ClearPool((SqliteConnection)database.Database.GetDbConnection());
        if (host is IAsyncDisposable disposable) await disposable.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (!keep) Directory.Delete(Folder, recursive: true);
    }
}
