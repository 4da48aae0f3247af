using FairMedl.Core.Fits;
using FairMedl.Engine.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FairMedl.Engine.Training;

/// <summary>The weights that predict, by name: read out of a model that was trained, and written into one that was not.</summary>
internal static class NamedParameters
{
    /// <summary>Returns copies of all weights.</summary>
    public static IReadOnlyList<NamedParameter> Capture(ComposedModel model, ClusterPredictor? clusterPredictor) =>
        [.. Of(model, clusterPredictor).Select(p => new NamedParameter(p.Name, Array.ConvertAll(p.Tensor.shape, size => (int)size),
            p.Tensor.Values()))];

    /// <summary>Overwrites all weights of a model.</summary>
    /// <exception cref="ArgumentException">The parameters are not those of such a model.</exception>
    public static void Restore(ComposedModel model, ClusterPredictor? clusterPredictor, IReadOnlyList<NamedParameter> parameters)
    {
        if (parameters.FirstOrDefault(p => p.Name == CommonSlopesName) is { Shape: [1, var inputs] }) model.AddCommonEffects(inputs);
        var byName = parameters.ToDictionary(p => p.Name, StringComparer.Ordinal);
        using IDisposable constant = no_grad();
        foreach ((string name, Tensor weights) in Of(model, clusterPredictor))
        {
            if (!byName.Remove(name, out NamedParameter? kept))
                throw new ArgumentException($"The trained model has no parameter '{name}'.", nameof(parameters));
            if (!kept.Shape.SequenceEqual(weights.shape.Select(size => (int)size)) || kept.Values.Length != weights.numel())
                throw new ArgumentException($"Parameter '{name}' of the trained model does not have the shape " +
                    $"[{string.Join(", ", weights.shape)}].", nameof(parameters));
            weights.copy_(tensor(kept.Values, weights.shape).OnDevice());
        }

        if (byName.Count > 0)
            throw new ArgumentException($"The trained model has an unknown parameter '{byName.Keys.First()}'.", nameof(parameters));
    }

    /// <summary>Whether a cluster predictor is among them.</summary>
    public static bool HasClusterPredictor(IReadOnlyList<NamedParameter> parameters) =>
        parameters.Any(p => p.Name.StartsWith(ClusterPredictorName + ".", StringComparison.Ordinal));

    private const string ClusterPredictorName = "cluster predictor", CommonSlopesName = "common effects.slopes";

    private static IEnumerable<(string Name, Tensor Tensor)> Of(ComposedModel model, ClusterPredictor? clusterPredictor)
    {
        IEnumerable<(string, Tensor)> all = Layers("fixed effects", model.FixedEffects.Parameters);
        if (model.RandomEffects is { } effects)
        {
            all = all.Concat(
            [
                ("random effects.slope mean", effects.SlopeMean),
                ("random effects.slope rho", effects.SlopeRho),
                ("random effects.intercept mean", effects.InterceptMean),
                ("random effects.intercept rho", effects.InterceptRho),
            ]);
        }

        if (model.CommonEffects is { } common)
            all = all.Concat([(CommonSlopesName, common.Slopes), ("common effects.intercept", common.Intercepts)]);
        return clusterPredictor is null ? all : all.Concat(Layers(ClusterPredictorName, clusterPredictor.Parameters));
    }

    private static IEnumerable<(string, Tensor)> Layers(string network, IReadOnlyList<Parameter> parameters) =>
        parameters.Select((p, i) => (FormattableString.Invariant($"{network}.{i / 2}.{(i % 2 == 0 ? "weight" : "bias")}"), (Tensor)p));
}
