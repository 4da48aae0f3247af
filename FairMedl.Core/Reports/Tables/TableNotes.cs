using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fairness.Tests;
using FairMedl.Core.Numerics;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Reports.Sentences;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Tables;

/// <summary>The notes below tables: what the metrics mean, how the values were computed, what is missing.</summary>
internal static class TableNotes
{
    /// <summary>One sentence for each metric.</summary>
    public static IEnumerable<NumericText> Metrics(IEnumerable<MetricDescription> metrics) =>
        metrics.Select(m => NumericText.Of($"{m.Name}: {m.Sentence}"));

    /// <summary>Notes that are the same for every study.</summary>
    public static IEnumerable<NumericText> Of(params string[] notes) => notes.Select(NumericText.Of);

    /// <summary>Note on the number of seeds and folds.</summary>
    public static NumericText Repetitions(StudyResults results, Split split)
    {
        ProtocolSpecification protocol = results.Header.Definition.Protocol;
        int folds = protocol.FoldsToRun ?? protocol.Folds;
        string seeds = protocol.Seeds.Count == 1
            ? FormattableString.Invariant($"Seed {protocol.Seeds[0]}")
            : FormattableString.Invariant($"Mean over {protocol.Seeds.Count} seeds ({string.Join(", ", protocol.Seeds)})");
        string pooled = split switch
        {
            Split.Seen => "out-of-fold predictions",
            Split.Unseen => "mean over the folds' models",
        };
        string which = folds == protocol.Folds
            ? FormattableString.Invariant($"{folds} folds") : FormattableString.Invariant($"{folds} of {protocol.Folds} folds");
        NumericText unfinished = results.Fits.Count < results.Header.PlannedFits
            ? NumericText.Of($" The study is unfinished: {results.Fits.Count:N0} of {results.Header.PlannedFits:N0} fits.")
            : NumericText.Empty;
        NumericText threshold = results.Threshold is { } one
            ? NumericText.Of($" One decision threshold of {one:0.000} for all folds and seeds instead of each model's own.")
            : NumericText.Empty;
        return $"{seeds}, {which}; {pooled}.{threshold}{unfinished}";
    }

    /// <summary>Note on the limits of the effect bands.</summary>
    public static NumericText Bands(EffectThresholds thresholds) =>
        $"Improvement in % of the baseline; positive is better. {thresholds.Moderate}% or more is moderate to large (bold), " +
        $"{thresholds.Low}% to {thresholds.Moderate}% is low (italic), below {thresholds.Low}% is negligible, more than " +
        $"{thresholds.Low}% worse is worse. A band describes the size. It is marked by color and type only where the change is " +
        $"statistically clear: the paired test over folds has a Holm-adjusted p below {AdjustedTest.Level} or, without a test over " +
        $"at least {AdjustedTest.FewestRepetitions} folds, the 95% intervals by rows and by clusters do not overlap, and not both " +
        $"values are below the noise floor. 'Not clear' gives the reason.";

    /// <summary>Note that spreads of attributes with different numbers of groups are not comparable.</summary>
    public const string SpreadsByGroups =
        "Standard deviations are not comparable between attributes with different numbers of groups. With two groups the standard " +
        "deviation is half the difference.";

    /// <summary>Note on the noise floor.</summary>
    public const string Floor =
        "Noise floor: the spread expected by chance at these group sizes (95th percentile for a perfectly fair model). A spread below " +
        "it is no evidence of unfairness.";

    /// <summary>Note on the SDs corrected for chance.</summary>
    public const string Corrected = CountedGroupsText.Corrected;

    /// <summary>Notes on the groups that the spreads of some attributes count, and on those that they leave out.</summary>
    public static IEnumerable<NumericText> Counted(StudyResults results, Split split, IReadOnlyCollection<string> attributes) =>
        [.. CountedGroupsText.Version(results), .. CountedGroupsText.LeftOut(results, split, attributes)];

    /// <summary>Note on the intervals by rows.</summary>
    public const string Intervals =
        "95% confidence intervals (CI): Wilson for rates, DeLong for AUROC, Student's t for means, the Wilson intervals of both " +
        "rates for balanced accuracy, and simulation by rows for spreads, with a lower end that allows for their upward bias over small " +
        "groups. With three or more seeds: Student's t over the seeds, never narrower than the mean of the seeds' own intervals. With " +
        "two seeds, and over the folds' models on clusters not seen in training: the mean of their own intervals.";

    /// <summary>Note on the intervals by clusters.</summary>
    public const string ByClusters =
        "95% CI by clusters: a clustered bootstrap that draws whole clusters instead of rows, so it includes the variation between " +
        "clusters. It is widened for few clusters, and with fewer than 30 it is rough.";

    /// <summary>Note that intervals by clusters are rough because there are few clusters; empty where there are enough.</summary>
    public static IEnumerable<NumericText> FewClusters(StudyResults results, Split split)
    {
        ClusterInterval? few = results.Audits
            .Where(a => a.Split == split)
            .SelectMany(a => a.Audit.Attributes)
            .SelectMany(a => new[] { a.TprSd, a.MseSd, a.DemographicParity })
            .Select(e => e.ByClusters)
            .OfType<ClusterInterval>()
            .FirstOrDefault(c => c.IsRough);
        if (few is not null)
            yield return $"The intervals by {ClusterWords.Of(results).One} are rough: they are based on {few.Clusters} " +
                $"{ClusterWords.Of(results).Of(split)}.";
    }

    /// <summary>Note that no fit has finished.</summary>
    public static NumericText Missing(StudyResults results, string model, Split split) =>
        $"{ResultNames.Model(model)} has no finished fits on {ClusterWords.Of(results).Of(split)}.";
}
