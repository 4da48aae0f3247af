namespace FairMedl.Core.Training;

/// <summary>
/// The mean absolute change of a prediction over the swaps of a row's group to every other group that was learned
/// (equation 6), gathered one group after the other.
/// </summary>
internal static class SwapChange
{
    /// <summary>Adds each row's share of the swap to a group; rows of that group are not swapped.</summary>
    /// <param name="changes">By row, the change so far.</param>
    /// <param name="own">The predictions of the rows as they are.</param>
    /// <param name="swapped">Their predictions with the group swapped.</param>
    /// <param name="groups">By row its own group; -1 or past the last for one that the study does not have.</param>
    /// <param name="group">What they were swapped to.</param>
    /// <param name="learned">By group, whether it takes part.</param>
    public static void Add(Span<float> changes, ReadOnlySpan<float> own, ReadOnlySpan<float> swapped, ReadOnlySpan<int> groups, int group, ReadOnlySpan<bool> learned)
    {
        int alternatives = learned.Count(true);
        for (int i = 0; i < changes.Length; i++)
        {
            int its = groups[i];
            if (its == group) continue;
            bool isLearned = (uint)its < (uint)learned.Length && learned[its];
            changes[i] += Math.Abs(swapped[i] - own[i]) * (1f / (isLearned ? alternatives - 1 : alternatives));
        }
    }
}
