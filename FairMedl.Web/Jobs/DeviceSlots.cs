using System.Threading.Channels;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Storage.Stores;

namespace FairMedl.Web.Jobs;

/// <summary>A queued fit that waits for a GPU, with its place in the queue.</summary>
public readonly record struct WaitingFit(FitTicket Ticket, DateTimeOffset Start, int Priority)
{
    /// <summary>Order of the queue: by start, then by descending priority.</summary>
    public (DateTimeOffset, int) Order => (Start, -Priority);
}

/// <summary>
/// Limits the work on a GPU to its engine's parallelism: fits, measurements and self-tests. Work on the CPU is not limited here; its
/// fits are limited by Jobs:Threads.
/// </summary>
public sealed class DeviceSlots
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Engine, string Device), Waiting> devices = [];
    private readonly Channel<FitTicket> freed = Channel.CreateUnbounded<FitTicket>();

    /// <summary>Waiting fits whose turn has come.</summary>
    public ChannelReader<FitTicket> Freed => freed.Reader;

    /// <summary>Blocks the thread until the device can run the work. Dispose the result after it.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IDisposable Enter(ComputeTarget compute, CancellationToken cancellation)
    {
        if (compute.Device.IsCpu) return new Slot(this, null);
        Waiting device = Of(compute);
        device.Free.Wait(cancellation);
        return new Slot(this, device);
    }

    /// <summary>
    /// The right to run a fit, to be disposed after it; null where the device is busy. The fit then waits without a thread, and
    /// <see cref="Freed"/> returns its ticket when the device may be free.
    /// </summary>
    public IDisposable? TryEnter(ComputeTarget compute, WaitingFit fit)
    {
        if (compute.Device.IsCpu) return new Slot(this, null);
        Waiting device = Of(compute);
        lock (gate)
        {
            // With the lock, no slot can be returned between the two.
            if (device.Free.Wait(0)) return new Slot(this, device);
            device.Fits.RemoveAll(other => other.Ticket == fit.Ticket);
            device.Fits.Add(fit);
            return null;
        }
    }

    /// <summary>Wakes the first waiting fit of each device that is free.</summary>
    public void Wake()
    {
        lock (gate)
        {
            foreach (Waiting device in devices.Values) WakeFirst(device);
        }
    }

    /// <summary>Removes waiting fits, such as cancelled ones.</summary>
    public void Remove(IReadOnlyCollection<FitTicket> fits)
    {
        lock (gate)
        {
            foreach (Waiting device in devices.Values) device.Fits.RemoveAll(fit => fits.Contains(fit.Ticket));
        }

        // One of them may have been woken in place of another.
        Wake();
    }

    private Waiting Of(ComputeTarget compute)
    {
        lock (gate)
        {
            (string, string) key = (compute.Engine.Id, compute.Device.Id);
            if (!devices.TryGetValue(key, out Waiting? device))
                devices.Add(key, device = new Waiting(new SemaphoreSlim(Math.Max(1, compute.Parallelism)), []));
            return device;
        }
    }

    private void Leave(Waiting device)
    {
        lock (gate)
        {
            device.Free.Release();
            WakeFirst(device);
        }
    }

    private void WakeFirst(Waiting device)
    {
        if (device.Fits.Count == 0 || device.Free.CurrentCount == 0) return;
        WaitingFit next = device.Fits.MinBy(fit => fit.Order);
        device.Fits.Remove(next);
        freed.Writer.TryWrite(next.Ticket);
    }

    private sealed record Waiting(SemaphoreSlim Free, List<WaitingFit> Fits);

    private sealed class Slot(DeviceSlots slots, Waiting? taken) : IDisposable
    {
        private Waiting? taken = taken;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref taken, null) is { } device) slots.Leave(device);
        }
    }
}
