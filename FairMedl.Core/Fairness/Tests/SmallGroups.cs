using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Numerics;

namespace FairMedl.Core.Fairness.Tests;

/// <summary>
/// The groups of an attribute that are too small to judge by a metric: fewer than <see cref="GroupTable.MinimumCount"/> rows in
/// the denominator of the rates that the metric compares (positives for the TPR, negatives for the FPR).
/// </summary>
/// <param name="Groups">The small groups, in the attribute's order.</param>
/// <param name="Total">How many groups the attribute has.</param>
/// <param name="Counted">What is counted: "positives", "negatives" or "rows".</param>
/// <param name="Minimum">Number of these rows from which a group is large enough.</param>
/// <param name="AreLeftOut">Whether the metric, as it leads in this audit, leaves the small groups out.</param>
public sealed record SmallGroups(IReadOnlyList<GroupAudit> Groups, int Total, string Counted, int Minimum = GroupTable.MinimumCount,
    bool AreLeftOut = false)
{
    /// <summary>The small groups of an attribute.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="metric">Id of a metric of an attribute or of one group.</param>
    public static SmallGroups Of(AttributeAudit attribute, string metric) =>
        new([.. attribute.Groups.Where(g => IsSmall(g, metric, attribute.MinimumCount))], attribute.Groups.Count, CountedBy(metric),
            attribute.MinimumCount, attribute.Leading == CountedGroups.Large && MetricDescriptions.Get(metric).OfSpreads is not null);

    /// <summary>Whether a group is too small to judge by a metric.</summary>
    /// <param name="group">The group.</param>
    /// <param name="metric">Id of a metric of an attribute or of one group.</param>
    /// <param name="minimum">Number of rows from which a group is large enough: <see cref="AttributeAudit.MinimumCount"/>.</param>
    public static bool IsSmall(GroupAudit group, string metric, int minimum = GroupTable.MinimumCount) => Count(group, metric) < minimum;

    /// <summary>The rows of a group that a metric's rate is computed from: its positives, its negatives or all of them.</summary>
    public static int Count(GroupAudit group, string metric) => MetricDescriptions.Get(metric).Rows switch
    {
        RateRows.Positives => group.Positives,
        RateRows.Negatives => group.Negatives,
        RateRows.PositivesAndNegatives => Math.Min(group.Positives, group.Negatives),
        RateRows.All => group.N,
    };

    /// <summary>What a metric's rows are called: "positives", "negatives", "positives or negatives" or "rows".</summary>
    public static string CountedBy(string metric) => MetricDescriptions.Get(metric).Rows switch
    {
        RateRows.Positives => "positives",
        RateRows.Negatives => "negatives",
        RateRows.PositivesAndNegatives => "positives or negatives",
        RateRows.All => "rows",
    };

    /// <summary>Whether fewer than two groups are large enough to compare.</summary>
    public bool LeaveNothingToCompare => Total - Groups.Count < 2;

    /// <summary>The small groups with their counts: "Other (21 positives), Native American (3 positives)"; empty where there are none.</summary>
    /// <param name="metric">The metric's id.</param>
    public NumericText Named(string metric) => NumericText.List([.. Groups.Select(g => Count(g, metric) is var n && n == 1
        ? NumericText.Of($"{g.Group} (1 {(Counted.Contains(' ') ? "positive or negative" : Counted[..^1])})")
        : NumericText.Of($"{g.Group} ({n:N0} {Counted})"))]);

    /// <summary>
    /// "two of five groups have fewer than 30 positives", where they are left out with " and are left out"; null where every group is
    /// large enough.
    /// </summary>
    public string? Words
    {
        get
        {
            string least = FormattableString.Invariant($"fewer than {Minimum} {Counted}");
            return Groups.Count == 0 ? null
                : Groups.Count == Total
                ? Total switch
                {
                    1 => $"the only group has {least}",
                    2 => $"both groups have {least}",
                    _ => $"all {Number(Total)} groups have {least}"
                }
                : $"{Number(Groups.Count)} of {Number(Total)} groups {(Groups.Count == 1 ? "has" : "have")} {least}" +
                    (!AreLeftOut ? "" : Groups.Count == 1 ? " and is left out" : " and are left out");
        }
    }

    /// <summary>
    /// The metric over the groups that are large enough, which shows whether small groups alone make a spread; null with fewer
    /// than two such groups and for a metric that is not computed from rates by group.
    /// </summary>
    public static double? SpreadOfLargeGroups(AttributeAudit attribute, string metric) =>
        MetricDescriptions.Get(metric).OfSpreads is null ? null
        : attribute.LargeGroups is not null ? MetricDescriptions.Read(attribute, metric, CountedGroups.Large).Value
        : MetricDescriptions.Get(metric).OfRates?.Invoke(new GroupRates(
            [.. attribute.Groups.Where(g => !IsSmall(g, metric, attribute.MinimumCount))],
            IsRegression: attribute.MseSd.Value is not null));

    private static string Number(int n)
    {
        string[] words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
        return n < words.Length ? words[n] : FormattableString.Invariant($"{n:N0}");
    }
}
