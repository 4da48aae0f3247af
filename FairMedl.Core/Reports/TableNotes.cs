using System.Globalization;
using FairMedl.Core.Experiments;
using FairMedl.Core.Fairness;

namespace FairMedl.Core.Reports;

/// <summary>The notes that stand below tables: what the metrics mean, what the numbers rest on, what is missing.</summary>
internal static class TableNotes
{
    /// <summary>One sentence for each metric.</summary>
    public static IEnumerable<string> Metrics(IEnumerable<MetricDescription> metrics) => metrics.Select(m => $"{m.Name}: {m.Sentence}");

    /// <summary>Seeds and folds behind the values.</summary>
    public static string Repetitions(StudyResults results, Split split)
    {
        ProtocolSpecification protocol = results.Header.Definition.Protocol;
        int folds = protocol.FoldsToRun ?? protocol.Folds;
        string seeds = protocol.Seeds.Count == 1
            ? string.Create(CultureInfo.InvariantCulture, $"Seed {protocol.Seeds[0]}")
            : string.Create(CultureInfo.InvariantCulture, $"Mean over {protocol.Seeds.Count} seeds ({string.Join(", ", protocol.Seeds)})");
        string pooled = split switch
        {
            Split.Seen => "pooled predictions of the test folds",
            Split.Unseen => "mean over the folds' models",
        };
        string which = folds == protocol.Folds
            ? string.Create(CultureInfo.InvariantCulture, $"{folds} folds")
            : string.Create(CultureInfo.InvariantCulture, $"{folds} of {protocol.Folds} folds");
        string unfinished = results.Fits.Count < results.Header.PlannedFits
            ? string.Create(CultureInfo.InvariantCulture, $" The study is unfinished: {results.Fits.Count} of {results.Header.PlannedFits} fits.")
            : "";
        string threshold = results.Threshold is { } one
            ? string.Create(CultureInfo.InvariantCulture, $" One threshold of {one:0.000} for all folds and seeds instead of each fit's own.")
            : "";
        return $"{seeds}, {which}; {pooled}.{threshold}{unfinished}";
    }

    /// <summary>Where the bands begin.</summary>
    public static string Bands(EffectThresholds thresholds) => string.Create(
        CultureInfo.InvariantCulture,
        $"Improvement against the baseline, positive is better: {thresholds.Moderate} % or more is moderate to large (bold), {thresholds.Low} to {thresholds.Moderate} % low (italic), below {thresholds.Low} % negligible, more than {thresholds.Low} % worse is worse. Bands describe sizes; they are no tests. In brackets stands what speaks for noise: '{EffectBand.BelowFloor}', both values are such as a perfectly fair model would show; '{EffectBand.Overlap}' or '{EffectBand.OverlapByClusters}', the two 95 % intervals have values in common. Over the same rows the two values vary together, so that a real change may hide there too: paired tests, where there are some, tell.");

    /// <summary>Spreads of attributes with other numbers of groups are not comparable.</summary>
    public const string SpreadsByGroups = "A standard deviation is not comparable between attributes with different numbers of groups: with two groups it is half their difference.";

    /// <summary>What the noise floor is.</summary>
    public const string Floor = "Noise floor: the 95th percentile of the spread that a perfectly fair model would show at these group sizes; a spread below it is no evidence of unfairness.";

    /// <summary>What the intervals are.</summary>
    public const string Intervals = "95 % intervals: Wilson for rates, DeLong for AUROC, percentile bootstrap by rows for balanced accuracy and for spreads, where the bootstrap inherits the upward bias of spreads over small groups; Student's t for means. Over three seeds and more: Student's t over the seeds, never narrower than the mean of the seeds' own intervals. Over two seeds, where t has one degree of freedom, and over the folds' models on unseen rows, which share their training rows: the mean of their own intervals.";

    /// <summary>What the intervals by clusters are.</summary>
    public const string ByClusters = "95 % CI by clusters: a percentile bootstrap that draws whole clusters in place of rows, so it holds what other clusters would vary. With fewer than 30 clusters it is rough, and more often too narrow than too wide.";

    /// <summary>That intervals by clusters are rough here; nothing where there are enough clusters.</summary>
    public static IEnumerable<string> FewClusters(StudyResults results, Split split)
    {
        ClusterInterval? few = results.Audits
            .Where(a => a.Split == split)
            .SelectMany(a => a.Audit.Attributes)
            .SelectMany(a => new[] { a.TprSd, a.MseSd, a.DemographicParity })
            .Select(e => e.ByClusters)
            .OfType<ClusterInterval>()
            .FirstOrDefault(c => c.IsRough);
        if (few is not null)
            yield return string.Create(CultureInfo.InvariantCulture, $"The intervals by clusters rest on {few.Clusters} {ResultNames.Long(split)} and are rough.");
    }

    /// <summary>No finished fits.</summary>
    public static string Missing(string model, Split split) => $"{ResultNames.Model(model)} has no finished fits on {ResultNames.Long(split)}.";
}
