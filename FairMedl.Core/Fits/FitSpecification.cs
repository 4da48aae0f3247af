namespace FairMedl.Core.Fits;

/// <summary>Which model, with which hyperparameters.</summary>
public sealed record FitSpecification(ModelKind Kind, ModelSettings Model, TrainingSettings Training)
{
    /// <summary>The same with the number of epochs for a number of training rows.</summary>
    public FitSpecification WithEpochsFor(int rows) => this with { Training = Training with { Epochs = Training.EpochCount(rows) } };
}

/// <summary>A fit that could not be finished, with a reason for a person.</summary>
public sealed class FitException(string message) : Exception(message);
