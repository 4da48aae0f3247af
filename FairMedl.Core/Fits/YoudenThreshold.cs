using FairMedl.Core.Numerics;

namespace FairMedl.Core.Fits;

/// <summary>
/// Youden's threshold (1950): where TPR - FPR is largest, a score at or above it being positive (a tie is positive).
/// </summary>
public static class YoudenThreshold
{
    /// <summary>
    /// The observed score that maximises TPR - FPR; of several, the first met from the highest score down. Compared in
    /// whole numbers (TP N - FP P), so that equal points are equal. O(n log n).
    /// </summary>
    /// <param name="scores">Higher means more positive.</param>
    /// <param name="labels">0 or 1, as long as the scores.</param>
    /// <exception cref="ArgumentException">The lengths differ, a score is not a number, a label is neither 0 nor 1, or one class is
    /// absent: then no threshold separates.</exception>
    public static double Find(ReadOnlySpan<float> scores, ReadOnlySpan<float> labels)
    {
        ulong[] keys = ScoreOrder.Sort(scores, labels);
        long positives = 0;
        foreach (ulong key in keys) positives += (long)(key & 1);
        long negatives = keys.Length - positives;
        if (positives == 0 || negatives == 0)
            throw new ArgumentException($"Youden's threshold needs both classes: {positives} positives and {negatives} negatives.",
                nameof(labels));

        long truePositives = 0, falsePositives = 0, best = long.MinValue;
        float threshold = 0;
        int i = keys.Length - 1;
        while (i >= 0)
        {
            ulong score = keys[i] >> 1;
            int start = i;
            long positivesHere = 0;
            for (; i >= 0 && keys[i] >> 1 == score; i--) positivesHere += (long)(keys[i] & 1);
            truePositives += positivesHere;
            falsePositives += start - i - positivesHere;
            long gain = truePositives * negatives - falsePositives * positives;
            if (gain <= best) continue;
            best = gain;
            threshold = ScoreOrder.Score(keys[start]);
        }

        return threshold;
    }
}
