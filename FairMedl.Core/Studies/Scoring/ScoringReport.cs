using FairMedl.Core.Data.NewFiles;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Studies.Scoring;

/// <summary>Rows of a new file with what a run says of them.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Predictions">Their predictions.</param>
/// <param name="FixedThreshold">Decision threshold of the fixed effects; null for regression.</param>
/// <param name="MixedThreshold">Decision threshold of the mixed effects.</param>
public sealed record ScoredRows(NewRows Rows, EnsemblePredictions Predictions, double? FixedThreshold, double? MixedThreshold);

/// <summary>What came of scoring a file.</summary>
public sealed record ScoringReport
{
    /// <summary>Name of the scored file.</summary>
    public required string File { get; init; }

    /// <summary>The model's name in the catalogue.</summary>
    public required string Model { get; init; }

    /// <summary>Fits whose predictions are averaged, in words.</summary>
    public required string Members { get; init; }

    /// <summary>What stood in the file.</summary>
    public required NewRowsSummary Summary { get; init; }

    /// <summary>Number of predicted rows.</summary>
    public required long Predicted { get; init; }

    /// <summary>Those of clusters that were used in training.</summary>
    public required long InSeenClusters { get; init; }

    /// <summary>Rows whose target is known, which the audit rests on.</summary>
    public required long Labelled { get; init; }

    /// <summary>Decision threshold of the fixed effects; null for regression.</summary>
    public required double? FixedThreshold { get; init; }

    /// <summary>Decision threshold of the mixed effects; null for regression and without random effects.</summary>
    public required double? MixedThreshold { get; init; }

    /// <summary>What a reader must know, in sentences.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>How many of the audited rows the study trained on; null where its rows were not at hand, or nothing is audited.</summary>
    public TrainingOverlap? TrainingOverlap { get; init; }

    /// <summary>The audit of the labelled rows in the form of a study's results ("seen" = known clusters); null without any.</summary>
    public StudyResults? Audit { get; init; }
}
