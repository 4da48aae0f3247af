using FairMedl.Core.Fits;
using FairMedl.Core.Storage.Formats;

namespace FairMedl.Core.Storage;

/// <summary>
/// Database row of a fit, the unit of work of the job queue. Its result is a separate row (<see cref="StoredFitResult"/>).
/// </summary>
public sealed class StoredFit
{
    /// <summary>Primary key.</summary>
    public int Id { get; set; }

    /// <summary>Study of the fit.</summary>
    public int StudyId { get; set; }

    /// <summary>Position in the study's plan, from 0.</summary>
    public int Position { get; set; }

    /// <summary>Id of the model in the catalogue.</summary>
    public required string Model { get; set; }

    /// <summary>Seed of the repetition.</summary>
    public ulong Seed { get; set; }

    /// <summary>Test fold, from 0.</summary>
    public int Fold { get; set; }

    /// <summary>Number of epochs to train.</summary>
    public int Epochs { get; set; }

    /// <summary>Current state.</summary>
    public FitState State { get; set; }

    /// <summary>Number of the current attempt, from 1. Writes of earlier attempts are rejected.</summary>
    public int Attempt { get; set; } = 1;

    /// <summary>How many times the process ended during the fit, since the user last queued it.</summary>
    public int Interruptions { get; set; }

    /// <summary>Error message of a failed fit: what happened and what to do.</summary>
    public string? Error { get; set; }

    /// <summary>Start of the last attempt.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>End of the last attempt.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Losses of the last epoch as JSON; null until the fit is done.</summary>
    public string? LastLosses { get; set; }

    /// <summary>Key of the fit: model, seed and fold.</summary>
    public FitKey Key => new(Model, Seed, Fold);
}

/// <summary>Database row of a finished fit's result. It is separate from the fit so that lists need not read it.</summary>
public sealed class StoredFitResult
{
    /// <summary>Fit that produced the result.</summary>
    public int FitId { get; set; }

    /// <summary>Attempt that wrote the result.</summary>
    public int Attempt { get; set; }

    /// <summary>Result in binary form (<see cref="FitResultFormat"/>).</summary>
    public required byte[] Content { get; set; }
}
