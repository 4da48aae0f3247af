using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Fits.SelfTests;
using FairMedl.Tests.Fits;
using FairMedl.Web.Jobs;
using FairMedl.Web.Services.Compute;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace FairMedl.Tests.Services;

public sealed class ComputeServiceTests
{
    private readonly DeviceSlots slots = new();
    private static readonly ComputeDevice Cpu = new(ComputeDevice.Cpu), Gpu = new("cuda:0");

    [Fact]
    public async Task Read_Engines_HaveDevicesAndProblems()
    {
        await using ComputeService service = Service(new SelfTestEngine("first", Cpu, Gpu),
            new SelfTestEngine("second") { Problems = [new ComputeProblem("It is missing.", "Add it.")] });

        ComputeOverview overview = await service.ReadAsync();

        Assert.Equal(["first", "second"], overview.Engines.Select(e => e.Id));
        Assert.Equal([2, 1], overview.Engines[0].Devices.Select(d => d.Parallelism));
        Assert.Equal("It is missing.", Assert.Single(overview.Engines[1].Problems).Message);
        Assert.Equal("cpu", overview.Used!.Device);
        Assert.Equal(2, overview.FitsAtOnce);
        Assert.Equal("cuda:0", Assert.Single(overview.Faster).Device);
    }

    [Theory]
    [InlineData("auto", "cpu", "first cpu")]
    [InlineData("second", "auto", "second cpu")]
    [InlineData("auto", "cuda:0", "second cuda:0")]
    [InlineData("first", "cuda:0", null)]
    public async Task Read_ConfiguredChoice_NamesWhatFitsUse(string engine, string device, string? expected)
    {
        await using ComputeService service = Service(new ComputeChoice(engine, device), new SelfTestEngine("first", Cpu),
            new SelfTestEngine("second", Cpu, Gpu));

        ComputeOverview overview = await service.ReadAsync();

        Assert.Equal(expected, overview.Used is { } used ? $"{used.Engine} {used.Device}" : null);
        Assert.Equal(engine == "second" ? 1 : 0, overview.Faster.Count);
    }

    [Fact]
    public async Task Start_TwoDevices_TestsBothAndKeepsTheResult()
    {
        await using ComputeService service = Service(new SelfTestEngine("first", Cpu, Gpu));

        SelfTestJob job = await EndedAsync(service.Start());

        Assert.Equal(SelfTestState.Done, job.State);
        Assert.Equal(["cpu", "cuda:0"], job.Results.Select(r => r.Origin.Device));
        Assert.Same(job, service.Latest);
        Assert.NotNull(job.EndedAt);
    }

    [Fact]
    public async Task Start_WhileOneRuns_ReturnsThatOne()
    {
        using var release = new ManualResetEventSlim();
        await using ComputeService service = Service(new SelfTestEngine("first", Cpu)
        {
            Test = (_, cancellation) =>
            {
                release.Wait(cancellation);
                return SelfTestEngine.Passing(1);
            },
        });
        SelfTestJob job = service.Start();

        Assert.Same(job, service.Start());

        release.Set();
        await EndedAsync(job);
        Assert.NotSame(job, service.Start());
    }

    [Fact]
    public async Task Cancel_RunningTest_EndsCancelled()
    {
        await using ComputeService service = Service(new SelfTestEngine("first", Cpu)
        {
            Test = (_, cancellation) =>
            {
                cancellation.WaitHandle.WaitOne();
                throw new OperationCanceledException(cancellation);
            },
        });
        SelfTestJob job = service.Start();

        job.Cancel();

        Assert.Equal(SelfTestState.Cancelled, (await EndedAsync(job)).State);
    }

    [Fact]
    public async Task Start_EngineThrows_EndsFailedWithTheReasonAndCanRunAgain()
    {
        int attempts = 0;
        await using ComputeService service = Service(new SelfTestEngine("first", Cpu)
        {
            Test = (_, _) => attempts++ == 0 ? throw new InvalidOperationException("The driver stopped.") : SelfTestEngine.Passing(1),
        });

        SelfTestJob failed = await EndedAsync(service.Start());

        Assert.Equal(SelfTestState.Failed, failed.State);
        Assert.Equal("The driver stopped.", failed.Failure);
        Assert.Equal(SelfTestState.Done, (await EndedAsync(service.Start())).State);
    }

    [Fact]
    public async Task Progress_OfTheSecondDevice_CountsTheFirst()
    {
        var shares = new List<double>();
        using var isFollowed = new ManualResetEventSlim();
        await using ComputeService service = Service(new SelfTestEngine("first", Cpu, Gpu)
        {
            Test = (progress, cancellation) =>
            {
                isFollowed.Wait(cancellation);
                progress!.Report(new SelfTestProgress(1, 2, "Replaying"));
                return SelfTestEngine.Passing(1);
            },
        });
        SelfTestJob job = service.Start();
        job.Changed += () => shares.Add(job.Share);
        isFollowed.Set();

        await EndedAsync(job);

        Assert.Equal(0.75, shares.Max());
        Assert.Equal("first engine on cuda:0: Replaying", job.Current);
    }

    [Fact]
    public async Task Start_WhileAFitUsesTheGpu_WaitsForItsEnd()
    {
        var engine = new SelfTestEngine("first", Gpu);
        IDisposable fit = slots.Enter(new ComputeTarget(engine, Gpu), CancellationToken.None);
        await using ComputeService service = Service(engine);
        SelfTestJob job = service.Start();
        while (job.Current == "Finding devices") await Task.Delay(5);

        Assert.Equal("first engine on cuda:0: waiting for running fits", job.Current);
        Assert.Empty(job.Results);

        fit.Dispose();
        Assert.Equal(SelfTestState.Done, (await EndedAsync(job)).State);
    }

    [Fact]
    public async Task Cancel_OfATestThatHasEndedAndWasReplaced_DoesNothing()
    {
        await using ComputeService service = Service(new SelfTestEngine("first", Cpu));
        SelfTestJob first = await EndedAsync(service.Start());
        await EndedAsync(service.Start());

        first.Cancel();

        Assert.Equal(SelfTestState.Done, first.State);
    }

    private ComputeService Service(params IComputeEngine[] engines) => Service(new ComputeChoice(), engines);

    private ComputeService Service(ComputeChoice choice, params IComputeEngine[] engines) => new(
        new ComputeEngines([.. engines.Select(e => new InstalledEngine(e.Id, () => e))], choice, threads: 2,
            new ComputeCalibration(new CalibrationFile(null, NullLogger<CalibrationFile>.Instance), slots), NullLogger<ComputeEngines>.Instance,
            hasNvidiaDriver: () => false),
        slots, TimeProvider.System, NullLogger<ComputeService>.Instance);

    private static async Task<SelfTestJob> EndedAsync(SelfTestJob job)
    {
        var ended = new TaskCompletionSource();
        job.Changed += Check;
        Check();
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30));
        return job;

        void Check()
        {
            if (job.State != SelfTestState.Running) ended.TrySetResult();
        }
    }
}
