using System.Collections.Concurrent;
using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Storage;
using FairMedl.Core.Storage.Stores;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Core.Studies.Sample;
using FairMedl.Tests.Hosting;
using FairMedl.Tests.Services;
using FairMedl.Tests.Storage;
using FairMedl.Tests.Studies;
using FairMedl.Web.Jobs;
using FairMedl.Web.Services.Studies;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FairMedl.Tests.Jobs;

public class StudyServiceTests
{
    [Fact]
    public async Task Queue_Study_RunsToTheEnd()
    {
        var planner = new FakePlanner();
        await using JobHost host = await JobHost.StartAsync(planner);

        int id = await host.QueueSampleAsync();
        // The time of the end is written a moment after the last fit.
        StudyDetail done = await host.WaitAsync(id, s => s.Summary is { State: StudyState.Done, FinishedAt: not null });

        Assert.Equal((6, 6, 0), (done.Summary.Fits, done.Summary.FitsDone, done.Summary.FitsFailed));
        Assert.All(done.Fits, f => Assert.Equal((FitState.Done, 1, 3, 2), (f.State, f.Attempt, f.Epochs, f.Losses!.Epoch)));
        Assert.Equal(TimeSpan.Zero, done.TimeLeft);
        Assert.Equal(StudyJson.Hash(SampleStudy.Definition()), StudyJson.Hash(done.Definition));
        StudyResults results = (await host.Service.ResultsAsync(id))!;
        Assert.Equal(planner.Fits.Select(f => f.Key), results.Fits.Select(f => f.Key));
        Assert.Same(results, await host.Service.ResultsAsync(id));
        Assert.Equal(1, planner.Gatherings);
    }

    [Fact]
    public async Task Queue_BeforeTheFirstResponse_RunsAfterIt()
    {
        using var lifetime = new FakeLifetime();
        var first = new FirstResponse(lifetime, TimeProvider.System);
        var early = new ConcurrentQueue<FitKey>();
        var planner = new FakePlanner { Act = (fit, _) => { if (!first.IsGiven) early.Enqueue(fit); } };
        await using JobHost host = await JobHost.StartAsync(planner, first: first);

        int id = await host.QueueSampleAsync();
        await host.WaitForJobsAsync(2);
        Assert.Empty(planner.Started);
        Assert.Equal(StudyState.Queued, (await host.Service.FindAsync(id))!.Summary.State);

        first.Give();
        await host.WaitAsync(id, s => s.Summary.State == StudyState.Done);
        Assert.Empty(early);
    }

    [Fact]
    public async Task Stop_BeforeTheFirstResponse_LeavesTheFitsQueued()
    {
        using var lifetime = new FakeLifetime();
        string folder = TemporaryStorage.NewPath();
        int id;
        await using (JobHost host = await JobHost.StartAsync(new FakePlanner(), folder, keep: true, first: new FirstResponse(lifetime, TimeProvider.System)))
        {
            id = await host.QueueSampleAsync();
            await host.WaitForJobsAsync(2);
        }

        await using JobHost next = await JobHost.StartAsync(new FakePlanner(), folder);
        StudyDetail done = await next.WaitAsync(id, s => s.Summary.State == StudyState.Done);
        Assert.All(done.Fits, f => Assert.Equal(1, f.Attempt));
    }

    [Fact]
    public async Task Queue_OneThread_RunsFitsInPlanOrderOneAtATime()
    {
        var planner = new FakePlanner();
        await using JobHost host = await JobHost.StartAsync(planner, threads: 1);

        int first = await host.QueueSampleAsync(), second = await host.QueueSampleAsync();
        await host.WaitAsync(first, s => s.Summary.State == StudyState.Done);
        await host.WaitAsync(second, s => s.Summary.State == StudyState.Done);

        FitKey[] plan = [.. planner.Fits.Select(f => f.Key)];
        Assert.Equal([.. plan, .. plan], planner.Started);
        Assert.Equal(1, planner.MostAtOnce);
    }

