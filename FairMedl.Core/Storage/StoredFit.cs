using FairMedl.Core.Training;

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

    /// <summary>Its place in the study's plan, from 0.</summary>
    public int Position { get; set; }

    /// <summary>The model's name in the catalogue.</summary>
    public required string Model { get; set; }

    /// <summary>Seed of the repetition.</summary>
    public ulong Seed { get; set; }

    /// <summary>The fold that it is tested on, from 0.</summary>
    public int Fold { get; set; }

    /// <summary>How many epochs it will have.</summary>
    public int Epochs { get; set; }

    /// <summary>Current state.</summary>
    public FitState State { get; set; }

    /// <summary>1 at the first try. Only the attempt that is running may write (the fence against late writers).</summary>
    public int Attempt { get; set; } = 1;

    /// <summary>How often its process ended while it ran, since a person last queued it.</summary>
    public int Interruptions { get; set; }

    /// <summary>Why it failed and what to do, for a person.</summary>
    public string? Error { get; set; }

    /// <summary>When the last attempt began.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When the last attempt ended.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>The last epoch's losses as JSON, once it is done.</summary>
    public string? LastLosses { get; set; }

    /// <summary>Key of the fit: model, seed and fold.</summary>
    public FitKey Key => new(Model, Seed, Fold);
}

/// <summary>What a fit that is done left behind, in <see cref="FitResultFormat"/>; apart from the fit so that lists never read it.</summary>
public sealed class StoredFitResult
{
    /// <summary>Fit that produced the result.</summary>
    public int FitId { get; set; }

    /// <summary>The attempt that wrote it.</summary>
    public int Attempt { get; set; }

    /// <summary>Result in binary form (<see cref="FitResultFormat"/>).</summary>
    public required byte[] Content { get; set; }
}
