namespace FairMedl.Core.Fits;

/// <summary>Which model, with which hyperparameters.</summary>
public sealed record FitSpecification(ModelKind Kind, ModelSettings Model, TrainingSettings Training);

/// <summary>A fit that could not be finished, with a reason for a person.</summary>
public sealed class FitException(string message) : Exception(message);
