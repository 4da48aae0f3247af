using FairMedl.Core.Fairness.Metrics;
using Xunit;

namespace FairMedl.Tests.Fairness.Metrics;

/// <summary>The composite score by hand.</summary>
public sealed class CompositeScoreTests
{
    [Fact]
    public void Classification_TwoAttributes_IsAccuracyMinusTheWeightedMeanSpread()
    {
        // Groups a and b: 40 positives and 40 negatives each; TPR 0.9 and 0.5, FPR 0.1 and 0.2. A third group is too small to count.
        (float[] labels, bool[] decisions, int[] groups) = Rows((0, 36, 4, 4, 36), (1, 20, 20, 8, 32), (2, 0, 5, 5, 0));
        int[] same = new int[labels.Length];
        AttributeRows sensitive = new("s", ["a", "b", "tiny"], groups), constant = new("one", ["all"], same);
        double accuracy = ((56 / 85.0) + 1 - (17 / 85.0)) / 2;

        Assert.Equal(accuracy, CompositeScore.Classification(labels, decisions, [sensitive], 0)!.Value, 12);
        // An attribute without two large groups has no spread and is left out of the mean.
        Assert.Equal(accuracy - 2 * (0.2 + 0.05) / 2, CompositeScore.Classification(labels, decisions, [sensitive, constant], 2)!.Value, 12);
    }

    [Fact]
    public void Classification_OneClass_IsUndefined() => Assert.Null(CompositeScore.Classification([1, 1], [true, false], [], 1));

    [Fact]
    public void Regression_TwoGroups_IsRSquaredMinusTheWeightedGapInSds()
    {
        int[] groups = [.. Enumerable.Range(0, 60).Select(i => i % 2)];
        float[] targets = [.. Enumerable.Range(0, 60).Select(i => i / 2 % 2 == 0 ? 0f : 2f)];
        float[] predictions = [.. Enumerable.Range(0, 60).Select(i => targets[i] + (i % 2 == 0 ? 0.5f : -0.5f))];
        AttributeRows sensitive = new("s", ["a", "b"], groups);

        Assert.Equal(1 - 0.25 / 1 - 0.3 * 1.0 / 1, CompositeScore.Regression(targets, predictions, [sensitive], 0.3)!.Value, 12);
        Assert.Null(CompositeScore.Regression([1, 1], [0, 1], [], 1));
    }

    /// <summary>Negatives in too few rows: the spread is that of the true positive rates, and the other way round.</summary>
    [Fact]
    public void Classification_FewNegativesOrFewPositives_TakesTheOtherRatesSpread()
    {
        (float[] labels, bool[] decisions, int[] groups) = Rows((0, 36, 4, 1, 3), (1, 20, 20, 4, 0));
        AttributeRows sensitive = new("s", ["a", "b"], groups);
        float[] exchanged = Array.ConvertAll(labels, y => 1 - y);

        Assert.Equal(0.2, Spread(labels), 12);
        Assert.Equal(0.2, Spread(exchanged), 12);

        double Spread(float[] of) => CompositeScore.Classification(of, decisions, [sensitive], 0)!.Value
            - CompositeScore.Classification(of, decisions, [sensitive], 1)!.Value;
    }

    /// <summary>
    /// Targets 0 and 6 in 90 rows have mean 2 and SD sqrt(8). The large groups' mean predictions 1 and 2.5 differ by 1.5 / SD; the
    /// group of ten rows does not count, nor does an attribute with one group.
    /// </summary>
    [Fact]
    public void Regression_LargeAndSmallGroups_CountsTheLargeOnesInSds()
    {
        int[] groups = [.. Enumerable.Range(0, 90).Select(i => i < 40 ? 0 : i < 80 ? 1 : 2)];
        float[] targets = [.. groups.Select((_, i) => i % 3 == 0 ? 6f : 0)];
        float[] predictions = [.. groups.Select(g => g == 0 ? 1f : g == 1 ? 2.5f : 50)];
        AttributeRows sensitive = new("s", ["a", "b", "tiny"], groups), constant = new("one", ["all"], new int[90]);
        double error = targets.Zip(predictions, (y, p) => (y - p) * (double)(y - p)).Average() / 8;

        Assert.Equal(1 - error, CompositeScore.Regression(targets, predictions, [sensitive], 0)!.Value, 12);
        Assert.Equal(1 - error - 2 * 1.5 / Math.Sqrt(8), CompositeScore.Regression(targets, predictions, [sensitive, constant], 2)!.Value, 12);
    }

    private static (float[] Labels, bool[] Decisions, int[] Groups) Rows(params (int Group, int Tp, int Fn, int Fp, int Tn)[] cells)
    {
        var rows = new List<(float Label, bool Decision, int Group)>();
        foreach ((int group, int tp, int fn, int fp, int tn) in cells)
        {
            rows.AddRange(Enumerable.Repeat((1f, true, group), tp));
            rows.AddRange(Enumerable.Repeat((1f, false, group), fn));
            rows.AddRange(Enumerable.Repeat((0f, true, group), fp));
            rows.AddRange(Enumerable.Repeat((0f, false, group), tn));
        }

        return ([.. rows.Select(r => r.Label)], [.. rows.Select(r => r.Decision)], [.. rows.Select(r => r.Group)]);
    }
}
