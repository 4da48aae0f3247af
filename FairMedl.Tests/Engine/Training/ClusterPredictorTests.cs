using FairMedl.Core.Data;
using FairMedl.Core.Data.Splits;
using FairMedl.Core.Fits;
using FairMedl.Core.Numerics;
using FairMedl.Engine.Training;
using FairMedl.Tests.Engine.Reference;
using Xunit;

namespace FairMedl.Tests.Engine.Training;

/// <summary>
/// The cluster predictor of a fit without hidden layers against its equations: softmax cross-entropy, Adam at .001, 30 epochs of
/// shuffled batches of 128, whatever the settings of the fit.
/// </summary>
public sealed class ClusterPredictorTests
{
    private const int Clusters = 3, Inputs = 2;

    [Theory]
    [InlineData(300)] // the last batch has 44 rows
    [InlineData(256)]
    public void Run_WithUnseenRows_TrainsTheClusterPredictorByItsEquations(int trainingRows)
    {
        StudyData data = Study();
        int[] rows = [.. data.SeenRows.Take(trainingRows)];
        var key = new FitKey("medl", 8, 1);
        var model = new ModelSettings { Hidden = [3], ClusterAdversaryHidden = [], LambdaG = 0 };
        var specification = new FitSpecification(ModelCatalogue.Find("medl")!, model, new TrainingSettings { Epochs = 1, BatchSize = 60 });

        FitResult fit = Fit.Run(data, new FoldRows(rows, [], [.. data.SeenRows.Skip(trainingRows)]), specification, key, null,
            CancellationToken.None);

        (double[] weights, double[] biases) = Reference(data, rows, new RandomStream(8).Child("fit").Child(1).Child("cluster predictor"));
        AssertEqual(weights, fit, "cluster predictor.0.weight");
        AssertEqual(biases, fit, "cluster predictor.0.bias");
    }

    private static (double[] Weights, double[] Biases) Reference(StudyData data, int[] trainingRows, RandomStream random)
    {
        float[] start = new float[Clusters * Inputs];
        double limit = Math.Sqrt(6.0 / (Clusters + Inputs));
        random.Child("weights").FillUniform(start, -limit, limit);
        double[] weights = Array.ConvertAll(start, w => (double)w), biases = new double[Clusters];
        double[][] x = [.. data.Features.Select(f => Standardized(f.Numbers!, trainingRows))];
        var adam = new ReferenceAdam(weights, biases);
        RandomStream shuffles = random.Child("shuffles");
        int[] rows = [.. trainingRows];
        for (int epoch = 0; epoch < 30; epoch++)
        {
            shuffles.Shuffle(rows.AsSpan());
            foreach (int[] batch in rows.Chunk(128)) adam.Step(Gradient(batch), 1e-3);
        }

        return (weights, biases);

        double[][] Gradient(int[] batch)
        {
            double[] byWeight = new double[weights.Length], byBias = new double[Clusters];
            foreach (int row in batch)
            {
                double[] odds = [.. Enumerable.Range(0, Clusters).Select(c =>
                    Math.Exp(biases[c] + Enumerable.Range(0, Inputs).Sum(j => weights[c * Inputs + j] * x[j][row])))];
                for (int c = 0; c < Clusters; c++)
                {
                    double slope = (odds[c] / odds.Sum() - (data.Cluster[row] == c ? 1 : 0)) / batch.Length;
                    byBias[c] += slope;
                    for (int j = 0; j < Inputs; j++) byWeight[c * Inputs + j] += slope * x[j][row];
                }
            }

            return [byWeight, byBias];
        }
    }

    private static double[] Standardized(float[] values, int[] trainingRows)
    {
        double mean = trainingRows.Average(row => values[row]);
        double sd = Math.Sqrt(trainingRows.Average(row => (values[row] - mean) * (values[row] - mean)));
        return Array.ConvertAll(values, v => (v - mean) / sd);
    }

    private static void AssertEqual(double[] expected, FitResult fit, string name)
    {
        float[] actual = fit.Model!.Parameters.Single(p => p.Name == name).Values;
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 2e-5));
    }

    private static StudyData Study()
    {
        RandomStream random = new(15);
        const int n = 520;
        float[] y = new float[n];
        float[][] x = [new float[n], new float[n]];
        int[] cluster = new int[n];
        for (int i = 0; i < n; i++)
        {
            cluster[i] = random.NextInt(Clusters + 1);
            y[i] = random.NextInt(2);
            for (int j = 0; j < Inputs; j++) x[j][i] = (float)(random.NextNormal() + (j == 0 ? cluster[i] : 0));
        }

        return ArrayStudy.Of(y, x, cluster, hasUnseen: true);
    }
}
