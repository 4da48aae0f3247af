using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fits;
using FairMedl.Core.Numerics;
using FairMedl.Engine.Models;
using FairMedl.Engine.Training;
using FairMedl.Tests.Engine.Reference;
using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace FairMedl.Tests.Engine.Training;

/// <summary>
/// Steps of a whole Fair(ADB) MEDL against a second copy whose optimizers are the equations in double precision: each adversary's
/// own, then the predictor's on the objective with the adversaries just updated.
/// </summary>
public sealed class AlternatingStepTests
{
    private const int Rows = 12, Inputs = 5, Clusters = 3;
    private static readonly double[] Rates = [1e-2, 1e-2, 6e-3, 2e-3, 4e-4];

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.05, 0)]
    [InlineData(0, 2.0)]
    [InlineData(0.05, 2.0)]
    public void Take_FiveSteps_AreThoseOfTheEquations(double clipNorm, double weightDecay)
    {
        using DisposeScope scope = NewDisposeScope();
        ComposedModel model = Model(), reference = Model();
        Batch batch = NewBatch();
        var step = new AlternatingStep(model, new TrainingSettings { ClipNorm = clipNorm, WeightDecay = weightDecay });
        ReferenceAdam cluster = Adam(reference.ClusterAdversary!.Parameters), onFixed = Adam(reference.FixedAdversary!.Parameters),
            onMixed = Adam(reference.MixedAdversary!.Parameters), predictor = Adam(reference.PredictorParameters);
        // Three hidden layers would be seven: here one hidden layer's weights and biases, and the output's weights.
        const int decayed = 3;
        for (int t = 0; t < Rates.Length; t++)
        {
            Effects noise = Noise((ulong)t);
            step.Take(batch, noise, Rates[t], correlation: true);

            ForwardPass pass = reference.Forward(batch, noise);
            Descend(cluster, reference.ClusterAdversaryLoss(pass, batch), reference.ClusterAdversary.Parameters, Rates[t]);
            Descend(onFixed, reference.FixedAdversaryLoss(pass, batch), reference.FixedAdversary.Parameters, Rates[t]);
            Descend(onMixed, reference.MixedAdversaryLoss(pass, batch), reference.MixedAdversary.Parameters, Rates[t]);
            Tensor objective = reference.Objective(reference.Forward(batch, noise), batch).Total;
            Descend(predictor, objective, reference.PredictorParameters, Rates[t], clipNorm, weightDecay, decayed);

            double[] norms = [predictor.Norm, cluster.Norm, onFixed.Norm, onMixed.Norm];
            Assert.All(norms, norm => Assert.True(norm > 2 * clipNorm));
            AssertEqual(reference.ClusterAdversary.Parameters, model.ClusterAdversary!.Parameters);
            AssertEqual(reference.FixedAdversary.Parameters, model.FixedAdversary!.Parameters);
            AssertEqual(reference.MixedAdversary.Parameters, model.MixedAdversary!.Parameters);
            AssertEqual(reference.PredictorParameters, model.PredictorParameters);
        }
    }

    private static ComposedModel Model()
    {
        var settings = new ModelSettings
        {
            Hidden = [4],
            ClusterAdversaryHidden = [3],
            AdversaryHidden = 5,
            LambdaG = 0.5,
            LambdaFe = 0.7,
            LambdaMe = 0.4,
        };
        return new ComposedModel(ModelCatalogue.Find("fair-adb-medl")!, settings,
            new ModelShape(Inputs, Clusters, [2, 3], PredictionTask.Classification), new RandomStream(5));
    }

    /// <summary>Class weights far from 1, so that the loss of a step is not that of an unweighted batch.</summary>
    private static Batch NewBatch()
    {
        RandomStream random = new(8);
        float[] x = new float[Rows * Inputs], y = new float[Rows], weight = new float[Rows], byGroup = new float[2 * Rows];
        random.FillNormal(x);
        for (int i = 0; i < Rows; i++) weight[i] = (y[i] = random.NextInt(2)) == 1 ? 1.6f : 0.8f;
        random.FillUniform(byGroup, 0.5, 4);
        return new Batch(
            tensor(x, [Rows, Inputs]),
            tensor(y, [Rows, 1]),
            tensor(weight, [Rows, 1]),
            tensor((long[])[.. Enumerable.Range(0, Rows).Select(i => (long)(i % Clusters))]),
            tensor((long[])[.. Enumerable.Range(0, Rows).SelectMany(_ => new long[] { random.NextInt(2), random.NextInt(3) })], [Rows, 2]),
            tensor(byGroup, [Rows, 2]),
            tensor(Array.ConvertAll(byGroup, w => 1.3f * w), [Rows, 2]));
    }

    private static Effects Noise(ulong step)
    {
        RandomStream random = new RandomStream(3).Child(step);
        float[] slopes = new float[Clusters * Inputs], intercepts = new float[Clusters];
        random.FillNormal(slopes);
        random.FillNormal(intercepts);
        return new Effects(tensor(slopes, [Clusters, Inputs]), tensor(intercepts, [Clusters, 1]));
    }

    private static ReferenceAdam Adam(IReadOnlyList<Parameter> parameters) =>
        new([.. parameters.Select(p => Array.ConvertAll(p.Values(), w => (double)w))]);

    private static void Descend(ReferenceAdam adam, Tensor loss, IReadOnlyList<Parameter> parameters, double rate, double clipNorm = 0,
        double weightDecay = 0, int decayed = 0)
    {
        IList<Tensor> gradients = autograd.grad([loss], [.. parameters.Select(p => (Tensor)p)]);
        adam.Step([.. gradients.Select(of => Array.ConvertAll(of.Values(), g => (double)g))], rate, clipNorm, weightDecay, decayed);
        using IDisposable constant = no_grad();
        for (int p = 0; p < parameters.Count; p++)
            parameters[p].copy_(tensor(Array.ConvertAll(adam.Weights[p], w => (float)w), parameters[p].shape));
    }

    private static void AssertEqual(IReadOnlyList<Parameter> expected, IReadOnlyList<Parameter> actual)
    {
        for (int p = 0; p < expected.Count; p++)
            Assert.All(expected[p].Values().Zip(actual[p].Values()), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }
}
