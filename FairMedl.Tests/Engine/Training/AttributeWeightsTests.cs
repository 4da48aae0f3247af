using FairMedl.Core.Data;
using FairMedl.Core.Data.Encoders;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fits;
using FairMedl.Core.Numerics;
using FairMedl.Engine.Models;
using FairMedl.Engine.Training;
using FairMedl.Tests.Engine.Reference;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace FairMedl.Tests.Engine.Training;

/// <summary>Class weights, group weights and attribute factors on their way into the debiasing losses.</summary>
public sealed class AttributeWeightsTests
{
    private const int Rows = 400;
    private static readonly int[] All = [.. Enumerable.Range(0, Rows)];
    private static readonly Dictionary<string, double> Factors = new() { ["second"] = 2.5 };
    private static readonly ModelSettings Weighted = new() { GroupWeightExponent = 1, AttributeFactors = Factors };

    /// <summary>The adversary's loss has class times group weight; the penalty has the attribute's factor as well.</summary>
    [Theory]
    [InlineData(1, true, true)]
    [InlineData(1, true, false)]
    [InlineData(1, false, true)]
    [InlineData(0, true, true)]
    [InlineData(0, false, true)]
    [InlineData(0, true, false)]
    public void Load_OfGroups_WeighsThemInTheAdversarysLossAndInThePenalty(double beta, bool classWeights, bool factors)
    {
        using DisposeScope scope = NewDisposeScope();
        StudyData data = Study();
        var settings = new ModelSettings { GroupWeightExponent = beta };
        if (factors) settings = settings with { AttributeFactors = Factors };
        int[] rows = All[17..80];

        Batch batch = Loader(data, settings, classWeights).Load(rows);

        float[][] byGroup = GroupWeights.Of(data, All, settings);
        double positives = All.Average(row => data.Target[row]);
        double[] adversary = [.. rows.SelectMany(row => data.Sensitive.Select((s, a) =>
            (classWeights ? data.Target[row] == 1 ? 1 - positives : positives : 1) * byGroup[a][s.Groups[row]]))];
        double[] penalty = [.. adversary.Select((w, at) => factors && at % 2 == 1 ? 2.5 * w : w)];
        AssertEqual(adversary, Weights(batch.AdversaryWeight, adversary.Length));
        AssertEqual(penalty, Weights(batch.PenaltyWeight ?? batch.AdversaryWeight, penalty.Length));
    }

    [Theory]
    [InlineData("nnet")]
    [InlineData("fair-acl-da")]
    public void Load_OfAModelWithoutDebiasingAdversaries_HasNoWeightsByAttribute(string model)
    {
        using DisposeScope scope = NewDisposeScope();
        Batch batch = Loader(Study(), Weighted, true, model).Load(All.AsSpan(0, 9));

        Assert.Null(batch.AdversaryWeight);
        Assert.Null(batch.PenaltyWeight);
    }

    /// <summary>Losses are linear in their weights: three times the weight of every row is three times the loss.</summary>
    [Fact]
    public void Losses_OfTheDebiasingAdversaries_EachReadTheirOwnWeights()
    {
        using DisposeScope scope = NewDisposeScope();
        StudyData data = Study();
        Batch batch = Loader(data, Weighted, true).Load(All.AsSpan(0, 50));
        var model = new ComposedModel(ModelCatalogue.Find("fair-adb-medl")!, new ModelSettings(),
            new ModelShape(6, 1, [2, 3], PredictionTask.Classification), new RandomStream(1));
        var noise = new Effects(zeros(1, 6), zeros(1, 1));
        ForwardPass pass = model.Forward(batch, noise);
        Batch adversary = batch with { AdversaryWeight = batch.AdversaryWeight! * 3f };
        Batch penalty = batch with { PenaltyWeight = batch.PenaltyWeight! * 3f };

        AssertRatios(batch, adversary, ofAdversary: 3, ofPenalty: 1);
        AssertRatios(batch, penalty, ofAdversary: 1, ofPenalty: 3);
        AssertRatios(batch with { PenaltyWeight = null }, adversary with { PenaltyWeight = null }, ofAdversary: 3, ofPenalty: 3);

        void AssertRatios(Batch one, Batch other, double ofAdversary, double ofPenalty)
        {
            LossTerms before = model.Objective(pass, one), after = model.Objective(pass, other);
            Assert.Equal(ofAdversary, Ratio(model.FixedAdversaryLoss(pass, other), model.FixedAdversaryLoss(pass, one)), 1e-5);
            Assert.Equal(ofAdversary, Ratio(model.MixedAdversaryLoss(pass, other), model.MixedAdversaryLoss(pass, one)), 1e-5);
            Assert.Equal(ofPenalty, Ratio(after.FixedAdversary!, before.FixedAdversary!), 1e-5);
            Assert.Equal(ofPenalty, Ratio(after.MixedAdversary!, before.MixedAdversary!), 1e-5);
        }

        static double Ratio(Tensor one, Tensor other) => one.item<float>() / other.item<float>();
    }

    private static BatchLoader Loader(StudyData data, ModelSettings settings, bool classWeights, string model = "fair-adb-medl") => new(
        data, FeatureEncoder.Fit(data, All), TargetScale.Of(data, All, classWeights), All,
        new FitSpecification(ModelCatalogue.Find(model)!, settings, new TrainingSettings()));

    /// <summary>No weights are weights of 1.</summary>
    private static float[] Weights(Tensor? weights, int count) =>
        weights is null ? [.. Enumerable.Repeat(1f, count)] : weights.data<float>().ToArray();

    private static void AssertEqual(double[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    private static StudyData Study()
    {
        RandomStream random = new(12);
        float[] target = new float[Rows], x = new float[Rows];
        int[] first = new int[Rows], second = new int[Rows];
        for (int i = 0; i < Rows; i++)
        {
            (first[i], second[i]) = (random.NextDouble() < 0.8 ? 0 : 1, random.NextDouble() < 0.7 ? 0 : 1 + random.NextInt(2));
            target[i] = random.NextDouble() < 0.3 ? 1 : 0;
            x[i] = (float)random.NextNormal();
        }

        return ArrayStudy.Of(target, [x], sensitive:
            [new SensitiveAttribute("first", ["a", "b"], first), new SensitiveAttribute("second", ["a", "b", "c"], second)]);
    }
}
