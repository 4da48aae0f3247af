using FairMedl.Core.Data;
using FairMedl.Core.Data.Splits;
using FairMedl.Core.Fits;
using FairMedl.Core.Numerics;
using FairMedl.Engine.Models;
using FairMedl.Engine.Training;
using FairMedl.Tests.Engine.Reference;
using Xunit;

namespace FairMedl.Tests.Engine.Training;

/// <summary>The losses that a fit reports for its epochs.</summary>
public sealed class EpochLossesTests
{
    private const int Rows = 64, Clusters = 2;

    /// <summary>L_M + lambda_F L_F - lambda_g CE_C + lambda_K KL - lambda_FE CE_F - lambda_ME CE_M, in every epoch.</summary>
    [Fact]
    public void Run_EveryEpoch_HasTheTermsOfTheObjective()
    {
        var settings = new ModelSettings { LambdaF = 0.7, LambdaG = 0.3, LambdaK = 0.01, LambdaFe = 0.4, LambdaMe = 0.6 };

        FitResult fit = Run("fair-adb-medl", settings, 0.01, batch: 20, epochs: 3);

        Assert.Equal([1, 2, 3], fit.Epochs.Select(e => e.Epoch));
        Assert.All(fit.Epochs, e => Assert.Equal(e.Total, e.MixedLoss!.Value + 0.7 * e.FixedLoss!.Value - 0.3 * e.ClusterAdversary!.Value
            + 0.01 * e.KullbackLeibler!.Value - 0.4 * e.FixedAdversary!.Value - 0.6 * e.MixedAdversary!.Value, 2e-5));
        Assert.All(fit.Epochs, e => Assert.Null(e.Correlation));
    }

    /// <summary>
    /// At a rate that moves nothing, the loss of the fixed effects is that of the stored weights, and that of the mixed effects has
    /// the noise of each step: slopes and then intercepts from the fit's noise stream.
    /// </summary>
    [Fact]
    public void Run_AtARateThatMovesNothing_HasTheLossesOfTheStoredWeightsAndTheNoiseOfEachStep()
    {
        FitResult fit = Run("medl", new ModelSettings { LambdaG = 0 }, 1e-30, batch: Rows, epochs: 2);
        StudyData data = Study();
        var network = new PlainNetwork(fit.Model!, "fixed effects");
        RandomStream noise = new RandomStream(5).Child("fit").Child(0).Child("noise");
        double mean = data.Features[0].Numbers!.Take(Rows).Average();
        double sd = Math.Sqrt(data.Features[0].Numbers!.Take(Rows).Average(v => (v - mean) * (v - mean)));
        double[] x = [.. data.Features[0].Numbers!.Take(Rows).Select(v => (v - mean) / sd)];

        foreach (EpochLosses epoch in fit.Epochs)
        {
            float[] slopes = new float[Clusters], intercepts = new float[Clusters];
            noise.FillNormal(slopes);
            noise.FillNormal(intercepts);
            Assert.Equal(Loss(i => network.Outputs([x[i]])[0]), epoch.FixedLoss!.Value, 1e-5);
            Assert.Equal(Loss(i => network.Outputs([x[i]])[0] + Draw("slope", slopes, data.Cluster[i]) * x[i]
                + Draw("intercept", intercepts, data.Cluster[i])), epoch.MixedLoss!.Value, 1e-5);
        }

        double Loss(Func<int, double> output) => Enumerable.Range(0, Rows).Average(i =>
        {
            double p = 1 / (1 + Math.Exp(-output(i)));
            return -Math.Log(data.Target[i] == 1 ? p : 1 - p);
        });

        double Draw(string effect, float[] of, int cluster) => Parameter($"random effects.{effect} mean")[cluster]
            + RandomEffects.Sigma(Parameter($"random effects.{effect} rho")[cluster]) * of[cluster];

        float[] Parameter(string name) => fit.Model!.Parameters.Single(p => p.Name == name).Values;
    }

