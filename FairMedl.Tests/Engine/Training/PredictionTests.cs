using FairMedl.Core.Data;
using FairMedl.Core.Data.Encoders;
using FairMedl.Core.Data.NewFiles;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Data.Splits;
using FairMedl.Core.Fits;
using FairMedl.Core.Numerics;
using FairMedl.Engine.Training;
using FairMedl.Tests.Engine.Reference;
using Xunit;

namespace FairMedl.Tests.Engine.Training;

/// <summary>Predictions of kinds of fits other than a classification with random effects, from their stored weights.</summary>
public sealed class PredictionTests
{
    /// <summary>More rows than are evaluated at once, so that the last chunk is smaller.</summary>
    private const int TrainingRows = 200, TestRows = 2100;

    [Fact]
    public void Run_Regression_PredictsInTheTargetsOwnUnits()
    {
        StudyData data = Study(PredictionTask.Regression);
        FitResult fit = Run(data, "medl");
        double mean = Enumerable.Range(0, TrainingRows).Average(row => (double)data.Target[row]);
        double sd = Math.Sqrt(Enumerable.Range(0, TrainingRows).Average(row => (data.Target[row] - mean) * (data.Target[row] - mean)));

        for (int i = 0; i < TestRows; i += 50)
        {
            double[] x = X(data, fit, fit.TestRows[i]);
            double output = new PlainNetwork(fit.Model!, "fixed effects").Outputs(x)[0];
            Assert.Equal(mean + sd * output, fit.FixedEffects.Test[i], 1e-4 * sd);
            Assert.Equal(mean + sd * (output + Effect(fit, data.Cluster[fit.TestRows[i]], x)), fit.MixedEffects!.Test[i], 1e-4 * sd);
        }

        Assert.Null(fit.FixedEffects.Threshold);
        Assert.Null(fit.MixedEffects!.Threshold);
        Assert.Equal(mean, fit.Model!.TargetMean, 1e-9);
        Assert.Equal(sd, fit.Model.TargetSd, 1e-9);
    }

    /// <summary>The cluster's one-hot columns follow the features; a row of an unseen cluster has zeros there.</summary>
    [Fact]
    public void Run_ClusterAsInput_ReadsTheSeenClustersColumn()
    {
        StudyData data = Study(PredictionTask.Classification);
        FitResult fit = Run(data, "nnet-cluster");

        Assert.Equal(["site = s0", "site = s1"], fit.Layout.Features.TakeLast(2).Select(f => f.Name));
        for (int i = 0; i < TestRows; i += 50) Assert.Equal(Predicted(fit.TestRows[i]), fit.FixedEffects.Test[i], 2e-5);
        for (int i = 0; i < data.UnseenRows.Length; i++) Assert.Equal(Predicted(data.UnseenRows[i]), fit.FixedEffects.Unseen[i], 2e-5);

        double Predicted(int row)
        {
            double[] x = [.. X(data, fit, row), data.Cluster[row] == 0 ? 1 : 0, data.Cluster[row] == 1 ? 1 : 0];
            return 1 / (1 + Math.Exp(-new PlainNetwork(fit.Model!, "fixed effects").Outputs(x)[0]));
        }
    }

    /// <summary>The third group has no training row: its weights were never learned, so no row is flipped to it.</summary>
    [Fact]
    public void Run_GroupWithoutTrainingRows_IsNoAlternative()
    {
        StudyData data = Study(PredictionTask.Classification);
        FitResult fit = Run(data, "nnet");
        int start = fit.Layout.AttributeBlocks[0]!.Value.Start;
        for (int i = 0; i < TestRows; i += 50)
        {
            double[] x = X(data, fit, fit.TestRows[i]), other = [.. x];
            if (x[start + 2] == 1) continue;
            (other[start], other[start + 1]) = (x[start + 1], x[start]);
            Assert.Equal(Math.Abs(Sigmoid(other) - Sigmoid(x)), fit.FixedEffects.TestFlips[0][i], 2e-5);
        }

        double Sigmoid(double[] x) => 1 / (1 + Math.Exp(-new PlainNetwork(fit.Model!, "fixed effects").Outputs(x)[0]));
    }

    /// <summary>An attribute that is not a feature changes nothing when it is flipped: it has no values.</summary>
    [Fact]
    public void Run_AttributeThatIsNotAFeature_HasNoFlips()
    {
        StudyData data = Study(PredictionTask.Classification);
        FitResult fit = Run(data.WithFeatures([.. data.Features.Where(f => f.Attribute is null)]), "medl");

        Assert.Empty(Assert.Single(fit.FixedEffects.TestFlips));
        Assert.Empty(Assert.Single(fit.MixedEffects!.TestFlips));
    }