    [Fact]
    public async Task PutFirst_StudyQueuedLater_RunsBeforeQueuedFits()
    {
        using var started = new SemaphoreSlim(0);
        using var release = new ManualResetEventSlim();
        var planner = new FakePlanner
        {
            Act = (_, cancellation) =>
            {
                started.Release();
                release.Wait(cancellation);
            },
        };
        await using JobHost host = await JobHost.StartAsync(planner, threads: 1);
        int first = await host.QueueSampleAsync(), second = await host.QueueSampleAsync();
        await started.WaitAsync();

        await host.Service.PutFirstAsync(second);
        release.Set();
        await host.WaitAsync(first, s => s.Summary.State == StudyState.Done);

        Assert.Equal(StudyState.Done, (await host.Service.FindAsync(second))!.Summary.State);
        FitKey[] plan = [.. planner.Fits.Select(f => f.Key)];
        Assert.Equal([plan[0], .. plan, .. plan[1..]], planner.Started);
    }

    /// <summary>The plan lists the cheapest model first; what waits is queued anew by "run first", by a retry and by a restart.</summary>
    [Fact]
    public async Task Queue_AgainAndAfterARestart_RunsByFoldAndThenByDescendingCost()
    {
        FitKey[] order = [new("medl", 1, 0), new("nnet", 1, 0), new("medl", 1, 1), new("nnet", 1, 1)];
        NewFit[] plan = [.. new[] { 1, 0, 3, 2 }.Select(i => new NewFit(order[i], 3))];
        using var started = new SemaphoreSlim(0);
        var first = new FakePlanner { Fits = plan, Act = Wait };
        JobHost host = await JobHost.StartAsync(first, threads: 1);
        int running = await host.QueueSampleAsync(), id = await host.QueueSampleAsync();
        await started.WaitAsync();
        await host.Service.PutFirstAsync(id);
        await host.Service.CancelAsync(running);
        await started.WaitAsync();
        await host.Service.CancelAsync(id);
        await host.Service.RetryAsync(id);
        await started.WaitAsync();
        Assert.Equal([order[0], order[0], order[0]], first.Started);
        await host.StopAsync();

        var second = new FakePlanner { Fits = plan };
        await using JobHost again = await JobHost.StartAsync(second, host.Folder, threads: 1);
        await again.WaitAsync(id, s => s.Summary.State == StudyState.Done);
        await again.Service.RetryAsync(running);
        await again.WaitAsync(running, s => s.Summary.State == StudyState.Done);
        Assert.Equal([.. order, .. order], second.Started);

        void Wait(FitKey fit, CancellationToken cancellation)
        {
            started.Release();
            cancellation.WaitHandle.WaitOne();
        }
    }

    [Fact]
    public async Task Queue_TwoThreads_RunsAtMostTwoFitsAtOnce()
    {
        using var both = new Barrier(2);
        var planner = new FakePlanner { Act = (_, cancellation) => both.SignalAndWait(cancellation) };
        await using JobHost host = await JobHost.StartAsync(planner, threads: 2);

        int id = await host.QueueSampleAsync();
        await host.WaitAsync(id, s => s.Summary.State == StudyState.Done);
        Assert.Equal(2, planner.MostAtOnce);
    }

    [Fact]
    public async Task Queue_DefinitionDoesNotFit_StoresNothing()
    {
        var planner = new FakePlanner { Refuse = new InputException(new InputFault("The column is not there.", "Name another.")) };
        await using JobHost host = await JobHost.StartAsync(planner);

        await Assert.ThrowsAsync<InputException>(host.QueueSampleAsync);
        Assert.Empty(await host.Service.ListAsync());
        await Assert.ThrowsAsync<InputException>(() => host.Service.QueueAsync(99, SampleStudy.Definition()));
    }

    [Fact]
    public async Task Queue_DataReadWithOtherOptions_StoresTheOptions()
    {
        await using JobHost host = await JobHost.StartAsync(new FakePlanner(), worker: false);
        int dataset = (await host.Datasets.UploadAsync("a.csv", new MemoryStream("a;b\n1;-\n"u8.ToArray()), null, new CsvOptions { Missing = ["-"] }, null)).Id;

        int id = await host.Service.QueueAsync(dataset, SampleStudy.Definition());
        CsvOptions stored = (await host.Service.FindAsync(id))!.Definition.Data.Csv;
        Assert.Equal(";", stored.Delimiter);
        Assert.Equal(["-"], stored.Missing);
    }

