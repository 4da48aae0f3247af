namespace FairMedl.Core.Training;

/// <summary>
/// Scores in ascending order, each with its label: what AUROC and Youden's threshold both walk over. One array of
/// integers is sorted (the score's bits, made to order as the score does, above one bit of label), which takes half
/// the time of sorting pairs.
/// </summary>
internal static class ScoreOrder
{
    /// <summary>Sorted keys; O(n log n). -0 and 0 are the same score.</summary>
    /// <exception cref="ArgumentException">The lengths differ, a score is not a number, or a label is neither 0 nor 1.</exception>
    public static ulong[] Sort(ReadOnlySpan<float> scores, ReadOnlySpan<float> labels)
    {
        if (scores.Length != labels.Length) throw new ArgumentException($"{scores.Length} scores and {labels.Length} labels.", nameof(labels));
        var keys = new ulong[scores.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            if (float.IsNaN(scores[i])) throw new ArgumentException($"Score {i} is not a number.", nameof(scores));
            uint bits = BitConverter.SingleToUInt32Bits(scores[i] + 0f);
            uint ordered = (bits & 0x8000_0000) == 0 ? bits | 0x8000_0000 : ~bits;
            keys[i] = ((ulong)ordered << 1) | (IsPositive(labels[i]) ? 1UL : 0UL);
        }

        Array.Sort(keys);
        return keys;
    }

    /// <summary>The score of a key.</summary>
    public static float Score(ulong key)
    {
        uint ordered = (uint)(key >> 1);
        return BitConverter.UInt32BitsToSingle((ordered & 0x8000_0000) != 0 ? ordered & 0x7FFF_FFFF : ~ordered);
    }

    /// <summary>Reads a label.</summary>
    /// <exception cref="ArgumentException">It is neither 0 nor 1.</exception>
    public static bool IsPositive(float label) => label switch
    {
        1f => true,
        0f => false,
        _ => throw new ArgumentException($"A label is {label}; 0 or 1 was expected."),
    };
}
