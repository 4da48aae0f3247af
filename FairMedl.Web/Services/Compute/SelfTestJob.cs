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
    private readonly CancellationTokenSource stop = new();

    /// <summary>When it started.</summary>
    public DateTimeOffset StartedAt { get; } = startedAt;

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>The state.</summary>
    public SelfTestState State { get; private set; }

    /// <summary>Finished share, from 0 to 1.</summary>
    public double Share { get; private set; }

    /// <summary>What runs now, in words.</summary>
    public string Current { get; private set; } = "Finding devices";

    /// <summary>Devices that are tested completely, in order.</summary>
    public IReadOnlyList<DeviceSelfTest> Results { get; private set; } = [];

    /// <summary>Why it failed; null otherwise.</summary>
    public string? Failure { get; private set; }

    /// <summary>Raised on any thread when something to show has changed.</summary>
    public event Action? Changed;

    /// <summary>Cancelled when the user cancels the test.</summary>
    internal CancellationToken Stopping => stop.Token;

    /// <summary>Stops the test within one training step.</summary>
    public void Cancel()
    {
        if (State == SelfTestState.Running) stop.Cancel();
    }

    /// <inheritdoc/>
    public void Dispose() => stop.Dispose();

    internal void Advance(double share, string current)
    {
        (Share, Current) = (share, current);
        Changed?.Invoke();
    }

    internal void Add(DeviceSelfTest result)
    {
        Results = [.. Results, result];
        Changed?.Invoke();
    }

    internal void End(SelfTestState state, DateTimeOffset at, string? failure = null)
    {
        (EndedAt, Failure, State) = (at, failure, state);
        Changed?.Invoke();
    }
}