    [Theory]
    [InlineData("cuda:0", 1, 1)]
    [InlineData("cuda:0", 2, 2)]
    [InlineData("cpu", 1, 4)]
    public async Task Fits_OnADevice_RunAsManyAtOnceAsItAllows(string device, int parallelism, int most)
    {
        using var all = new Barrier(most);
        var engine = new FakeEngine("torchsharp") { OnGpu = parallelism, OnCpu = parallelism };
        var planner = new FakePlanner
        {
            Fits = [.. Enumerable.Range(0, 8).Select(i => new NewFit(new FitKey("nnet", 1, i), 3))],
            Compute = new ComputeTarget(engine, new ComputeDevice(device)),
            // Each fit waits for so many others: fewer at once would never end, and more are counted.
            Act = (_, stop) => all.SignalAndWait(stop),
        };
        await using JobHost host = await JobHost.StartAsync(planner, threads: 4);

        await host.WaitAsync(await host.QueueSampleAsync(), s => s.Summary.State == StudyState.Done);
        Assert.Equal(most, planner.MostAtOnce);
    }

    [Fact]
    public async Task Queue_StudyOnABusyGpu_StaysQueuedWhileStudiesOnTheCpuRun()
    {
        using var release = new ManualResetEventSlim();
        var engine = new FakeEngine("torchsharp") { OnGpu = 1, OnCpu = 2 };
        var onGpu = new FakePlanner
        {
            Compute = new ComputeTarget(engine, new ComputeDevice("cuda:0")),
            Act = (_, stop) => release.Wait(stop),
        };
        var onCpu = new FakePlanner { Compute = new ComputeTarget(engine, new ComputeDevice("cpu")) };
        await using JobHost host = await JobHost.StartAsync(new PlannersInTurn(onGpu, onCpu));
        int gpu = await host.QueueSampleAsync();
        int cpu = await host.QueueSampleAsync();

        await host.WaitAsync(cpu, s => s.Summary.State == StudyState.Done);
        StudyDetail busy = await host.WaitAsync(gpu, s => s.Fits.Any(f => f.State == FitState.Running));
        Assert.Equal(5, busy.Fits.Count(f => f.State == FitState.Queued));

        release.Set();
        await host.WaitAsync(gpu, s => s.Summary.State == StudyState.Done);
        Assert.Equal(1, onGpu.MostAtOnce);
        Assert.Equal(onGpu.Fits.Count, onGpu.Started.Distinct().Count());
    }

    [Fact]
    public async Task Cancel_StudyThatUsesTheGpu_LetsTheNextOneUseIt()
    {
        using var started = new SemaphoreSlim(0);
        var compute = new ComputeTarget(new FakeEngine("torchsharp") { OnGpu = 1, OnCpu = 2 }, new ComputeDevice("cuda:0"));
        var endless = new FakePlanner
        {
            Compute = compute,
            Act = (_, stop) =>
            {
                started.Release();
                stop.WaitHandle.WaitOne();
            },
        };
        await using JobHost host = await JobHost.StartAsync(new PlannersInTurn(endless, new FakePlanner { Compute = compute }));
        int first = await host.QueueSampleAsync();
        int second = await host.QueueSampleAsync();
        await started.WaitAsync();

        await host.Service.CancelAsync(first);

        Assert.Equal(6, (await host.WaitAsync(second, s => s.Summary.State == StudyState.Done)).Summary.FitsDone);
        Assert.Single(endless.Started);
    }

