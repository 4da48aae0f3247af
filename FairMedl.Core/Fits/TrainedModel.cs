using FairMedl.Core.Data.Encoders;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fits.Engines;

namespace FairMedl.Core.Fits;

/// <summary>
/// A trained model as plain data: everything that <see cref="IPredictor"/> needs to predict rows that the fit never met,
/// and nothing that only training needs (adversaries, optimisers).
/// </summary>
public sealed record TrainedModel
{
    /// <summary>The fit that trained it.</summary>
    public required FitKey Key { get; init; }

    /// <summary>Which model, with which hyperparameters.</summary>
    public required FitSpecification Specification { get; init; }

    /// <summary>Prediction task.</summary>
    public required PredictionTask Task { get; init; }

    /// <summary>
    /// Target values in the study's file. Any other value in a new file is an error, not a negative. Empty for regression.
    /// </summary>
    public required IReadOnlyList<string> TargetLevels { get; init; }

    /// <summary>How its inputs are encoded.</summary>
    public required FittedEncoder Encoder { get; init; }

    /// <summary>The training rows' mean target, which a regression's output is relative to; 0 for classification.</summary>
    public required double TargetMean { get; init; }

    /// <summary>The training rows' population SD of the target, the unit of a regression's output; 1 for classification.</summary>
    public required double TargetSd { get; init; }

    /// <summary>The seen clusters' names by code.</summary>
    public required IReadOnlyList<string> Clusters { get; init; }

    /// <summary>The sensitive attributes in the definition's order.</summary>
    public required IReadOnlyList<TrainedAttribute> Attributes { get; init; }

    /// <summary>Decision threshold of the fixed effects; null for regression.</summary>
    public required double? FixedThreshold { get; init; }

    /// <summary>Decision threshold of the mixed effects; null for regression and without random effects.</summary>
    public required double? MixedThreshold { get; init; }

    /// <summary>Fixed effects, random effects and cluster predictor, each as far as the model has it.</summary>
    public required IReadOnlyList<NamedParameter> Parameters { get; init; }
}

/// <summary>A sensitive attribute as a trained model knows it.</summary>
/// <param name="Name">The column's name in the file.</param>
/// <param name="GroupNames">K group names by code.</param>
/// <param name="Learned">By group, whether a training row belongs to it: only to such groups is a row flipped.</param>
public sealed record TrainedAttribute(string Name, IReadOnlyList<string> GroupNames, IReadOnlyList<bool> Learned);

/// <summary>One weight tensor with its name and shape.</summary>
/// <param name="Name">Such as "fixed effects.0.weight".</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Values">Its values, row by row.</param>
public sealed record NamedParameter(string Name, IReadOnlyList<int> Shape, float[] Values);
