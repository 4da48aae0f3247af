using System.Text;
using FairMedl.Core.Fits;
using FairMedl.Core.Storage;
using FairMedl.Core.Storage.Stores;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Plan;
using FairMedl.Tests.Storage;
using FairMedl.Tests.Studies;
using FairMedl.Tests.Web.Studies;
using FairMedl.Web.Services.Scoring;
using FairMedl.Web.Services.Studies;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace FairMedl.Tests.Web.Scoring;

/// <summary>Scorings that wait for another one, which a test holds at its first sign of life.</summary>
public sealed class ScoringServiceTests : IAsyncLifetime, IDisposable
{
    private static readonly StudyDefinition Definition = SmallStudy.Definition("nnet");
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ManualResetEventSlim held = new();
    private readonly FakeStudyService studies = new();
    private TemporaryStorage storage = null!;
    private ScoringService service = null!;
    private int study;

    public async Task InitializeAsync()
    {
        StudyPlan plan = StudyPlan.Create(Definition, SmallStudy.Table());
        FitResult fit = plan.Run(TestCompute.Managed, plan.Fits[0], null, CancellationToken.None);
        storage = await TemporaryStorage.CreateAsync();
        (study, IReadOnlyList<FitTicket> tickets) = await storage.Studies.QueueAsync(await storage.AddDatasetAsync(), "small", "{}", "00", [new NewFit(fit.Key, 2)]);
        Assert.True(await storage.Fits.FinishAsync((await storage.Fits.ClaimAsync(tickets[0]))!, fit));
        studies.Studies.Add(FakeStudyService.Study(study, StudyState.Done, FitState.Done) with { Definition = Definition });
        var works = new StudyWorkCache(storage.Studies, new MemoryCatalogue(), new StudyPlanner(TestCompute.Choice));
        await works.KeepAsync(study, new StudyPlanner(TestCompute.Choice).Plan(Definition, SmallStudy.Table()));
        service = new ScoringService(TestCompute.Managed, studies, storage.TrainedModels, works, storage.Folder, NullLogger<ScoringService>.Instance);
    }

    public async Task DisposeAsync()
    {
        held.Set();
        await service.DisposeAsync();
        await storage.DisposeAsync();
    }

    public void Dispose() => held.Dispose();

    [Fact]
    public async Task Cancel_QueuedScoring_StopsItAndRunsTheNext()
    {
        ScoringJob first = await HoldAsync();
        ScoringJob waiting = await StartAsync();
        Task ended = EndOf(waiting);
        waiting.Cancel();

        await ended.WaitAsync(Patience);
        Assert.Equal(ScoringState.Cancelled, waiting.State);
        Assert.False(first.HasEnded);
        Task next = EndOf(await StartAsync());
        Assert.False(next.IsCompleted);
        Task ofFirst = EndOf(first);
        held.Set();
        await Task.WhenAll(ofFirst, next).WaitAsync(Patience);
        Assert.Equal(ScoringState.Done, first.State);
    }

    [Fact]
    public async Task Start_FileCannotBeCreated_FailsAndTheNextIsScored()
    {
        ScoringJob first = await HoldAsync();
        ScoringJob broken = await StartAsync();
        Task ofFirst = EndOf(first), ofBroken = EndOf(broken);
        string incoming = Path.Combine(storage.Folder.FullPath, "incoming");
        Directory.Delete(incoming, recursive: true);
        await File.WriteAllTextAsync(incoming, "");
        held.Set();
        await Task.WhenAll(ofFirst, ofBroken).WaitAsync(Patience);
        Assert.Equal(ScoringState.Failed, broken.State);

        File.Delete(incoming);
        ScoringJob next = await StartAsync();
        await EndOf(next).WaitAsync(Patience);
        Assert.Equal(ScoringState.Done, next.State);
    }

    /// <summary>A running scoring that waits until it is released.</summary>
    private async Task<ScoringJob> HoldAsync()
    {
        ScoringJob job = await StartAsync(rows: 20_000);
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        job.Changed += () =>
        {
            running.TrySetResult();
            held.Wait();
        };
        await running.Task.WaitAsync(Patience);
        Assert.Equal(ScoringState.Running, job.State);
        return job;
    }

    private async Task<ScoringJob> StartAsync(int rows = 20)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(SmallStudy.Csv(rows, 3, null)));
        return await service.StartAsync(study, "nnet", "new.csv", content, false, null);
    }

    private static Task EndOf(ScoringJob job)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        job.Changed += Look;
        Look();
        return ended.Task;

        void Look()
        {
            if (job.HasEnded) ended.TrySetResult();
        }
    }
}
