using FairMedl.Core.Numerics;

namespace FairMedl.Core.Fairness.Metrics;

/// <summary>
/// Area under the receiver operating characteristic: P(score of a positive &gt; score of a negative) + P(equal) / 2, the
/// Mann-Whitney statistic U / (P N). 0.5 means no better than chance, 1 perfect; no unit. Ties count one half.
/// </summary>
public static class Auroc
{
    /// <summary>
    /// Computes the area with its 95% interval by DeLong, DeLong and Clarke-Pearson (1988): variance S10 / P + S01 / N of the
    /// placement values, normal limits cut to [0, 1]; no interval with a single positive or negative. O(n log n).
    /// Undefined without positives or without negatives.
    /// <para>
    /// Where no placement value varies (separated rows, or the same score everywhere) that variance is 0. The m = min(P, N) pairs of
    /// each positive with a negative of its own are independent, and all m have the same outcome: with share a of wins and ties by half,
    /// the true probability of that outcome is at least t = 0.025^(1/m), the exact lower limit of Clopper and Pearson (1934). The area is
    /// then within t a and t a + 1 - t, one-sided at 0 and 1. It holds for every distribution of scores.
    /// </para>
    /// </summary>
    /// <param name="scores">Higher means more positive.</param>
    /// <param name="labels">0 or 1, as long as the scores.</param>
    /// <exception cref="ArgumentException">The lengths differ, a score is not a number, or a label is neither 0 nor 1.</exception>
    public static Estimate Of(ReadOnlySpan<float> scores, ReadOnlySpan<float> labels)
    {
        ulong[] keys = ScoreOrder.Sort(scores, labels);
        long positives = 0;
        foreach (ulong key in keys) positives += (long)(key & 1);
        long negatives = keys.Length - positives;
        if (positives == 0) return Estimate.None("0 positives", keys.Length);
        if (negatives == 0) return Estimate.None("0 negatives", keys.Length);

        // Twice U, as an integer: exact up to 3 billion rows.
        long twiceU = 0, negativesBelow = 0;
        foreach (Tie tie in new Ties(keys))
        {
            twiceU += tie.Positives * (2 * negativesBelow + tie.Negatives);
            negativesBelow += tie.Negatives;
        }

        double area = twiceU / (2.0 * positives * negatives);
        if (positives < 2 || negatives < 2) return new Estimate(area, N: keys.Length);

        double overPositives = 0, overNegatives = 0;
        long positivesBelow = 0;
        negativesBelow = 0;
        foreach (Tie tie in new Ties(keys))
        {
            double wins = (negativesBelow + 0.5 * tie.Negatives) / negatives - area;
            double losses = (positives - positivesBelow - tie.Positives + 0.5 * tie.Positives) / positives - area;
            overPositives += tie.Positives * wins * wins;
            overNegatives += tie.Negatives * losses * losses;
            positivesBelow += tie.Positives;
            negativesBelow += tie.Negatives;
        }

        double variance = overPositives / (positives - 1) / positives + overNegatives / (negatives - 1) / negatives;
        if (variance == 0) return Unvaried(area, Math.Min(positives, negatives), keys.Length);
        double half = NormalQuantile.TwoSided95 * Math.Sqrt(variance);
        return new Estimate(area, Lower: Math.Max(0, area - half), Upper: Math.Min(1, area + half), N: keys.Length);
    }

    private static Estimate Unvaried(double area, long pairs, int rows)
    {
        double least = Math.Pow(0.025, 1.0 / pairs);
        return new Estimate(area, Lower: least * area, Upper: Math.Min(1, least * area + 1 - least), N: rows);
    }

    /// <summary>The rows that share one score.</summary>
    private readonly record struct Tie(long Positives, long Negatives);

    private ref struct Ties(ReadOnlySpan<ulong> keys)
    {
        private readonly ReadOnlySpan<ulong> keys = keys;
        private int next;

        public Tie Current { get; private set; }

        public readonly Ties GetEnumerator() => this;

        public bool MoveNext()
        {
            if (next >= keys.Length) return false;
            ulong score = keys[next] >> 1;
            long positives = 0;
            int start = next;
            for (; next < keys.Length && keys[next] >> 1 == score; next++) positives += (long)(keys[next] & 1);
            Current = new Tie(positives, next - start - positives);
            return true;
        }
    }
}
