using FairMedl.Core.Data;
using FairMedl.Core.Data.Encoders;
using FairMedl.Core.Data.Splits;
using FairMedl.Core.Fits;
using FairMedl.Core.Numerics;
using FairMedl.Engine.Training;
using FairMedl.Tests.Engine.Reference;
using Xunit;

namespace FairMedl.Tests.Engine.Training;

/// <summary>Predictions, thresholds, flips and importance of a fit, recomputed in double precision from its stored weights.</summary>
public sealed class FitTests
{
    private const double Tolerance = 2e-5;
    private static readonly StudyData Data = Study();
    private static readonly FoldRows Rows = new(
        [.. Data.SeenRows.Where(row => row % 3 != 0)], [], [.. Data.SeenRows.Where(row => row % 3 == 0)]);

    private static readonly TrainingSettings Settings = new() { Epochs = 30, BatchSize = 32, LearningRate = 1e-2 };
    private readonly Lazy<FitResult> medl = new(() => Run("fair-adb-medl", Settings));

    [Fact]
    public void Run_TestRows_ArePredictedByThePosteriorMeansOfTheirCluster()
    {
        FitResult fit = medl.Value;
        double[] common = [.. Rows.Test.Select(row => Sigmoid(Fixed(fit, X(fit, row))))];
        double[] mixed = [.. Rows.Test.Select(row => Mixed(fit, row, X(fit, row)))];

        AssertEqual(common, fit.FixedEffects.Test);
        AssertEqual(mixed, fit.MixedEffects!.Test);
        Assert.True(common.Zip(mixed, (f, m) => Math.Abs(f - m)).Average() > 0.01);
    }

    [Theory]
    [InlineData(UnseenClusterRule.Soft)]
    [InlineData(UnseenClusterRule.Hard)]
    [InlineData(UnseenClusterRule.FixedEffects)]
    public void Run_UnseenRows_TakeTheClusterEffectsThatTheRuleSays(UnseenClusterRule rule)
    {
        FitResult fit = rule == UnseenClusterRule.Soft ? medl.Value : Run("fair-adb-medl", Settings with { UnseenClusters = rule });
        double[] expected = [.. Data.UnseenRows.Select(row => Sigmoid(Fixed(fit, X(fit, row)) + Unseen(X(fit, row))))];

        AssertEqual(expected, fit.MixedEffects!.Unseen);
        Assert.Equal(rule == UnseenClusterRule.FixedEffects, fit.FixedEffects.Unseen.SequenceEqual(fit.MixedEffects.Unseen));

        double Unseen(double[] x)
        {
            if (rule == UnseenClusterRule.FixedEffects) return 0;
            double[] logits = new PlainNetwork(fit.Model!, "cluster predictor").Outputs(x);
            double[] weights = Array.ConvertAll(logits, l => rule == UnseenClusterRule.Hard ? l == logits.Max() ? 1 : 0 : Math.Exp(l));
            return weights.Select((w, c) => w / weights.Sum() * ClusterEffect(fit, c, x)).Sum();
        }
    }

    /// <summary>The threshold is that of each head's own predictions of the training rows.</summary>
    [Fact]
    public void Run_YoudenThreshold_IsThatOfTheTrainingRows()
    {
        FitResult fit = medl.Value;
        float[] labels = [.. Rows.Training.Select(row => Data.Target[row])];
        float[] common = [.. Rows.Training.Select(row => (float)Sigmoid(Fixed(fit, X(fit, row))))];
        float[] mixed = [.. Rows.Training.Select(row => (float)Mixed(fit, row, X(fit, row)))];

        Assert.Equal(YoudenThreshold.Find(common, labels), fit.FixedEffects.Threshold!.Value, Tolerance);
        Assert.Equal(YoudenThreshold.Find(mixed, labels), fit.MixedEffects!.Threshold!.Value, Tolerance);
    }

    [Fact]
    public void Run_HalfAsThreshold_IsOneHalfForBothHeads()
    {
        FitResult fit = Run("medl", Settings with { Epochs = 1, Threshold = ThresholdRule.Half });

        Assert.Equal(0.5, fit.FixedEffects.Threshold);
        Assert.Equal(0.5, fit.MixedEffects!.Threshold);
    }

    /// <summary>Mean over the other groups of the absolute change, with the cluster's effects of the same row.</summary>
    [Fact]
    public void Run_Flips_AreTheMeanAbsoluteChangeOverTheOtherGroups()
    {
        FitResult fit = medl.Value;
        int start = fit.Layout.AttributeBlocks[0]!.Value.Start;

        AssertEqual([.. Rows.Test.Select(row => Change(row, x => Sigmoid(Fixed(fit, x))))], fit.FixedEffects.TestFlips[0]);
        AssertEqual([.. Rows.Test.Select(row => Change(row, x => Mixed(fit, row, x)))], fit.MixedEffects!.TestFlips[0]);

        double Change(int row, Func<double[], double> predict)
        {
            double[] x = X(fit, row), flipped = [.. x];
            int own = Data.Sensitive[0].Groups[row];
            return Enumerable.Range(0, 3).Where(g => g != own).Average(group =>
            {
                for (int g = 0; g < 3; g++) flipped[start + g] = g == group ? 1 : 0;
                return Math.Abs(predict(flipped) - predict(x));
            });
        }
    }

