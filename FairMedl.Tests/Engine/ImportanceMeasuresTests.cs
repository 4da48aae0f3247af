using FairMedl.Core.Data;
using FairMedl.Core.Data.Encoders;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fits;
using FairMedl.Core.Numerics;
using FairMedl.Engine.Models;
using FairMedl.Engine.Training;
using FairMedl.Tests.Studies;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace FairMedl.Tests.Engine;

/// <summary>Importance of networks whose weights are set by hand.</summary>
public sealed class ImportanceMeasuresTests
{
    private static readonly StudyData Small = StudyDataBuilder.Build(SmallStudy.Table(), SmallStudy.Definition("nnet").Data);

    /// <summary>f = |x1|, whose gradient is 1 for one half of the rows and -1 for the other.</summary>
    [Fact]
    public void MeanAbsolute_OfAGradientOfAlternatingSign_DoesNotCancel()
    {
        using DisposeScope scope = NewDisposeScope();
        int[] rows = Small.SeenRows;
        (ImportanceMeasures measures, BatchLoader loader) = Of(Small, PredictionTask.Regression, "x1", absolute: true);
        float[] importance = measures.MeanAbsolute(rows, CancellationToken.None);
        for (int j = 0; j < importance.Length; j++)
            Assert.Equal(loader.Layout.Features[j].Name == "x1" ? 1 : 0, importance[j], 5);
    }

    /// <summary>y = sigmoid(2 x) of one level. At the mean row x is the level's share p: the slope is 2 s(2p) (1 - s(2p)).</summary>
    [Fact]
    public void AtMeanRow_OfALevel_IsTheSlopeAtItsShare()
    {
        using DisposeScope scope = NewDisposeScope();
        (ImportanceMeasures measures, BatchLoader loader) = Of(Small, PredictionTask.Classification, "kind = b", absolute: false);
        EncodedMoments moments = loader.Moments(Small.SeenRows);
        FeatureSource kind = Small.Features.Single(f => f.Column == "kind");
        double share = Small.SeenRows.Average(r => kind.Levels[kind.Codes![r]] == "b" ? 1.0 : 0), probability = 1 / (1 + Math.Exp(-2 * share));
        float[] importance = measures.AtMeanRow(moments.Mean);
        for (int j = 0; j < importance.Length; j++)
            Assert.Equal(loader.Layout.Features[j].Name == "kind = b" ? 2 * probability * (1 - probability) : 0, importance[j], 5);
    }

    /// <summary>x1 is the label itself. A shuffled row gets the label of another: with both classes alike, half of them are wrong.</summary>
    [Fact]
    public void Permutation_OfAColumnThatDecidesAll_IsTheShareOfOtherLabels()
    {
        using DisposeScope scope = NewDisposeScope();
        int[] rows = Small.SeenRows;
        StudyData data = WithNumbers(Small, "x1", row => Small.Target[row] == 1 ? 1 : -1);
        (ImportanceMeasures measures, _) = Of(data, PredictionTask.Classification, "x1", absolute: false);
        float[] predictions = [.. rows.Select(r => data.Target[r] == 1 ? 0.9f : 0.1f)];
        IReadOnlyList<ColumnPermutation> columns = measures.Permutation(rows, predictions, 0.5, new RandomStream(3), CancellationToken.None);

        ColumnPermutation x1 = columns.Single(c => c.Column == "x1");
        int positives = rows.Count(r => data.Target[r] == 1);
        Assert.Equal([positives, rows.Length - positives], x1.Strata.Select(s => s.N));
        // As many positives as negatives change, because a shuffle keeps the values: exactly, and about n1 n0 / n of them.
        Assert.Equal(x1.Strata[0].Sum, x1.Strata[1].Sum, 9);
        double expected = (double)positives * (rows.Length - positives) / rows.Length;
        Assert.InRange(x1.Strata[0].Sum, 0.9 * expected, 1.1 * expected);
    }

    [Fact]
    public void Permutation_OfAColumnThatTheModelDoesNotUse_ChangesNothing()
    {
        using DisposeScope scope = NewDisposeScope();
        int[] rows = Small.SeenRows;
        (ImportanceMeasures measures, BatchLoader loader) = Of(Small, PredictionTask.Classification, "x1", absolute: false);
        float[] predictions = Predictions(loader, rows);
        IReadOnlyList<ColumnPermutation> columns = measures.Permutation(rows, predictions, 0.5, new RandomStream(3), CancellationToken.None);

        Assert.Equal(["x1", "x2", "kind", "sex", "age"], columns.Select(c => c.Column));
        foreach (ColumnPermutation column in columns)
        {
            bool used = column.Column == "x1";
            Assert.All(column.Strata, s => Assert.Equal(used, s.SumOfSquares > 0));
            Assert.All(column.Strata, s => Assert.Equal(used, s.Sum != 0));
        }
    }

    /// <summary>f depends on one level of kind; each level belongs to the column, so that all levels move with a shuffle.</summary>
    [Fact]
    public void Permutation_OfACategory_MovesAllItsLevels()
    {
        using DisposeScope scope = NewDisposeScope();
        int[] rows = Small.SeenRows;
        (ImportanceMeasures measures, BatchLoader loader) = Of(Small, PredictionTask.Classification, "kind = b", absolute: false);
        float[] predictions = Predictions(loader, rows, "kind = b");
        ColumnPermutation kind = measures.Permutation(rows, predictions, 0.6, new RandomStream(3), CancellationToken.None).Single(c => c.Column == "kind");
        FeatureSource source = Small.Features.Single(f => f.Column == "kind");
        double share = rows.Count(r => source.Levels[source.Codes![r]] == "b") / (double)rows.Length;

        // A decision changes where just one of the row and its donor has the level; half of these rows were correct.
        double changed = kind.Strata.Sum(s => s.SumOfSquares), most = 2 * share * (1 - share) * rows.Length;
        Assert.InRange(changed, most / 5, most);
    }

