using FairMedl.Core.Data.NewFiles;

namespace FairMedl.Core.Fits.Engines;

/// <summary>Predicts with a trained model. Holds no tensors between calls, so that any thread may use it.</summary>
public interface IPredictor
{
    /// <summary>Trained model.</summary>
    TrainedModel Model { get; }

    /// <summary>Whether rows of unseen clusters have a mixed prediction of their own; without, theirs is the fixed one.</summary>
    bool MixesUnseenClusters { get; }

    /// <summary>Predicts rows, with all attribute flips if requested.</summary>
    /// <exception cref="ArgumentException">The rows' features are not the model's.</exception>
    RowPredictions Predict(RowBatch rows, bool flips, CancellationToken cancellation = default);

    /// <summary>
    /// By row, what the cluster's random effects add to the fixed effects' output; null without random effects. For a few rows.
    /// </summary>
    /// <exception cref="ArgumentException">The rows' features are not the model's.</exception>
    IReadOnlyList<ClusterContribution>? Contributions(RowBatch rows);
}
