
namespace FairMedl.Core.Numerics;

/// <summary>
/// Scores in ascending order, each with its label: what AUROC and Youden's threshold both walk over. One array of
/// integers is sorted: the score's bits, made to order as the score does, above one bit of label. These 33 bits are three
/// digits, so that many keys are sorted in three passes, which takes a third of the time of comparing them.
/// </summary>
internal static class ScoreOrder
{
    private const int DigitBits = 11, Digits = 3, FewKeys = 1000;

    /// <summary>Sorted keys; O(n) for many. -0 and 0 are the same score.</summary>
    /// <exception cref="ArgumentException">The lengths differ, a score is not a number, or a label is neither 0 nor 1.</exception>
    public static ulong[] Sort(ReadOnlySpan<float> scores, ReadOnlySpan<float> labels)
    {
        if (scores.Length != labels.Length)
            throw new ArgumentException($"{scores.Length} scores and {labels.Length} labels.", nameof(labels));
        var keys = new ulong[scores.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            if (float.IsNaN(scores[i])) throw new ArgumentException($"Score {i} is not a number.", nameof(scores));
            uint bits = BitConverter.SingleToUInt32Bits(scores[i] + 0f);
            uint ordered = (bits & 0x8000_0000) == 0 ? bits | 0x8000_0000 : ~bits;
            keys[i] = ((ulong)ordered << 1) | (IsPositive(labels[i]) ? 1UL : 0UL);
        }

        if (keys.Length > FewKeys) return SortByDigits(keys);
        Array.Sort(keys);
        return keys;
    }

    /// <summary>From the lowest digit to the highest, each pass leaving equal digits in the order they came in.</summary>
    private static ulong[] SortByDigits(ulong[] keys)
    {
        const int Values = 1 << DigitBits;
        ulong[] from = keys, to = new ulong[keys.Length];
        Span<int> place = stackalloc int[Values];
        for (int shift = 0; shift < Digits * DigitBits; shift += DigitBits)
        {
            place.Clear();
            foreach (ulong key in from) place[(int)(key >> shift) & (Values - 1)]++;
            for (int value = 0, before = 0; value < Values; value++) (place[value], before) = (before, before + place[value]);
            foreach (ulong key in from) to[place[(int)(key >> shift) & (Values - 1)]++] = key;
            (from, to) = (to, from);
        }

        return from;
    }

    /// <summary>The score of a key.</summary>
    public static float Score(ulong key)
    {
        uint ordered = (uint)(key >> 1);
        return BitConverter.UInt32BitsToSingle((ordered & 0x8000_0000) != 0 ? ordered & 0x7FFF_FFFF : ~ordered);
    }

    /// <summary>Converts a label to a class.</summary>
    /// <exception cref="ArgumentException">It is neither 0 nor 1.</exception>
    public static bool IsPositive(float label) => label switch
    {
        1f => true,
        0f => false,
        _ => throw new ArgumentException($"A label is {label}; 0 or 1 was expected."),
    };
}
