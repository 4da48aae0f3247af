using FairMedl.Core.Numerics;
using FairMedl.Core.Studies.Scoring;

namespace FairMedl.Core.Reports.Sentences;

/// <summary>
/// Warning beside the audit of a new file: the number of its rows that the study was trained on, where an audit is too optimistic.
/// </summary>
public static class TrainingOverlapSentence
{
    /// <summary>The sentence; null where nothing is audited.</summary>
    public static NumericText? Of(ScoringReport report) => report.Audit is null ? null
        : report.TrainingOverlap is { } overlap ? Of(overlap)
        : NumericText.Of("The study's own file is not available, so rows that the study was trained on were not detected. If there are " +
        "any, the audit is too optimistic.");

    /// <summary>The sentence on rows that were searched for in the training data.</summary>
    public static NumericText Of(TrainingOverlap overlap)
    {
        if (overlap.Rows == 0)
            return $"None of the {overlap.Labelled:N0} rows with a target is identical to one of the {overlap.Study:N0} rows of the study.";
        NumericText rows = $"{overlap.Rows:N0} of the {overlap.Labelled:N0} rows with a target {(overlap.Rows == 1 ? "is" : "are")} " +
            $"identical, in features, groups, cluster and target, to rows that the study was trained on";
        NumericText share = overlap.DuplicateShare < .001
            ? NumericText.Of($"less than {0.1:0.0}") : NumericText.Of($"{100 * overlap.DuplicateShare:0.#}");
        NumericText duplicates = overlap.DuplicateShare == 0
            ? NumericText.Of("no two rows of the study are identical")
            : NumericText.Of($"{share}% of the study's own rows have a duplicate");
        if (!overlap.IsWarning) return $"{rows}, no more than by chance: {duplicates}.";
        return $"{rows}; {duplicates}. The models have seen these outcomes, so the audit is too optimistic on such rows. Leave them out, " +
            $"or read the study's own results, which are out-of-fold predictions.";
    }
}
