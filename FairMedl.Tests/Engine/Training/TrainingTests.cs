using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Data.Splits;
using FairMedl.Core.Fits;
using FairMedl.Core.Numerics;
using FairMedl.Engine.Training;
using FairMedl.Tests.Engine.Reference;
using Xunit;

namespace FairMedl.Tests.Engine.Training;

/// <summary>What a fit's training consists of, from the weights that it ends with.</summary>
public sealed class TrainingTests
{
    private const int Epochs = 6;
    private static readonly FitKey Key = new("any", 11, 2);

    /// <summary>50 training rows in batches of 16 are 4 steps an epoch, the last with 2 rows; 6 epochs are 24 steps.</summary>
    private static readonly TrainingSettings Plain = new() { Epochs = Epochs, BatchSize = 16, LearningRate = 0.05 };

    private static readonly Dictionary<string, TrainingSettings> Variants = new()
    {
        ["plain"] = Plain,
        ["without class weights"] = Plain with { ClassWeights = false },
        ["schedule"] = Plain with { Schedule = LearningRateSchedule.ConstantThenCosine },
        ["averaging"] = Plain with { AveragingDecay = 0.5 },
        ["averaging that never reaches its decay"] = Plain with { AveragingDecay = 0.99 },
        ["weight decay"] = Plain with { WeightDecay = 2 },
        ["clipping"] = Plain with { ClipNorm = 0.01 },
        ["batches of one size"] = Plain with { BatchSize = 25 },
        ["all together"] = Plain with
        {
            Schedule = LearningRateSchedule.ConstantThenCosine,
            AveragingDecay = 0.5,
            WeightDecay = 1,
            ClipNorm = 0.02,
        },
    };