    /// <summary>An epoch's loss is the mean over its steps, here of one size.</summary>
    [Fact]
    public void Run_SeveralSteps_HasTheMeanOfTheirLosses()
    {
        EpochLosses whole = Run("nnet", new ModelSettings(), 1e-30, batch: Rows, epochs: 1).Epochs[0];
        EpochLosses parts = Run("nnet", new ModelSettings(), 1e-30, batch: 16, epochs: 1).Epochs[0];

        Assert.Equal(whole.FixedLoss!.Value, parts.FixedLoss!.Value, 1e-6);
        Assert.Equal(whole.Total, parts.Total, 1e-6);
    }

    [Fact]
    public void Run_WithProgress_ReportsEachEpoch()
    {
        var reported = new List<EpochLosses>();

        FitResult fit = Run("nnet", new ModelSettings(), 0.01, batch: 20, epochs: 3, new Sink(reported));

        Assert.Equal(fit.Epochs, reported);
    }

    /// <summary>The loss of a step is that of the weights before it: after a single step, only predictions show that it diverged.</summary>
    [Theory]
    [InlineData("nnet", Rows, 1, "Training diverged: the model's predictions are not finite.")]
    [InlineData("nnet", 16, 2, "Training diverged: the loss is not finite in epoch 1.")]
    [InlineData("medl", 16, 2, "Training diverged: the loss is not finite in epoch 1.")]
    public void Run_RateThatIsMuchTooHigh_IsRefusedAsDiverged(string model, int batch, int epochs, string message)
    {
        FitException fault = Assert.Throws<FitException>(() => Run(model, new ModelSettings(), 1e38, batch, epochs));

        Assert.StartsWith(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_CancelledAfterAnEpoch_StartsNoOther()
    {
        using var cancellation = new CancellationTokenSource();
        var reported = new List<EpochLosses>();

        Assert.Throws<OperationCanceledException>(() => Run("nnet", new ModelSettings(), 0.01, batch: 20, epochs: 3,
            new Sink(reported, cancellation.Cancel), cancellation.Token));

        Assert.Single(reported);
    }

    [Fact]
    public void Run_Cancelled_Ends() => Assert.Throws<OperationCanceledException>(() =>
        Run("medl", new ModelSettings(), 0.01, batch: 20, epochs: 3, cancellation: new CancellationToken(canceled: true)));

    private static FitResult Run(string model, ModelSettings settings, double rate, int batch, int epochs,
        IProgress<EpochLosses>? progress = null, CancellationToken cancellation = default)
    {
        var training = new TrainingSettings { Epochs = epochs, BatchSize = batch, LearningRate = rate, ClassWeights = false };
        var rows = new FoldRows([.. Enumerable.Range(0, Rows)], [], [Rows, Rows + 1]);
        return Fit.Run(Study(), rows, new FitSpecification(ModelCatalogue.Find(model)!, settings with { Hidden = [3] }, training),
            new FitKey(model, 5, 0), progress, cancellation);
    }

    private static StudyData Study()
    {
        RandomStream random = new(21);
        float[] x = new float[Rows + 2], y = new float[Rows + 2];
        random.FillNormal(x);
        int[] group = new int[Rows + 2];
        for (int i = 0; i < y.Length; i++) (y[i], group[i]) = (random.NextInt(2), random.NextInt(2));
        int[] clusters = [.. Enumerable.Range(0, Rows + 2).Select(i => i % Clusters)];
        return ArrayStudy.Of(y, [x], clusters, sensitive: [new SensitiveAttribute("group", ["a", "b"], group)])
            .WithFeatures([new FeatureSource { Column = "x1", Numbers = x }]);
    }

    private sealed class Sink(List<EpochLosses> reported, Action? then = null) : IProgress<EpochLosses>
    {
        public void Report(EpochLosses value)
        {
            reported.Add(value);
            then?.Invoke();
        }
    }
}
