using FairMedl.Core.Data.NewFiles;
using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;
using FairMedl.Engine.Training;

namespace FairMedl.Engine.TorchSharp;

/// <summary>A predictor that computes on a device.</summary>
internal sealed class DevicePredictor(ComputeDevice device, Predictor predictor) : IPredictor
{
    /// <inheritdoc/>
    public TrainedModel Model => predictor.Model;

    /// <inheritdoc/>
    public bool MixesUnseenClusters => predictor.MixesUnseenClusters;

    /// <inheritdoc/>
    public RowPredictions Predict(RowBatch rows, bool flips, CancellationToken cancellation = default) =>
        DeviceSession.Run(device, () => predictor.Predict(rows, flips, cancellation));

    /// <inheritdoc/>
    public IReadOnlyList<ClusterContribution>? Contributions(RowBatch rows) =>
        DeviceSession.Run(device, () => predictor.Contributions(rows));
}
