namespace FairMedl.Core.Storage;

/// <summary>The model that a fit trained, in <see cref="TrainedModelFormat"/>; apart from its result so that results pages never read it.</summary>
public sealed class StoredTrainedModel
{
    /// <summary>Its fit.</summary>
    public int FitId { get; set; }

    /// <summary>The attempt that wrote it.</summary>
    public int Attempt { get; set; }

    /// <summary>The model.</summary>
    public required byte[] Content { get; set; }
}
