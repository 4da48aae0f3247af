using FairMedl.Core.Fairness.Intervals;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fairness.Tests;
using FairMedl.Web.Components.Charts.Series;

namespace FairMedl.Web.Components.Disparity;

/// <summary>One model's numbers for an attribute, as a series of a group dot plot.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Style">The model's style.</param>
/// <param name="Audit">Its numbers.</param>
public sealed record GroupDotsSeries(string Name, SeriesStyle Style, AttributeAudit Audit);

/// <summary>One model's number for a group.</summary>
/// <param name="Estimate">The number with its interval, or why there is none.</param>
/// <param name="Difference">The number minus the reference group's; null for the reference group and where either is undefined.</param>
/// <param name="Chance">Where the rate would fall by chance if the groups had the same true rate; null where this is not known.</param>
public sealed record GroupDot(Estimate Estimate, double? Difference, ChanceBand? Chance);

/// <summary>One group.</summary>
/// <param name="Group">The group.</param>
/// <param name="N">Its rows.</param>
/// <param name="Counted">The rows that the metric is computed from: its positives, its negatives or all of them.</param>
/// <param name="IsSmall">Whether it is too small to judge.</param>
/// <param name="Dots">The number under each model, in the order of the series.</param>
public sealed record GroupDotsRow(string Group, int N, int Counted, bool IsSmall, IReadOnlyList<GroupDot> Dots);

/// <summary>
/// A metric by group as rows of a dot plot. Up to <see cref="MostRows"/> groups keep the data's order. Of more groups, those with the
/// highest and the lowest values are shown, ranked by the first series among the groups that are large enough, and the rest on request.
/// </summary>
public sealed record GroupDots
{
    /// <summary>The most groups that are all shown at once.</summary>
    public const int MostRows = 15;

    /// <summary>How many groups are shown at either end where there are more.</summary>
    public const int AtEachEnd = 7;

    private GroupDots()
    {
    }

    /// <summary>The attribute.</summary>
    public required string Attribute { get; init; }

    /// <summary>The metric.</summary>
    public required MetricDescription Metric { get; init; }

    /// <summary>The models.</summary>
    public required IReadOnlyList<GroupDotsSeries> Series { get; init; }

    /// <summary>The rows from top to bottom.</summary>
    public required IReadOnlyList<GroupDotsRow> Rows { get; init; }

    /// <summary>Every group in the data's order, to choose the reference group from.</summary>
    public required IReadOnlyList<string> Groups { get; init; }

    /// <summary>The group that differences are measured from; null where there is no group.</summary>
    public required string? Reference { get; init; }

    /// <summary>Whether groups are left out of the rows.</summary>
    public bool IsCut => Rows.Count < Groups.Count;

    /// <summary>"positives", "negatives" or "rows": what the metric is computed from.</summary>
    public string Counted => SmallGroups.Of(Series[0].Audit, Metric.Id).Counted;

    /// <summary>The groups without a number, and why: "Other: – (0 positives)".</summary>
    public IReadOnlyList<string> Undefined =>
    [
        .. Rows.Select(r => (r.Group, Reasons: r.Dots.Select(d => d.Estimate.Undefined).OfType<string>().Distinct().ToArray()))
            .Where(r => r.Reasons.Length > 0)
            .Select(r => $"{r.Group}: – ({string.Join("; ", r.Reasons)})"),
    ];

    /// <summary>A metric of an attribute's groups under some models.</summary>
    /// <param name="attribute">The attribute's name.</param>
    /// <param name="metric">The metric of one group.</param>
    /// <param name="series">The models, the baseline first; at least one.</param>
    /// <param name="isClassification">Whether the task is a classification: only rates have a band of chance.</param>
    /// <param name="reference">The reference group; null, or a group that is not there, = the largest.</param>
    /// <param name="showAll">Whether every group is shown, however many there are.</param>
    public static GroupDots Of(string attribute, MetricDescription metric, IReadOnlyList<GroupDotsSeries> series, bool isClassification,
        string? reference = null, bool showAll = false)
    {
        GroupAudit[] groups = [.. series.SelectMany(s => s.Audit.Groups).DistinctBy(g => g.Group)];
        GroupAudit? from = groups.FirstOrDefault(g => g.Group == reference) ?? groups.MaxBy(g => g.N);
        Estimate[][] values = [.. series.Select(s => groups.Select(g => Read(s, g.Group, metric)).ToArray())];
        IReadOnlyList<ChanceBand?>[] chance = [.. values.Select(v => isClassification ? ChanceBand.Of(v) : new ChanceBand?[v.Length])];
        int at = from is null ? -1 : Array.IndexOf(groups, from);
        GroupDotsRow[] rows =
        [
            .. groups.Select((g, i) => new GroupDotsRow(
                g.Group, g.N, SmallGroups.Count(g, metric.Id), SmallGroups.IsSmall(g, metric.Id, series[0].Audit.MinimumCount),
                [.. series.Select((_, s) => new GroupDot(values[s][i], i == at
                    ? null : values[s][i].Value - values[s][at].Value, chance[s][i]))])),
        ];
        return new GroupDots
        {
            Attribute = attribute,
            Metric = metric,
            Series = series,
            Groups = [.. groups.Select(g => g.Group)],
            Reference = from?.Group,
            Rows = rows.Length <= MostRows ? rows : Ranked(rows, from!.Group, showAll),
        };
    }

    // The highest first; groups that are too small or undefined are not ranked and come last.
    private static GroupDotsRow[] Ranked(GroupDotsRow[] rows, string reference, bool showAll)
    {
        GroupDotsRow[] ranked = [.. rows.Where(r => !r.IsSmall && r.Dots[0].Estimate.Value is not null)
            .OrderByDescending(r => r.Dots[0].Estimate.Value)];
        GroupDotsRow[] rest = [.. rows.Except(ranked).OrderByDescending(r => r.Counted)];
        if (showAll) return [.. ranked, .. rest];
        if (ranked.Length == 0) return [.. rest.Take(2 * AtEachEnd)];
        return [.. ranked.Where((r, i) => i < AtEachEnd || i >= ranked.Length - AtEachEnd || r.Group == reference)];
    }

    private static Estimate Read(GroupDotsSeries series, string group, MetricDescription metric) =>
        series.Audit.Groups.FirstOrDefault(g => g.Group == group) is { } found
            ? MetricDescriptions.Read(found, metric.Id) : Estimate.None("group absent");
}
