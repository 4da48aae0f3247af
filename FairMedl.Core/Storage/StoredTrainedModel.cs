using FairMedl.Core.Storage.Formats;

namespace FairMedl.Core.Storage;

/// <summary>Database row of a fit's trained model. It is separate from the result so that results pages need not read it.</summary>
public sealed class StoredTrainedModel
{
    /// <summary>Fit that produced the model.</summary>
    public int FitId { get; set; }

    /// <summary>Attempt that wrote the model.</summary>
    public int Attempt { get; set; }

    /// <summary>Model in binary form (<see cref="TrainedModelFormat"/>).</summary>
    public required byte[] Content { get; set; }
}
