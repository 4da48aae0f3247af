using FairMedl.Core.Numerics;

namespace FairMedl.Core.Fairness.Counts;

/// <summary>Confusion matrix: the counts behind every rate of a classification.</summary>
/// <param name="TruePositives">Label 1, decision 1.</param>
/// <param name="FalsePositives">Label 0, decision 1.</param>
/// <param name="TrueNegatives">Label 0, decision 0.</param>
/// <param name="FalseNegatives">Label 1, decision 0.</param>
public readonly record struct ConfusionCounts(int TruePositives, int FalsePositives, int TrueNegatives, int FalseNegatives)
{
    /// <summary>Number of rows (n).</summary>
    public int N => Positives + Negatives;

    /// <summary>Number of rows with label 1 (P).</summary>
    public int Positives => TruePositives + FalseNegatives;

    /// <summary>Number of rows with label 0 (N).</summary>
    public int Negatives => FalsePositives + TrueNegatives;

    /// <summary>Number of rows with decision 1.</summary>
    public int Selected => TruePositives + FalsePositives;

    /// <summary>True positive rate, TP / P.</summary>
    public double? TruePositiveRate => Ratio(TruePositives, Positives);

    /// <summary>False positive rate, FP / N.</summary>
    public double? FalsePositiveRate => Ratio(FalsePositives, Negatives);

    /// <summary>Selection rate, (TP + FP) / n.</summary>
    public double? SelectionRate => Ratio(Selected, N);

    /// <summary>Balanced accuracy, (TPR + 1 - FPR) / 2: the mean of both classes' accuracies. 0.5 is chance level.</summary>
    public double? BalancedAccuracy => (TruePositiveRate + 1 - FalsePositiveRate) / 2;

    /// <summary>Counts all rows.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or a label is neither 0 nor 1.</exception>
    public static ConfusionCounts Of(ReadOnlySpan<float> labels, ReadOnlySpan<bool> decisions) =>
        ByGroup(labels, decisions, new int[labels.Length], 1)[0];

    /// <summary>Counts by group in one pass.</summary>
    /// <param name="labels">0 or 1.</param>
    /// <param name="decisions">Already thresholded.</param>
    /// <param name="groups">0 .. K-1.</param>
    /// <param name="groupCount">K.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a label is neither 0 nor 1.</exception>
    public static ConfusionCounts[] ByGroup(ReadOnlySpan<float> labels, ReadOnlySpan<bool> decisions,
        ReadOnlySpan<int> groups, int groupCount)
    {
        if (labels.Length != decisions.Length || labels.Length != groups.Length)
            throw new ArgumentException($"{labels.Length} labels, {decisions.Length} decisions and {groups.Length} group codes.");
        var cells = new int[4 * groupCount];
        for (int i = 0; i < labels.Length; i++)
            cells[4 * groups[i] + (ScoreOrder.IsPositive(labels[i]) ? 2 : 0) + (decisions[i] ? 1 : 0)]++;
        var counts = new ConfusionCounts[groupCount];
        for (int g = 0; g < groupCount; g++)
            counts[g] = new ConfusionCounts(cells[4 * g + 3], cells[4 * g + 1], cells[4 * g], cells[4 * g + 2]);
        return counts;
    }

    private static double? Ratio(int part, int whole) => whole == 0 ? null : (double)part / whole;
}
