using FairMedl.Core.Data;
using FairMedl.Core.Data.Encoders;
using FairMedl.Core.Data.NewFiles;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fits;
using FairMedl.Core.Numerics;
using FairMedl.Core.Storage.Formats;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Plan;
using FairMedl.Engine.Training;
using FairMedl.Tests.Studies;
using Xunit;

namespace FairMedl.Tests.Engine;

/// <summary>A model that was stored and restored predicts what its fit predicted.</summary>
public sealed class PredictorTests
{
    public static TheoryData<string, PredictionTask> Catalogue()
    {
        var all = new TheoryData<string, PredictionTask>();
        foreach (ModelKind kind in ModelCatalogue.All)
        {
            all.Add(kind.Id, PredictionTask.Classification);
            all.Add(kind.Id, PredictionTask.Regression);
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Catalogue))]
    public void Predict_TestAndUnseenRows_IsTheFitBitForBit(string model, PredictionTask task)
    {
        (StudyPlan plan, FitResult fit) = Run(model, task);
        Predictor restored = Restored(fit);

        AssertSame(fit, fit.TestRows, restored.Predict(RowBatch.Of(plan.Data, fit.TestRows), flips: true), h => h.Test, h => h.TestFlips);
        AssertSame(fit, plan.Data.UnseenRows, restored.Predict(RowBatch.Of(plan.Data, plan.Data.UnseenRows), flips: true), h => h.Unseen, h => h.UnseenFlips);
        Assert.Equal(fit.FixedEffects.Threshold, restored.Model.FixedThreshold);
        Assert.Equal(fit.MixedEffects?.Threshold, restored.Model.MixedThreshold);
    }

    [Theory]
    [InlineData(UnseenClusterRule.Soft, true)]
    [InlineData(UnseenClusterRule.Hard, true)]
    [InlineData(UnseenClusterRule.FixedEffects, false)]
    public void Predict_UnseenRows_FollowsTheStudysRule(UnseenClusterRule rule, bool mixes)
    {
        (StudyPlan plan, FitResult fit) = Run("medl", PredictionTask.Classification, ("unseenClusters", rule.ToString()[..1].ToLowerInvariant() + rule.ToString()[1..]));
        Predictor restored = Restored(fit);
        RowPredictions unseen = restored.Predict(RowBatch.Of(plan.Data, plan.Data.UnseenRows), flips: false);

        Assert.Equal(fit.MixedEffects!.Unseen, unseen.Mixed);
        Assert.Equal(mixes, restored.MixesUnseenClusters);
        Assert.Equal(mixes, !unseen.Fixed.SequenceEqual(unseen.Mixed!));
    }

    [Fact]
    public void Predict_KnownAndUnknownRowsInAnyOrderAndAnyBatch_IsEachRowsOwn()
    {
        (StudyPlan plan, FitResult fit) = Run("fair-adb-medl", PredictionTask.Classification);
        Predictor restored = Restored(fit);
        int[] rows = [.. fit.TestRows, .. plan.Data.UnseenRows];
        float[] expectedMixed = [.. fit.MixedEffects!.Test, .. fit.MixedEffects.Unseen], expectedFlips = [.. fit.MixedEffects.TestFlips[0], .. fit.MixedEffects.UnseenFlips[0]];
        int[] order = [.. Enumerable.Range(0, rows.Length)];
        new RandomStream(4).Shuffle(order.AsSpan());

        foreach (int[] batch in order.Chunk(7))
        {
            RowPredictions predicted = restored.Predict(RowBatch.Of(plan.Data, [.. batch.Select(i => rows[i])]), flips: true);
            // Another batch may add up a row's products in another order.
            for (int i = 0; i < batch.Length; i++)
            {
                Assert.Equal(expectedMixed[batch[i]], predicted.Mixed![i], 1e-6f);
                Assert.Equal(expectedFlips[batch[i]], predicted.MixedFlips![0][i], 1e-6f);
            }
        }
    }

    [Fact]
    public void Predict_LevelsInAnotherOrderAndAnUnknownOne_AreMatchedByName()
    {
        (StudyPlan plan, FitResult fit) = Run("nnet", PredictionTask.Classification);
        Predictor restored = Restored(fit);
        int[] rows = fit.TestRows[..20];
        RowBatch batch = RowBatch.Of(plan.Data, rows);
        int at = batch.Features.ToList().FindIndex(f => f.Column == "kind");
        FeatureSource kind = batch.Features[at];
        FeatureSource reversed = kind with { Levels = [.. kind.Levels.Reverse(), "never met"], Codes = Array.ConvertAll(kind.Codes!, c => kind.Levels.Count - 1 - c) };
        FeatureSource unknown = reversed with { Codes = Array.ConvertAll(kind.Codes!, _ => kind.Levels.Count) };

        Assert.Equal(restored.Predict(batch, false).Fixed, restored.Predict(batch with { Features = [.. batch.Features.Select((f, i) => i == at ? reversed : f)] }, false).Fixed);
        FeatureEncoder encoder = FeatureEncoder.Restore(restored.Model.Encoder, [.. batch.Features.Select((f, i) => i == at ? unknown : f)], rows.Length);
        Assert.Equal(rows.Length, encoder.CountUnseenLevels([.. Enumerable.Range(0, rows.Length)]));
    }

    [Fact]
    public void Predictor_ParametersOfAnotherModel_AreRefused()
    {
        (_, FitResult fit) = Run("medl", PredictionTask.Classification);
        TrainedModel model = fit.Model!;

        Assert.Throws<ArgumentException>(() => new Predictor(model with { Parameters = [.. model.Parameters.Skip(1)] }));
        Assert.Throws<ArgumentException>(() => new Predictor(model with { Parameters = [.. model.Parameters, new NamedParameter("more", [1], [0])] }));
        Assert.Throws<ArgumentException>(() => new Predictor(model with { Parameters = [model.Parameters[0] with { Shape = [1, 1] }, .. model.Parameters.Skip(1)] }));
        Assert.Throws<ArgumentException>(() => new Predictor(model).Predict(new RowBatch([], [0], [[0], [0]]), false));
    }

    private static (StudyPlan Plan, FitResult Fit) Run(string model, PredictionTask task, params (string Name, object Value)[] settings)
    {
        StudyDefinition definition = SmallStudy.Definition(model);
        definition = definition with { Settings = SmallStudy.Settings([("epochs", 2), ("batchSize", 32), .. settings]) };
        if (task == PredictionTask.Regression)
        {
            definition = definition with
            {
                Data = definition.Data with { Target = new TargetSpecification("x2", PredictionTask.Regression), Features = ["x1", "kind", "sex", "age"] },
            };
        }

        StudyPlan plan = StudyPlan.Create(definition, SmallStudy.Table());
        return (plan, plan.Run(TestCompute.Default, plan.Fits[1], null, CancellationToken.None));
    }

    private static Predictor Restored(FitResult fit) => new(TrainedModelFormat.Read(TrainedModelFormat.Write(fit.Model!)));

    private static void AssertSame(FitResult fit, int[] rows, RowPredictions predicted, Func<HeadPredictions, float[]> values, Func<HeadPredictions, float[][]> flips)
    {
        Assert.NotEmpty(rows);
        Assert.Equal(values(fit.FixedEffects), predicted.Fixed);
        Assert.Equal(flips(fit.FixedEffects), predicted.FixedFlips);
        Assert.Equal(fit.MixedEffects is null ? null : values(fit.MixedEffects), predicted.Mixed);
        Assert.Equal(fit.MixedEffects is null ? null : flips(fit.MixedEffects), predicted.MixedFlips);
    }
}
