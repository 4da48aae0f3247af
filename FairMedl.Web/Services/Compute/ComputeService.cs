using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Fits.SelfTests;
using FairMedl.Web.Jobs;

namespace FairMedl.Web.Services.Compute;

/// <summary>
/// Finds and tests compute engines on a thread of low priority. Native libraries are loaded only when a page asks for engines, and one
/// self-test runs at a time.
/// </summary>
public sealed class ComputeService(ComputeEngines engines, DeviceSlots devices, TimeProvider clock, ILogger<ComputeService> log)
    : IComputeService, IAsyncDisposable
{
    private readonly Lock gate = new();
    private Task running = Task.CompletedTask;

    /// <inheritdoc/>
    public SelfTestJob? Latest { get; private set; }

    /// <inheritdoc/>
    public Task<ComputeOverview> ReadAsync(CancellationToken cancellation = default) =>
        LowPriorityThread.RunAsync("compute engines", Read).WaitAsync(cancellation);

    /// <inheritdoc/>
    public SelfTestJob Start()
    {
        lock (gate)
        {
            if (Latest is { State: SelfTestState.Running } current) return current;
            Latest?.Dispose();
            SelfTestJob job = Latest = new SelfTestJob(clock.GetUtcNow());
            running = RunAsync(job);
            return job;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Latest?.Cancel();
        await running;
        Latest?.Dispose();
    }

    private async Task RunAsync(SelfTestJob job)
    {
        try
        {
            await LowPriorityThread.RunAsync("self-test", () => Test(job));
            job.End(SelfTestState.Done, clock.GetUtcNow());
        }
        catch (OperationCanceledException)
        {
            job.End(SelfTestState.Cancelled, clock.GetUtcNow());
        }
        catch (Exception e)
        {
            log.LogError(e, "The self-test of the compute engines failed");
            job.End(SelfTestState.Failed, clock.GetUtcNow(), e.Message);
        }
    }

    private ComputeOverview Read()
    {
        IReadOnlyList<IComputeEngine> all = engines.Engines;
        ComputeChoice choice = engines.Configured;
        ComputeTarget[] chosen =
        [
            .. Targets(all).Where(target => (choice.Engine is ComputeChoice.Auto || choice.Engine == target.Engine.Id)
                && (choice.Device is ComputeChoice.Auto || choice.Device == target.Device.Id)),
        ];
        ComputeTarget? used = chosen.FirstOrDefault(target => target.Device.IsCpu) ?? chosen.FirstOrDefault();
        return new ComputeOverview([.. all.Select(Read)], choice, used?.Origin, used?.FitsAtOnce(engines.Threads) ?? 0,
            [.. chosen.Where(target => target != used && !target.Device.IsCpu).Select(target => target.Origin)]);
    }

    private static IEnumerable<ComputeTarget> Targets(IReadOnlyList<IComputeEngine> all) =>
        from engine in all from device in engine.Devices select new ComputeTarget(engine, device);

    // The devices first: an engine knows the version of its native library only once that is loaded.
    private static EngineOverview Read(IComputeEngine engine)
    {
        DeviceOverview[] devices = [.. engine.Devices.Select(device => new DeviceOverview(device, engine.Parallelism(device)))];
        return new EngineOverview(engine.Id, engine.Description, engine.Version, devices, engine.Problems);
    }

    private int Test(SelfTestJob job)
    {
        ComputeTarget[] targets = [.. Targets(engines.Engines)];
        for (int i = 0; i < targets.Length; i++)
        {
            job.Stopping.ThrowIfCancellationRequested();
            ComputeTarget target = targets[i];
            string name = $"{target.Engine.Description} on {target.Device.Id}";
            if (!target.Device.IsCpu) job.Advance((double)i / targets.Length, $"{name}: waiting for running fits");
            using IDisposable slot = devices.Enter(target, job.Stopping);
            var advancing = new Advancing(job, name, i, targets.Length);
            job.Add(new DeviceSelfTest(target.Origin, target.Engine.SelfTest(target.Device, advancing, job.Stopping)));
        }

        return targets.Length;
    }

    private sealed class Advancing(SelfTestJob job, string target, int index, int count) : IProgress<SelfTestProgress>
    {
        public void Report(SelfTestProgress value) =>
            job.Advance((index + (double)value.Done / value.Total) / count, $"{target}: {value.Current}");
    }
}
