namespace FairMedl.Core.Fits;

/// <summary>
/// The mean absolute change of a prediction over the flips of a row's group to every other group that was learned
/// (equation 6), gathered one group after the other.
/// </summary>
internal static class FlipChange
{
    /// <summary>Adds each row's share of the flip to a group; rows of that group are not flipped.</summary>
    /// <param name="changes">By row, the change so far.</param>
    /// <param name="own">The predictions of the rows as they are.</param>
    /// <param name="flipped">Their predictions with the group flipped.</param>
    /// <param name="groups">By row its own group; -1 or past the last for one that the study does not have.</param>
    /// <param name="group">What they were flipped to.</param>
    /// <param name="learned">By group, whether it takes part.</param>
    public static void Add(Span<float> changes, ReadOnlySpan<float> own, ReadOnlySpan<float> flipped, ReadOnlySpan<int> groups, int group,
        ReadOnlySpan<bool> learned)
    {
        int alternatives = learned.Count(true);
        for (int i = 0; i < changes.Length; i++)
        {
            int its = groups[i];
            if (its == group) continue;
            bool isLearned = (uint)its < (uint)learned.Length && learned[its];
            changes[i] += Math.Abs(flipped[i] - own[i]) * (1f / (isLearned ? alternatives - 1 : alternatives));
        }
    }
}