    /// <summary>f = 2 x1; the target is f, in its own units, so that the change of a row is its squared error after the shuffle.</summary>
    [Fact]
    public void Permutation_OfARegression_IsTheRiseInSquaredErrorInTheTargetsUnits()
    {
        using DisposeScope scope = NewDisposeScope();
        const double mean = 5, sd = 3;
        int[] rows = Small.SeenRows;
        FeatureEncoder encoder = FeatureEncoder.Fit(Small, rows);
        float[] x1 = Encoded(encoder, rows, "x1");
        var data = Regression(Small, rows.Zip(x1).ToDictionary(p => p.First, p => (float)(mean + sd * 2 * p.Second)));
        (ImportanceMeasures measures, _) = Of(data, PredictionTask.Regression, "x1", absolute: false, new TargetScale(mean, sd, null, null));
        ChangeSums sums = measures.Permutation(rows, [.. rows.Select(r => data.Target[r])], null, new RandomStream(3), CancellationToken.None)
            .Single(c => c.Column == "x1").Strata.Single();

        // E (2 sd (x - x'))^2 = 8 sd^2 for independent x and x' of variance 1.
        Assert.Equal(rows.Length, sums.N);
        Assert.Equal(8 * sd * sd, sums.Sum / sums.N, 8 * sd * sd * 0.1);
    }

    [Fact]
    public void Permutation_OfTheSameStream_IsTheSame()
    {
        using DisposeScope scope = NewDisposeScope();
        int[] rows = Small.SeenRows[..150];
        (ImportanceMeasures measures, BatchLoader loader) = Of(Small, PredictionTask.Classification, "x1", absolute: false);
        float[] predictions = Predictions(loader, rows);
        ChangeSums[] Of1(ulong seed) =>
            [.. measures.Permutation(rows, predictions, 0.5, new RandomStream(seed), CancellationToken.None).SelectMany(c => c.Strata)];
        Assert.Equal(Of1(3), Of1(3));
        Assert.NotEqual(Of1(3), Of1(4));
    }

    /// <summary>sigmoid(x) at the loader's own rows, by the network itself.</summary>
    private static float[] Predictions(BatchLoader loader, int[] rows, string feature = "x1")
    {
        ComposedModel model = Model(loader, PredictionTask.Classification, feature, absolute: false);
        return model.Prediction(model.FixedEffects.Forward(loader.Features(rows)).Output).Values();
    }

    private static (ImportanceMeasures Measures, BatchLoader Loader) Of(StudyData data, PredictionTask task, string feature, bool absolute, TargetScale? scale = null)
    {
        FeatureEncoder encoder = FeatureEncoder.Fit(data, data.SeenRows);
        scale ??= TargetScale.Of(data, data.SeenRows, classWeights: false);
        ModelKind kind = ModelCatalogue.Find("nnet")!;
        var loader = new BatchLoader(data, encoder, scale, data.SeenRows, new FitSpecification(kind, new ModelSettings(), new TrainingSettings()));
        return (new ImportanceMeasures(Model(loader, task, feature, absolute), loader, data, scale), loader);
    }

    /// <summary>A network with two hidden units, relu(x) and relu(-x) of one encoded column: f = |x|, or 2 x.</summary>
    private static ComposedModel Model(BatchLoader loader, PredictionTask task, string feature, bool absolute)
    {
        ModelKind kind = ModelCatalogue.Find("nnet")!;
        var model = new ComposedModel(kind, new ModelSettings { Hidden = [2] }, new ModelShape(loader.Width, 4, [2, 3], task), new RandomStream(1));
        int at = loader.Layout.Features.Select(f => f.Name).ToList().IndexOf(feature);
        float[] first = new float[2 * loader.Width];
        (first[at], first[loader.Width + at]) = (1, -1);
        float[][] weights = [first, [0, 0], absolute ? [1, 1] : [2, -2], [0]];
        using IDisposable constant = no_grad();
        foreach ((var parameter, float[] values) in model.FixedEffects.Parameters.Zip(weights)) parameter.copy_(tensor(values, parameter.shape).OnDevice());
        return model;
    }

    private static float[] Encoded(FeatureEncoder encoder, int[] rows, string feature)
    {
        float[] all = new float[encoder.Layout.Width * rows.Length];
        encoder.Encode(rows, all, rows.Length);
        int at = encoder.Layout.Features.Select(f => f.Name).ToList().IndexOf(feature);
        return all[(at * rows.Length)..((at + 1) * rows.Length)];
    }

    private static StudyData WithNumbers(StudyData data, string column, Func<int, float> value) => data.WithFeatures([.. data.Features.Select(f =>
        f.Column == column ? f with { Numbers = [.. Enumerable.Range(0, data.RowCount).Select(value)] } : f)]);

    private static StudyData Regression(StudyData data, Dictionary<int, float> target) => new()
    {
        Task = PredictionTask.Regression,
        Target = [.. Enumerable.Range(0, data.RowCount).Select(row => target.GetValueOrDefault(row))],
        TargetDescription = "y",
        Cluster = data.Cluster,
        ClusterColumn = data.ClusterColumn,
        ClusterNames = data.ClusterNames,
        SeenClusterCount = data.SeenClusterCount,
        Sensitive = data.Sensitive,
        Features = data.Features,
        SeenRows = data.SeenRows,
        UnseenRows = data.UnseenRows,
        SourceRows = data.SourceRows,
        Excluded = data.Excluded,
    };
}
