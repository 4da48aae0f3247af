using System.Collections.Concurrent;
using FairMedl.Core.Fits.Engines;

namespace FairMedl.Web.Jobs;

/// <summary>
/// Limits the fits that run at once on a GPU to its engine's parallelism. Fits on the CPU are limited by Jobs:Threads alone.
/// </summary>
public sealed class DeviceSlots
{
    private readonly ConcurrentDictionary<(string Engine, string Device), SemaphoreSlim> slots = new();

    /// <summary>Waits until the device can run one more fit. Dispose the result after the fit.</summary>
    public async Task<IDisposable> EnterAsync(ComputeTarget compute, CancellationToken cancellation)
    {
        if (compute.Device.IsCpu) return new Slot(null);
        SemaphoreSlim free = slots.GetOrAdd((compute.Engine.Id, compute.Device.Id),
            _ => new SemaphoreSlim(Math.Max(1, compute.Parallelism)));
        await free.WaitAsync(cancellation);
        return new Slot(free);
    }

    private sealed class Slot(SemaphoreSlim? taken) : IDisposable
    {
        private SemaphoreSlim? taken = taken;

        public void Dispose() => Interlocked.Exchange(ref taken, null)?.Release();
    }
}