    public static TheoryData<string> Names { get; } = [.. Variants.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_NetworkWithoutHiddenLayers_EndsWithTheWeightsOfTheEquations(string variant) =>
        AssertIsReference(Study(PredictionTask.Classification), Variants[variant]);

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_RegressionWithoutHiddenLayers_EndsWithTheWeightsOfTheEquations(string variant) =>
        AssertIsReference(Study(PredictionTask.Regression), Variants[variant]);

    /// <summary>
    /// With all rows in one batch a shorter fit is the start of a longer one, so the last weights of fits of 1, 2, ... epochs are the
    /// steps of the longest. Their moving average, from the first weights, is the averaged fit: fixed and random effects alike.
    /// </summary>
    [Theory]
    [InlineData("medl")]
    [InlineData("fair-adb-medl")]
    public void Run_WithAveraging_EndsWithTheAverageOfTheWeightsAfterEachStep(string model)
    {
        const int epochs = 7;
        const double decay = 0.3;
        StudyData data = Study(PredictionTask.Classification);
        var settings = new TrainingSettings { BatchSize = 1000, LearningRate = 0.03, UnseenClusters = UnseenClusterRule.FixedEffects };
        // So small a rate leaves the first weights as they are.
        double[] average = Weights(Run(data, settings with { Epochs = 1, LearningRate = 1e-30 }, model));
        for (int t = 0; t < epochs; t++)
        {
            double d = Math.Min(decay, (1.0 + t) / (10 + t));
            double[] now = Weights(Run(data, settings with { Epochs = t + 1 }, model));
            for (int i = 0; i < average.Length; i++) average[i] = d * average[i] + (1 - d) * now[i];
        }

        double[] averaged = Weights(Run(data, settings with { Epochs = epochs, AveragingDecay = decay }, model));

        AssertEqual(average, averaged, 1e-5);
    }

    /// <summary>Only the weights are averaged: the losses on the way are those of training without an average.</summary>
    [Fact]
    public void Run_WithAveraging_TrainsAsWithout()
    {
        StudyData data = Study(PredictionTask.Classification);

        FitResult plain = Run(data, Plain, "fair-adb-medl"), averaged = Run(data, Plain with { AveragingDecay = 0.99 }, "fair-adb-medl");

        Assert.Equal(plain.Epochs, averaged.Epochs);
        Assert.NotEqual(plain.FixedEffects.Test, averaged.FixedEffects.Test);
    }

    /// <summary>The correlation loss starts after min(warm-up, epochs / 2) epochs; until then training is that of DA.</summary>
    [Theory]
    [InlineData(0, 6, 0)]
    [InlineData(2, 6, 2)]
    [InlineData(3, 6, 3)]
    [InlineData(5, 6, 3)]
    [InlineData(3, 5, 2)]
    [InlineData(3, 1, 0)]
    public void Run_CorrelationLoss_StartsAfterItsWarmUp(int warmUp, int epochs, int without)
    {
        StudyData data = Study(PredictionTask.Classification);
        TrainingSettings settings = Plain with { Epochs = epochs };
        var model = new ModelSettings { LambdaS = 0.5, CorrelationWarmUpEpochs = warmUp, Hidden = [3] };

        FitResult withLoss = Run(data, settings, "fair-acl-da", model), da = Run(data, settings, "da", model);

        Assert.Equal(Enumerable.Range(1, epochs).Select(epoch => epoch > without), withLoss.Epochs.Select(e => e.Correlation is not null));
        Assert.Equal(da.Epochs.Take(without), withLoss.Epochs.Take(without));
        Assert.All(withLoss.Epochs.Skip(without), e =>
            Assert.Equal(e.FixedLoss!.Value - 0.2 * e.ClusterAdversary!.Value + 0.5 * e.Correlation!.Value, e.Total, 1e-5));
        Assert.NotEqual(da.FixedEffects.Test, withLoss.FixedEffects.Test);
    }

    private static void AssertIsReference(StudyData data, TrainingSettings settings)
    {
        FoldRows rows = Rows(data);
        FitResult fit = Run(data, settings, "nnet");

        AssertEqual(TrainingReference.Train(data, rows.Training, settings, Epochs, Key), Weights(fit), 2e-5);
        Assert.Equal(Epochs, fit.Epochs.Count);
        Assert.Equal(Epochs * (settings.BatchSize == 16 ? 4 : 2), fit.Steps);
    }

    private static FitResult Run(StudyData data, TrainingSettings settings, string kind, ModelSettings? model = null)
    {
        model ??= new ModelSettings { Hidden = kind == "nnet" ? [] : [3] };
        return Fit.Run(data, Rows(data), new FitSpecification(ModelCatalogue.Find(kind)!, model, settings), Key, null,
            CancellationToken.None);
    }

    private static double[] Weights(FitResult fit) => [.. fit.Model!.Parameters.SelectMany(p => p.Values).Select(w => (double)w)];

    private static void AssertEqual(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }

    /// <summary>50 rows to train on and 20 with other values to test on, in two clusters and two groups; three numeric features.</summary>
    private static StudyData Study(PredictionTask task)
    {
        RandomStream random = new(31);
        const int n = 70;
        float[][] x = [new float[n], new float[n], new float[n]];
        float[] target = new float[n];
        int[] cluster = new int[n], group = new int[n];
        for (int i = 0; i < n; i++)
        {
            cluster[i] = random.NextInt(2);
            group[i] = random.NextInt(2);
            double shift = i < 50 ? 0 : 5, sum = 0.8 * group[i] + cluster[i];
            for (int j = 0; j < x.Length; j++)
            {
                x[j][i] = (float)(shift + (j + 1) * random.NextNormal());
                sum += (j - 1) * x[j][i];
            }

            target[i] = (float)(sum + random.NextNormal());
            if (task == PredictionTask.Classification) target[i] = target[i] > 1.2 ? 1 : 0;
        }

        return ArrayStudy.Of(target, x, cluster, sensitive: [new SensitiveAttribute("group", ["a", "b"], group)], task: task)
            .WithFeatures([.. x.Select((numbers, j) => new FeatureSource { Column = $"x{j + 1}", Numbers = numbers })]);
    }

    private static FoldRows Rows(StudyData data) => new([.. data.SeenRows.Take(50)], [], [.. data.SeenRows.Skip(50)]);
}
