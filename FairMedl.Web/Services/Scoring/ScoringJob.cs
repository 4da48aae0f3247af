using FairMedl.Core.Data;
using FairMedl.Core.Data.Csv;
using FairMedl.Core.Studies.Scoring;

namespace FairMedl.Web.Services.Scoring;

/// <summary>The state of a scoring.</summary>
public enum ScoringState
{
    /// <summary>Another file is scored first.</summary>
    Waiting,

    /// <summary>Rows are being predicted.</summary>
    Running,

    /// <summary>The predictions are ready.</summary>
    Done,

    /// <summary>The file cannot be used, or something else went wrong.</summary>
    Failed,

    /// <summary>The user cancelled it.</summary>
    Cancelled,
}

/// <summary>One file being scored. Its predictions are kept while the program runs.</summary>
public sealed class ScoringJob(string id, int study, string model, string file, long bytes) : IDisposable
{
    private readonly CancellationTokenSource stop = new();

    /// <summary>The id in addresses.</summary>
    public string Id { get; } = id;

    /// <summary>The study whose model predicts.</summary>
    public int Study { get; } = study;

    /// <summary>The model's id in the catalogue.</summary>
    public string Model { get; } = model;

    /// <summary>The file's name.</summary>
    public string File { get; } = file;

    /// <summary>The file's size in bytes.</summary>
    public long Bytes { get; } = bytes;

    /// <summary>The state.</summary>
    public ScoringState State { get; private set; }

    /// <summary>How much of the file is read.</summary>
    public CsvProgress Progress { get; private set; }

    /// <summary>The result, once it is done.</summary>
    public ScoringReport? Report { get; private set; }

    /// <summary>The path of the predictions, once it is done.</summary>
    public string? Predictions { get; private set; }

    /// <summary>The problems in the file, where it failed for that.</summary>
    public IReadOnlyList<InputFault> Faults { get; private set; } = [];

    /// <summary>What happened, where it failed.</summary>
    public string? Failure { get; private set; }

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => State is ScoringState.Done or ScoringState.Failed or ScoringState.Cancelled;

    /// <summary>Raised on any thread when something to show has changed.</summary>
    public event Action? Changed;

    /// <summary>Cancelled when the user cancels the scoring.</summary>
    internal CancellationToken Stopping => stop.Token;

    /// <summary>Stops it between two batches.</summary>
    public void Cancel()
    {
        if (!HasEnded) stop.Cancel();
    }

    /// <inheritdoc/>
    public void Dispose() => stop.Dispose();

    internal void Begin() => Set(ScoringState.Running);

    internal void Advance(CsvProgress progress)
    {
        Progress = progress;
        Changed?.Invoke();
    }

    internal void Finish(ScoringReport report, string predictions)
    {
        (Report, Predictions) = (report, predictions);
        Set(ScoringState.Done);
    }

    internal void Fail(string what, IReadOnlyList<InputFault> faults)
    {
        (Failure, Faults) = (what, faults);
        Set(ScoringState.Failed);
    }

    internal void Stopped() => Set(ScoringState.Cancelled);

    private void Set(ScoringState state)
    {
        State = state;
        Changed?.Invoke();
    }
}
