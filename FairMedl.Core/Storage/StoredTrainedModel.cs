namespace FairMedl.Core.Storage;

/// <summary>The model that a fit trained, in <see cref="TrainedModelFormat"/>; apart from its result so that results pages never read it.</summary>
public sealed class StoredTrainedModel
{
    /// <summary>Fit that produced the model.</summary>
    public int FitId { get; set; }

    /// <summary>The attempt that wrote it.</summary>
    public int Attempt { get; set; }

    /// <summary>Model in binary form (<see cref="TrainedModelFormat"/>).</summary>
    public required byte[] Content { get; set; }
}
