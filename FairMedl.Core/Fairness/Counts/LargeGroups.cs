using FairMedl.Core.Fairness.Metrics;

namespace FairMedl.Core.Fairness.Counts;

/// <summary>The groups of an attribute that a spread counts, by the denominator of its rate.</summary>
/// <param name="Minimum">Minimum size.</param>
/// <param name="Positives">By group: whether it has enough positives (TPR).</param>
/// <param name="Negatives">By group: whether it has enough negatives (FPR).</param>
/// <param name="Rows">By group: whether it has enough rows (all other spreads).</param>
public sealed record LargeGroups(int Minimum, bool[] Positives, bool[] Negatives, bool[] Rows)
{
    /// <summary>Whether no group is too small.</summary>
    public bool AreAll => !Positives.Contains(false) && !Negatives.Contains(false) && !Rows.Contains(false);

    /// <summary>All groups, of any size.</summary>
    public static LargeGroups All(int groups)
    {
        bool[] all = new bool[groups];
        Array.Fill(all, true);
        return new LargeGroups(0, all, all, all);
    }

    /// <summary>The large groups of a classification.</summary>
    public static LargeGroups Of(IReadOnlyList<ConfusionCounts> counts, int minimum) => new(minimum,
        [.. counts.Select(c => c.Positives >= minimum)], [.. counts.Select(c => c.Negatives >= minimum)],
        [.. counts.Select(c => c.N >= minimum)]);

    /// <summary>The large groups of a regression, by their rows.</summary>
    public static LargeGroups Of(IReadOnlyList<int> sizes, int minimum)
    {
        bool[] large = [.. sizes.Select(n => n >= minimum)];
        return new LargeGroups(minimum, large, large, large);
    }

    /// <summary>The large groups of an audited attribute.</summary>
    public static LargeGroups Of(AttributeAudit attribute, bool classification) => classification
        ? new(attribute.MinimumCount, [.. attribute.Groups.Select(g => g.Positives >= attribute.MinimumCount)],
            [.. attribute.Groups.Select(g => g.Negatives >= attribute.MinimumCount)],
            [.. attribute.Groups.Select(g => g.N >= attribute.MinimumCount)])
        : Of([.. attribute.Groups.Select(g => g.N)], attribute.MinimumCount);
}