    /// <summary>By column of the file, the cluster's slopes times the encoded values; of an unseen cluster, the weighted mean.</summary>
    [Theory]
    [InlineData(PredictionTask.Classification)]
    [InlineData(PredictionTask.Regression)]
    public void Contributions_OfSeenAndUnseenRows_AddUpToTheClustersEffect(PredictionTask task)
    {
        StudyData data = Study(task);
        FitResult fit = Run(data, "medl");
        int[] rows = [fit.TestRows[3], data.UnseenRows[0], fit.TestRows[8], data.UnseenRows[5]];

        IReadOnlyList<ClusterContribution> contributions = new Predictor(fit.Model!).Contributions(RowBatch.Of(data, rows))!;

        for (int i = 0; i < rows.Length; i++)
        {
            double[] x = X(data, fit, rows[i]);
            Assert.Equal(Mean(i, x, c => fit.RandomEffects!.InterceptMean[c]), contributions[i].Intercept, 1e-5);
            Assert.Equal(["x1", "group"], contributions[i].SlopesByColumn.Keys);
            Assert.Equal(Mean(i, x, c => fit.RandomEffects!.SlopeMean[c][0] * x[0]), contributions[i].SlopesByColumn["x1"], 1e-5);
            Assert.Equal(Mean(i, x, c => Effect(fit, c, x)), contributions[i].Total, 1e-5);
        }

        double Mean(int i, double[] x, Func<int, double> of)
        {
            int cluster = data.Cluster[rows[i]];
            if (cluster < 2) return fit.Model!.TargetSd * of(cluster);
            double[] odds = Array.ConvertAll(new PlainNetwork(fit.Model!, "cluster predictor").Outputs(x), Math.Exp);
            return fit.Model!.TargetSd * odds.Select((o, c) => o / odds.Sum() * of(c)).Sum();
        }
    }

    [Fact]
    public void Contributions_WithoutRandomEffects_AreNone()
    {
        StudyData data = Study(PredictionTask.Classification);
        Assert.Null(new Predictor(Run(data, "nnet").Model!).Contributions(RowBatch.Of(data, [0, 1])));
    }

    private static double Effect(FitResult fit, int cluster, double[] x) =>
        fit.RandomEffects!.InterceptMean[cluster] + fit.RandomEffects.SlopeMean[cluster].Zip(x, (slope, value) => slope * value).Sum();

    /// <summary>The encoded features, without the cluster's columns.</summary>
    private static double[] X(StudyData data, FitResult fit, int row)
    {
        float[] x = new float[fit.Model!.Encoder.Layout.Width];
        FeatureEncoder.Restore(fit.Model.Encoder, data.Features, data.RowCount).Encode([row], x, 1);
        return Array.ConvertAll(x, v => (double)v);
    }

    private static FitResult Run(StudyData data, string model) => Fit.Run(data,
        new FoldRows([.. Enumerable.Range(0, TrainingRows)], [], [.. Enumerable.Range(TrainingRows, TestRows)]),
        new FitSpecification(ModelCatalogue.Find(model)!, new ModelSettings { Hidden = [3] },
            new TrainingSettings { Epochs = 6, BatchSize = 50, LearningRate = 0.02 }),
        new FitKey(model, 2, 0), null, CancellationToken.None);

    /// <summary>Rows of two seen clusters to train and test on, then ten of an unseen one; the third group is in test rows alone.</summary>
    private static StudyData Study(PredictionTask task)
    {
        RandomStream random = new(27);
        const int n = TrainingRows + TestRows + 10;
        float[] y = new float[n], x = new float[n];
        int[] cluster = new int[n], group = new int[n];
        for (int i = 0; i < n; i++)
        {
            cluster[i] = i < n - 10 ? random.NextInt(2) : 2;
            group[i] = random.NextInt(i < TrainingRows ? 2 : 3);
            x[i] = (float)random.NextNormal();
            double value = x[i] + cluster[i] + 0.5 * group[i] + random.NextNormal();
            y[i] = task == PredictionTask.Regression ? (float)(40 + 7 * value) : value > 0.7 ? 1 : 0;
        }

        return ArrayStudy.Of(y, [x], cluster, hasUnseen: true, [new SensitiveAttribute("group", ["a", "b", "c"], group)], task);
    }
}
