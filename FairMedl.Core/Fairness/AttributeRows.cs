using FairMedl.Core.Data;

namespace FairMedl.Core.Fairness;

/// <summary>One sensitive attribute over the rows of an audit.</summary>
/// <param name="Name">The column's name in the file.</param>
/// <param name="GroupNames">K names, in the order in which groups are shown.</param>
/// <param name="Groups">Per row of the audit, 0 .. K-1.</param>
public sealed record AttributeRows(string Name, IReadOnlyList<string> GroupNames, int[] Groups)
{
    /// <summary>The attribute over some rows of a study, in their order.</summary>
    public static AttributeRows Of(SensitiveAttribute attribute, ReadOnlySpan<int> rows)
    {
        var groups = new int[rows.Length];
        for (int i = 0; i < groups.Length; i++) groups[i] = attribute.Groups[rows[i]];
        return new AttributeRows(attribute.Name, attribute.GroupNames, groups);
    }
}

/// <summary>How an audit finds the intervals of its spreads and its noise floors. The same stream gives the same numbers.</summary>
/// <param name="Random">Where the draws come from; each attribute draws from its own child.</param>
/// <param name="Replicates">How many resamples and simulated draws.</param>
/// <param name="Clusters">Per row of the audit its cluster's code, from 0; null leaves the intervals by clusters out.</param>
public sealed record AuditResampling(RandomStream Random, int Replicates = 1000, int[]? Clusters = null);
