namespace FairMedl.Core.Data.Roles;

/// <summary>Size of one group.</summary>
/// <param name="Groups">Group name of each attribute.</param>
/// <param name="N">Number of rows.</param>
/// <param name="Positives">Rows of the positive class; null for a regression.</param>
/// <param name="Negatives">Rows of the negative class; null for a regression.</param>
/// <param name="MeanTarget">Mean target: the share of positives, or the mean in the target's units; null without rows.</param>
/// <param name="IsSmall">Whether a rate of this group has fewer than <see cref="GroupTable.MinimumCount"/> rows.</param>
public sealed record GroupCount(IReadOnlyList<string> Groups, int N, int? Positives, int? Negatives, double? MeanTarget, bool IsSmall);

/// <summary>
/// Group sizes, positives and negatives of one attribute, or of the intersection of two. Intersectional groups without rows
/// are listed with zeros.
/// </summary>
/// <param name="Attributes">Names of the attributes.</param>
/// <param name="Rows">Groups; the last attribute varies fastest.</param>
public sealed record GroupTable(IReadOnlyList<string> Attributes, IReadOnlyList<GroupCount> Rows)
{
    /// <summary>
    /// Minimum number of positives and of negatives (regression: rows) of a group that is large enough to judge. At 30 the 95%
    /// Wilson interval of a rate of 0.5 is still 0.35 wide; smaller groups say little.
    /// </summary>
    public const int MinimumCount = 30;

    /// <summary>Counts over the given rows of the study, such as <see cref="StudyData.SeenRows"/>, by one or two attributes.</summary>
    /// <exception cref="ArgumentException">Not one or two different attributes.</exception>
    public static GroupTable Count(StudyData data, ReadOnlySpan<int> rows, params ReadOnlySpan<int> attributes)
    {
        if (attributes.Length is < 1 or > 2 || (attributes.Length == 2 && attributes[0] == attributes[1]))
        {
            throw new ArgumentException("Name one attribute or two different attributes.", nameof(attributes));
        }

        SensitiveAttribute first = data.Sensitive[attributes[0]];
        SensitiveAttribute? second = attributes.Length == 2 ? data.Sensitive[attributes[1]] : null;
        int width = second?.GroupNames.Count ?? 1, cells = first.GroupNames.Count * width;
        var n = new int[cells];
        var sum = new double[cells];
        foreach (int row in rows)
        {
            int cell = first.Groups[row] * width + (second?.Groups[row] ?? 0);
            n[cell]++;
            sum[cell] += data.Target[row];
        }

        var counts = new GroupCount[cells];
        for (int cell = 0; cell < cells; cell++)
        {
            string[] names = second is null
                ? [first.GroupNames[cell]]
                : [first.GroupNames[cell / width], second.GroupNames[cell % width]];
            int? positives = data.Task == PredictionTask.Classification ? (int)sum[cell] : null;
            int? negatives = n[cell] - positives;
            int least = positives is null ? n[cell] : Math.Min(positives.Value, n[cell] - positives.Value);
            counts[cell] = new GroupCount(names, n[cell], positives, negatives, n[cell] == 0
                ? null : sum[cell] / n[cell], least < MinimumCount);
        }

        return new GroupTable(second is null ? [first.Name] : [first.Name, second.Name], counts);
    }
}
