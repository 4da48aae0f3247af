using FairMedl.Core.Data;
using FairMedl.Core.Fairness.Counts;
using FairMedl.Core.Numerics;

namespace FairMedl.Core.Fairness.Metrics;

/// <summary>The values of one sensitive attribute for the rows of an audit.</summary>
/// <param name="Name">The column's name in the file.</param>
/// <param name="GroupNames">K names, in the order in which groups are shown.</param>
/// <param name="Groups">Per row of the audit, 0 .. K-1.</param>
public sealed record AttributeRows(string Name, IReadOnlyList<string> GroupNames, int[] Groups)
{
    /// <summary>Minimum size of the groups that lead; by default all groups do.</summary>
    public GroupMinimum Minimum { get; init; }

    /// <summary>
    /// The groups that are large enough, where they are not counted in the audited rows: a fold's audit counts the groups that are
    /// large enough in all folds together.
    /// </summary>
    public LargeGroups? Large { get; init; }

    /// <summary>The attribute over some rows of a study, in their order.</summary>
    public static AttributeRows Of(SensitiveAttribute attribute, ReadOnlySpan<int> rows, GroupMinimum minimum = default)
    {
        var groups = new int[rows.Length];
        for (int i = 0; i < groups.Length; i++) groups[i] = attribute.Groups[rows[i]];
        return new AttributeRows(attribute.Name, attribute.GroupNames, groups) { Minimum = minimum };
    }
}

/// <summary>Bootstrap settings for the intervals of spreads and the noise floors. The same random stream gives the same numbers.</summary>
/// <param name="Random">Random stream; each attribute uses its own child stream.</param>
/// <param name="Replicates">Number of resamples and simulated draws.</param>
/// <param name="Clusters">The cluster code of each row of the audit, from 0; null omits the intervals by clusters.</param>
public sealed record AuditResampling(RandomStream Random, int Replicates = 1000, int[]? Clusters = null);