    /// <summary>
    /// The target depends on |x1|, so that the gradient by x1 has either sign, and test rows have larger x1 than training rows: the
    /// mean of the gradients, and the mean over training rows, are other numbers.
    /// </summary>
    [Fact]
    public void Run_Importance_IsTheMeanAbsoluteGradientOverTheTestRows()
    {
        FitResult fit = Run("nnet", Settings with { Epochs = 150 });
        double[] expected = Importance(Rows.Test, Math.Abs);

        Assert.All(expected.Zip(fit.Importance), pair => Assert.Equal(pair.First, pair.Second, 1e-3 * pair.First + 1e-6));
        Assert.True(expected[0] > 2 * Math.Abs(Importance(Rows.Test, g => g)[0]));
        double overTraining = Importance(Rows.Training, Math.Abs)[0];
        Assert.True(Math.Abs(overTraining - expected[0]) > 0.1 * expected[0],
            $"{overTraining} over training rows, {expected[0]} over test rows");

        double[] Importance(int[] rows, Func<double, double> of) =>
            [.. Enumerable.Range(0, fit.Layout.Width).Select(j => rows.Average(row => of(Derivative(X(fit, row), j))))];

        double Derivative(double[] x, int j)
        {
            const double h = 1e-6;
            double[] up = [.. x], down = [.. x];
            up[j] += h;
            down[j] -= h;
            return (Sigmoid(Fixed(fit, up)) - Sigmoid(Fixed(fit, down))) / (2 * h);
        }
    }

    [Fact]
    public void Run_PosteriorSd_IsThatOfTheStoredParameters()
    {
        FitResult fit = medl.Value;
        int width = fit.Layout.Width;
        float[] slopes = Parameter(fit, "random effects.slope rho"), intercepts = Parameter(fit, "random effects.intercept rho");

        for (int c = 0; c < Data.SeenClusterCount; c++)
        {
            Assert.Equal(1e-5 + Math.Log(1 + Math.Exp(intercepts[c])), fit.RandomEffects!.InterceptSd[c], 1e-6);
            for (int j = 0; j < width; j++)
                Assert.Equal(1e-5 + Math.Log(1 + Math.Exp(slopes[c * width + j])), fit.RandomEffects.SlopeSd[c][j], 1e-6);
        }
    }

    private static FitResult Run(string model, TrainingSettings settings) => Fit.Run(Data, Rows,
        new FitSpecification(ModelCatalogue.Find(model)!, new ModelSettings { Hidden = [6] }, settings), new FitKey(model, 1, 0), null,
        CancellationToken.None);

    private static double Fixed(FitResult fit, double[] x) => new PlainNetwork(fit.Model!, "fixed effects").Outputs(x)[0];

    private static double Mixed(FitResult fit, int row, double[] x) => Sigmoid(Fixed(fit, x) + ClusterEffect(fit, Data.Cluster[row], x));

    private static double ClusterEffect(FitResult fit, int cluster, double[] x) =>
        fit.RandomEffects!.InterceptMean[cluster] + fit.RandomEffects.SlopeMean[cluster].Zip(x, (slope, value) => slope * value).Sum();

    private static float[] Parameter(FitResult fit, string name) => fit.Model!.Parameters.Single(p => p.Name == name).Values;

    private static double[] X(FitResult fit, int row)
    {
        float[] x = new float[fit.Layout.Width];
        FeatureEncoder.Restore(fit.Model!.Encoder, Data.Features, Data.RowCount).Encode([row], x, 1);
        return Array.ConvertAll(x, v => (double)v);
    }

    private static double Sigmoid(double f) => 1 / (1 + Math.Exp(-f));

    private static void AssertEqual(double[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
    }

    /// <summary>Three seen clusters and an unseen one; three groups. Every third row, a test row, has a larger |x1|.</summary>
    private static StudyData Study()
    {
        RandomStream random = new(77);
        const int n = 330;
        float[] y = new float[n], x1 = new float[n], x2 = new float[n];
        int[] cluster = new int[n], group = new int[n];
        double[] effects = [-1.5, 0, 1.5, 0.4];
        for (int i = 0; i < n; i++)
        {
            cluster[i] = random.NextInt(4);
            group[i] = random.NextInt(3);
            x1[i] = (float)((i % 3 == 0 ? 2.5 : 1) * random.NextNormal());
            x2[i] = (float)(random.NextNormal() + 0.5 * cluster[i]);
            double logit = 3 * (Math.Abs(x1[i]) - 0.8) + x2[i] + effects[cluster[i]] + 0.8 * group[i] - 1;
            y[i] = random.NextDouble() < Sigmoid(logit) ? 1 : 0;
        }

        return ArrayStudy.Of(y, [x1, x2], cluster, hasUnseen: true, sensitive: [new SensitiveAttribute("group", ["a", "b", "c"], group)]);
    }
}
