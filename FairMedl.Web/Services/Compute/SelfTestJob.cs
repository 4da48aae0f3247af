using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Fits.SelfTests;

namespace FairMedl.Web.Services.Compute;

/// <summary>State of a self-test.</summary>
public enum SelfTestState
{
    /// <summary>Devices are being tested.</summary>
    Running,

    /// <summary>Every device was tested.</summary>
    Done,

    /// <summary>The test ended with an error.</summary>
    Failed,

    /// <summary>The user cancelled the test.</summary>
    Cancelled,
}

/// <summary>The self-test of one device.</summary>
/// <param name="Origin">Engine and device.</param>
/// <param name="Result">What was found.</param>
public sealed record DeviceSelfTest(ComputeOrigin Origin, SelfTestResult Result);

/// <summary>A self-test of all devices. Its results are kept while the program runs.</summary>
public sealed class SelfTestJob(DateTimeOffset startedAt) : IDisposable
{
    private readonly Lock gate = new();
    private readonly CancellationTokenSource stop = new();
    private volatile Snapshot now = new(SelfTestState.Running, null, 0, "Finding devices", [], null);

    /// <summary>When it started.</summary>
    public DateTimeOffset StartedAt { get; } = startedAt;

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? EndedAt => now.EndedAt;

    /// <summary>The state.</summary>
    public SelfTestState State => now.State;

    /// <summary>Finished share, from 0 to 1.</summary>
    public double Share => now.Share;

    /// <summary>What runs now, in words.</summary>
    public string Current => now.Current;

    /// <summary>Devices that are tested completely, in order.</summary>
    public IReadOnlyList<DeviceSelfTest> Results => now.Results;

    /// <summary>Why it failed; null otherwise.</summary>
    public string? Failure => now.Failure;

    /// <summary>Raised on any thread when something to show has changed.</summary>
    public event Action? Changed;

    /// <summary>Cancelled when the user cancels the test.</summary>
    internal CancellationToken Stopping => stop.Token;

    /// <summary>Stops the test within one training step. Does nothing once it has ended.</summary>
    public void Cancel()
    {
        // With the lock, the test cannot end, and so cannot be disposed, between the two.
        lock (gate)
        {
            if (State == SelfTestState.Running) stop.Cancel();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => stop.Dispose();

    internal void Advance(double share, string current) => Change(s => s with { Share = share, Current = current });

    internal void Add(DeviceSelfTest result) => Change(s => s with { Results = [.. s.Results, result] });

    internal void End(SelfTestState state, DateTimeOffset at, string? failure = null) =>
        Change(s => s with { State = state, EndedAt = at, Failure = failure });

    private void Change(Func<Snapshot, Snapshot> change)
    {
        lock (gate) now = change(now);
        Changed?.Invoke();
    }

    private sealed record Snapshot(SelfTestState State, DateTimeOffset? EndedAt, double Share, string Current,
        IReadOnlyList<DeviceSelfTest> Results, string? Failure);
}