    [Fact]
    public async Task Queue_EngineNotAvailable_FailsTheFitsWithTheReasonAndOthersStillRun()
    {
        await using JobHost host = await JobHost.StartAsync();
        int dataset = (await host.Datasets.AddSampleAsync()).Id;
        StudyDefinition definition = SampleStudy.Definition() with
        {
            Models = [new ModelRequest("nnet")],
            Protocol = new ProtocolSpecification { Folds = 5, FoldsToRun = 1 },
            Settings = SmallStudy.Settings(("epochs", 1)),
        };

        int missing = await host.Service.QueueAsync(dataset, definition, new ComputeChoice("torchsharp", "cuda:77"));
        StudyDetail failed = await host.WaitAsync(missing, s => s.Summary.State == StudyState.Failed);
        Assert.Equal(new ComputeChoice("torchsharp", "cuda:77"), failed.Compute);
        FitRow fit = Assert.Single(failed.Fits);
        Assert.Contains("of the study, value '", fit.Error, StringComparison.Ordinal);
        Assert.Contains("hoose ", fit.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("unexpected error", fit.Error, StringComparison.Ordinal);

        int own = await host.Service.QueueAsync(dataset, definition, new ComputeChoice("managed"));
        int configured = await host.Service.QueueAsync(dataset, definition);
        foreach (int id in (int[])[own, configured])
        {
            await host.WaitAsync(id, s => s.Summary.State == StudyState.Done);
            ComputeOrigin origin = Assert.Single((await host.Service.ResultsAsync(id))!.Header.Origins);
            Assert.Equal(("managed", "cpu"), (origin.Engine, origin.Device));
        }

        // The hash does not depend on the machine, and the choice survives a restart.
        Assert.Equal(StudyJson.Hash((await host.Service.FindAsync(own))!.Definition), StudyJson.Hash(failed.Definition));
        await Assert.ThrowsAsync<InputException>(() => host.Service.QueueAsync(dataset, definition, new ComputeChoice("tensorflow")));
        Assert.Equal(3, (await host.Service.ListAsync()).Count);
    }

    /// <summary>A result that cannot be read costs its fit alone, and only until the user has it trained again.</summary>
    [Fact]
    public async Task Results_OneIsDamaged_OthersAreShownAndItIsTrainedAgainOnRequest()
    {
        var planner = new FakePlanner();
        await using JobHost host = await JobHost.StartAsync(planner);
        int id = await host.QueueSampleAsync();
        await host.WaitAsync(id, s => s.Summary is { State: StudyState.Done, FinishedAt: not null });
        FitRow damaged = (await host.Service.FindAsync(id))!.Fits[3];
        await using (StudyDatabase database = new ForeignStorage(host.Folder).CreateDbContext())
            await database.Results.Where(r => r.FitId == damaged.Id).ExecuteUpdateAsync(s => s.SetProperty(r => r.Content, new byte[60]));

        GatheredStudy gathered = (await host.Service.GatheredAsync(id))!;
        Assert.Equal(5, gathered.Results.Fits.Count);
        UnreadableFit reported = Assert.Single(gathered.Unreadable);
        Assert.Equal(damaged.Key, reported.Key);
        Assert.Contains("damaged", reported.Reason, StringComparison.Ordinal);
        StudyDetail unchanged = (await host.Service.FindAsync(id))!;
        Assert.Equal((StudyState.Done, 6), (unchanged.Summary.State, unchanged.Summary.FitsDone));

        await host.Service.TrainUnreadableAgainAsync(id);
        StudyDetail again = await host.WaitAsync(id, s => s.Summary is { State: StudyState.Done, FinishedAt: not null });
        Assert.Equal([1, 1, 1, 2, 1, 1], again.Fits.Select(f => f.Attempt));
        GatheredStudy whole = (await host.Service.GatheredAsync(id))!;
        Assert.Equal(6, whole.Results.Fits.Count);
        Assert.Empty(whole.Unreadable);
    }

    [Fact]
    public async Task Fit_Fails_HasAReasonWithoutAStackTraceAndCanBeRetried()
    {
        var planner = new FakePlanner();
        FitKey broken = planner.Fits[2].Key;
        planner.Act = (key, _) =>
        {
            if (key == broken) throw new InvalidOperationException("boom");
        };
        await using JobHost host = await JobHost.StartAsync(planner);

        int id = await host.QueueSampleAsync();
        StudyDetail failed = await host.WaitAsync(id, s => s.Summary.State == StudyState.Failed);
        FitRow fit = failed.Fits[2];
        Assert.Equal((5, 1, FitState.Failed), (failed.Summary.FitsDone, failed.Summary.FitsFailed, fit.State));
        Assert.Contains("boom", fit.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(" at ", fit.Error, StringComparison.Ordinal);
        Assert.Equal(5, (await host.Service.ResultsAsync(id))!.Fits.Count);

        planner.Act = (_, _) => { };
        await host.Service.RetryAsync(id);
        StudyDetail done = await host.WaitAsync(id, s => s.Summary.State == StudyState.Done);
        Assert.Equal((2, null), (done.Fits[2].Attempt, done.Fits[2].Error));
        Assert.Equal(6, (await host.Service.ResultsAsync(id))!.Fits.Count);
    }

    [Fact]
    public async Task Cancel_WhileFitsRun_StopsThemAndKeepsFinishedFits()
    {
        var planner = new FakePlanner();
        FitKey first = planner.Fits[0].Key;
        planner.Act = (key, cancellation) =>
        {
            if (key != first) cancellation.WaitHandle.WaitOne();
        };
        await using JobHost host = await JobHost.StartAsync(planner);
        int id = await host.QueueSampleAsync();
        StudyDetail running = await host.WaitAsync(id, s => s.Summary.FitsDone == 1 && s.Fits.Count(f => f is { State: FitState.Running, Losses: not null }) == 2);
        Assert.Equal(1, running.Fits[1].Losses!.Epoch);

        await host.Service.CancelAsync(id);
        StudyDetail cancelled = (await host.Service.FindAsync(id))!;
        Assert.Equal((StudyState.Cancelled, 1), (cancelled.Summary.State, cancelled.Summary.FitsDone));
        Assert.Equal(3, planner.Started.Count);

        planner.Act = (_, _) => { };
        await host.Service.RetryAsync(id);
        StudyDetail done = await host.WaitAsync(id, s => s.Summary.State == StudyState.Done);
        Assert.Equal([1, 2, 2, 2, 2, 2], done.Fits.Select(f => f.Attempt));
    }

    [Fact]
    public async Task Delete_WhileFitsRun_LeavesNothing()
    {
        var planner = new FakePlanner { Act = (_, cancellation) => cancellation.WaitHandle.WaitOne() };
        await using JobHost host = await JobHost.StartAsync(planner);
        int id = await host.QueueSampleAsync();
        StudyDetail running = await host.WaitAsync(id, s => s.Fits.Any(f => f.State == FitState.Running));

        await host.Service.DeleteAsync(id);
        Assert.Null(await host.Service.FindAsync(id));
        Assert.Null(await host.Service.ResultsAsync(id));
        await host.Datasets.DeleteAsync(running.Summary.DatasetId);
        Assert.Empty(await host.Datasets.ListAsync());
    }

    [Fact]
    public async Task Stop_WhileFitsRun_NextStartFinishesTheStudy()
    {
        var first = new FakePlanner();
        FitKey quick = first.Fits[0].Key;
        first.Act = (key, cancellation) =>
        {
            if (key != quick) cancellation.WaitHandle.WaitOne();
        };
        JobHost host = await JobHost.StartAsync(first);
        int id = await host.QueueSampleAsync();
        await host.WaitAsync(id, s => s.Summary.FitsDone == 1 && s.Fits.Count(f => f.State == FitState.Running) == 2);
        await host.StopAsync();

        var second = new FakePlanner();
        await using JobHost again = await JobHost.StartAsync(second, host.Folder);
        StudyDetail done = await again.WaitAsync(id, s => s.Summary.State == StudyState.Done);
        Assert.Equal([1, 2, 2, 1, 1, 1], done.Fits.Select(f => f.Attempt));
        Assert.Equal(5, second.Started.Count);
    }

    [Fact]
    public async Task Start_FolderInUse_Fails()
    {
        await using JobHost host = await JobHost.StartAsync(new FakePlanner());

        await Assert.ThrowsAsync<StorageException>(() => JobHost.StartAsync(new FakePlanner(), host.Folder));
    }

    [Fact]
    public async Task Watch_StudyRuns_CallsBackUntilDisposed()
    {
        var planner = new FakePlanner();
        await using JobHost host = await JobHost.StartAsync(planner);
        int calls = 0, others = 0, later = 0;
        IDisposable any = host.Service.Watch(null, () => Interlocked.Increment(ref calls));
        using IDisposable other = host.Service.Watch(12345, () => Interlocked.Increment(ref others));

        int id = await host.QueueSampleAsync();
        await host.WaitAsync(id, s => s.Summary.State == StudyState.Done && Volatile.Read(ref calls) > 0);
        any.Dispose();

        // A callback that runs during the disposal has ended when a later subscriber is called for the first time.
        using IDisposable next = host.Service.Watch(null, () => Interlocked.Increment(ref later));
        int second = await host.QueueSampleAsync();
        await host.WaitAsync(second, _ => Volatile.Read(ref later) > 0);
        int before = Volatile.Read(ref calls);
        await host.WaitAsync(second, s => s.Summary.State == StudyState.Done);
        int known = Volatile.Read(ref later);
        await host.Service.DeleteAsync(id);
        await host.WaitAsync(second, _ => Volatile.Read(ref later) > known);
        Assert.Equal((before, 0), (Volatile.Read(ref calls), Volatile.Read(ref others)));
    }
}
