using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fairness.Tests;

namespace FairMedl.Core.Reports.Runs;

/// <summary>
/// Order of attributes on pages and in reports: widest spread first, measured over the groups with at least
/// <see cref="GroupTable.MinimumCount"/> rows in the rate's denominator, so that a group with one positive does not come first.
/// Attributes with fewer than two such groups come last.
/// </summary>
public static class AttributeOrder
{
    /// <summary>The attributes' names in order.</summary>
    public static IReadOnlyList<string> Of(SplitAudit audit, MetricDescription metric)
    {
        bool isRatio = metric.Better == BetterDirection.Higher;
        return
        [
            .. audit.Attributes
                .Select((a, i) => (a.Attribute, Place: i, Width: Width(a, metric)))
                .OrderBy(a => a.Width is null)
                // The lower a ratio, the further it is from no difference.
                .ThenByDescending(a => isRatio ? -a.Width : a.Width)
                .ThenBy(a => a.Place)
                .Select(a => a.Attribute),
        ];
    }

    /// <summary>The attribute that a page opens on; null where none can be judged.</summary>
    /// <param name="audit">The baseline's numbers.</param>
    /// <param name="metric">By which spread.</param>
    /// <param name="among">The attributes to choose from, such as the study's own without intersections; null = all.</param>
    public static string? Opening(SplitAudit audit, MetricDescription metric, IReadOnlyCollection<string>? among = null) =>
        Of(audit, metric).FirstOrDefault(name => among?.Contains(name) != false
            && Width(audit.Attributes.First(a => a.Attribute == name), metric) is not null);

    private static double? Width(AttributeAudit attribute, MetricDescription metric)
    {
        SmallGroups small = SmallGroups.Of(attribute, metric.Id);
        double? value = MetricDescriptions.Read(attribute, metric.Id).Value;
        return value is null || (small.LeaveNothingToCompare && !small.AreLeftOut) ? null
            : small.Groups.Count == 0 || small.AreLeftOut ? value
            : SmallGroups.SpreadOfLargeGroups(attribute, metric.Id) ?? value;
    }
}
