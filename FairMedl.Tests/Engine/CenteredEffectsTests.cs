using FairMedl.Core.Data.NewFiles;
using FairMedl.Core.Data.Splits;
using FairMedl.Core.Fits;
using FairMedl.Core.Studies.Plan;
using FairMedl.Engine.Training;
using FairMedl.Tests.Studies;
using Xunit;

namespace FairMedl.Tests.Engine;

/// <summary>Random effects as deviations from their mean over seen clusters, and the clusters' total effects.</summary>
public sealed class CenteredEffectsTests
{
    private static readonly StudyPlan Plan = StudyPlan.Create(
        SmallStudy.Definition("medl") with { Settings = SmallStudy.Settings(("epochs", 8), ("batchSize", 32)) }, SmallStudy.Table());

    private static readonly FoldRows Rows = Plan.Rows(Plan.Fits[0].Key);
    private readonly Lazy<FitResult> asTrained = new(() => Run(center: false)), centered = new(() => Run(center: true));

    [Fact]
    public void Center_OfAFit_KeepsTheMixedPredictionsOfSeenAndUnseenClusters()
    {
        AssertClose(asTrained.Value.MixedEffects!.Test, centered.Value.MixedEffects!.Test);
        AssertClose(asTrained.Value.MixedEffects.Unseen, centered.Value.MixedEffects.Unseen);
        Assert.All(Enumerable.Range(0, 2), a => AssertClose(asTrained.Value.MixedEffects.TestFlips[a], centered.Value.MixedEffects.TestFlips[a]));
    }

    [Fact]
    public void Center_OfAFit_MovesTheMeanWeightedByTrainingRowsIntoTheFixedEffects()
    {
        RandomEffectsPosterior before = asTrained.Value.RandomEffects!, after = centered.Value.RandomEffects!;
        double[] shares = Shares();
        int width = before.SlopeMean[0].Length;
        double intercept = Mean(c => before.InterceptMean[c]);
        double[] slopes = [.. Enumerable.Range(0, width).Select(j => Mean(c => before.SlopeMean[c][j]))];

        Assert.True(Math.Abs(intercept) > 1e-3);
        Assert.Equal(0, Mean(c => after.InterceptMean[c]), 1e-6);
        Assert.All(Enumerable.Range(0, width), j => Assert.Equal(0, Mean(c => after.SlopeMean[c][j]), 1e-6));
        float[] x = new float[width];
        for (int i = 0; i < Rows.Test.Length; i++)
        {
            Core.Data.Encoders.FeatureEncoder.Fit(Plan.Data, Rows.Training).Encode([Rows.Test[i]], x, 1);
            double moved = intercept + slopes.Zip(x, (s, v) => s * v).Sum();
            Assert.Equal(Logit(asTrained.Value.FixedEffects.Test[i]) + moved, Logit(centered.Value.FixedEffects.Test[i]), 1e-4);
        }

        double Mean(Func<int, double> of) => shares.Select((w, c) => w * of(c)).Sum();
    }

    /// <summary>Clusters are independent under the posterior: var(b_c - sum_k w_k b_k).</summary>
    [Fact]
    public void Center_OfAFit_GivesTheSdOfTheDeviations()
    {
        float[] before = asTrained.Value.RandomEffects!.InterceptSd, after = centered.Value.RandomEffects!.InterceptSd;
        double[] shares = Shares();
        for (int c = 0; c < before.Length; c++)
        {
            double variance = Enumerable.Range(0, before.Length)
                .Sum(k => Math.Pow(((k == c ? 1 : 0) - shares[k]) * before[k], 2));
            Assert.Equal(Math.Sqrt(variance), after[c], 1e-6);
        }
    }

    [Fact]
    public void Predictor_OfACenteredFit_PredictsAsTheFit()
    {
        RowPredictions restored = new Predictor(centered.Value.Model!).Predict(RowBatch.Of(Plan.Data, Rows.Test), flips: false);

        Assert.Equal(centered.Value.FixedEffects.Test, restored.Fixed);
        Assert.Equal(centered.Value.MixedEffects!.Test, restored.Mixed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TotalEffect_OfACluster_IsItsEffectAtTheMeanTrainingRow(bool centered)
    {
        RandomEffectsPosterior effects = (centered ? this.centered : asTrained).Value.RandomEffects!;
        int width = effects.SlopeMean[0].Length;
        var encoder = Core.Data.Encoders.FeatureEncoder.Fit(Plan.Data, Rows.Training);
        double[] mean = new double[width];
        float[] x = new float[width];
        foreach (int row in Rows.Training)
        {
            encoder.Encode([row], x, 1);
            for (int j = 0; j < width; j++) mean[j] += x[j] / (double)Rows.Training.Length;
        }

        Assert.Equal(centered, effects.IsCentered);
        for (int c = 0; c < effects.InterceptMean.Length; c++)
        {
            Assert.Equal(effects.InterceptMean[c] + effects.SlopeMean[c].Zip(mean, (u, m) => u * m).Sum(), effects.TotalMean![c], 1e-5);
            double variance = Math.Pow(effects.InterceptSd[c], 2) + effects.SlopeSd[c].Zip(mean, (sd, m) => sd * sd * m * m).Sum();
            Assert.Equal(Math.Sqrt(variance), effects.TotalSd![c], 1e-5);
        }
    }

    private static double[] Shares()
    {
        double[] shares = new double[Plan.Data.SeenClusterCount];
        foreach (int row in Rows.Training) shares[Plan.Data.Cluster[row]] += 1.0 / Rows.Training.Length;
        return shares;
    }

    private static FitResult Run(bool center)
    {
        FitSpecification specification = Plan.Fits[0].Specification;
        return Fit.Run(Plan.Data, Rows, specification with { Model = specification.Model with { CenterRandomEffects = center } },
            Plan.Fits[0].Key, null, CancellationToken.None);
    }

    private static double Logit(double p) => Math.Log(p / (1 - p));

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 2e-6));
    }
}
