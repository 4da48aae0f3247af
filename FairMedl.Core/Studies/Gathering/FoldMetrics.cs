using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fits;

namespace FairMedl.Core.Studies.Gathering;

/// <summary>
/// One fit's metrics over its own test fold, seen clusters: what a test over folds is made from. A fold's groups are small,
/// so its spreads are larger than those of the pooled predictions; only differences between models of one fold are used.
/// </summary>
/// <param name="Key">The fit.</param>
/// <param name="Head">Whose predictions.</param>
/// <param name="TestRows">How many rows the values rest on.</param>
/// <param name="TrainingRows">How many rows the fit was trained on.</param>
/// <param name="Values">The paper's metrics of the task.</param>
public sealed record FoldMetrics(FitKey Key, Head Head, int TestRows, int TrainingRows, IReadOnlyList<FoldMetric> Values)
{
    /// <summary>The value of a metric over the groups that are counted, null where it is undefined in this fold.</summary>
    public double? Find(string? attribute, string metric, CountedGroups counted) =>
        Values.FirstOrDefault(v => v.Attribute == attribute && v.Metric == metric) is not { } found ? null
            : attribute is null || counted == CountedGroups.All ? found.Value : found.LargeGroups;

    /// <summary>What an audit of the fold's test rows says.</summary>
    public static FoldMetrics Of(FitResult fit, Head head, SplitAudit audit, bool classification)
    {
        (IReadOnlyList<string> overall, IReadOnlyList<string> spreads) = MetricDescriptions.Paper(classification);
        return new FoldMetrics(fit.Key, head, fit.TestRows.Length, fit.TrainingRows,
        [
            .. overall.Select(m => new FoldMetric(null, m, MetricDescriptions.Read(audit, m).Value)),
            .. audit.Attributes.SelectMany(a => spreads.Select(m => new FoldMetric(a.Attribute, m,
                MetricDescriptions.Read(a, m, CountedGroups.All).Value, MetricDescriptions.Read(a, m, CountedGroups.Large).Value))),
        ]);
    }
}

/// <summary>One metric; a value is null where it is undefined.</summary>
/// <param name="Attribute">The attribute; null for a metric over all rows.</param>
/// <param name="Metric">The metric's id.</param>
/// <param name="Value">The value, over all groups.</param>
/// <param name="LargeGroups">The value over the groups that are large enough.</param>
public sealed record FoldMetric(string? Attribute, string Metric, double? Value, double? LargeGroups = null);
