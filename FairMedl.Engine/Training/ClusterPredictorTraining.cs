using FairMedl.Core.Numerics;
using FairMedl.Engine.Models;
using FairMedl.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace FairMedl.Engine.Training;

/// <summary>
/// Fits the cluster predictor on a fold's training rows: cross-entropy, Adam 1e-3, batch 128, 30 epochs (docs/method.md).
/// </summary>
internal static class ClusterPredictorTraining
{
    private const int Epochs = 30, BatchSize = 128;
    private const double Rate = 1e-3;

    public static ClusterPredictor Fit(BatchLoader loader, int[] trainingRows, int clusters, IReadOnlyList<int> widths, RandomStream random,
        CancellationToken cancellation)
    {
        var predictor = new ClusterPredictor(loader.Width, widths, clusters, random.Child("weights"));
        var optimiser = new Optimiser(predictor.Parameters, Rate);
        RandomStream shuffles = random.Child("shuffles");
        int[] rows = [.. trainingRows];
        var segment = new Segments(clusters);
        using var batches = new TrainingBatches(loader, BatchSize);
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            shuffles.Shuffle(rows.AsSpan());
            batches.Begin(rows);
            for (int step = 0; step * BatchSize < rows.Length; step++)
            {
                cancellation.ThrowIfCancellationRequested();
                using DisposeScope scope = NewDisposeScope();
                (Tensor x, Tensor z) = batches.Inputs(step);
                optimiser.Descend(Fused.SegmentedCrossEntropy(predictor.Logits(x), z.unsqueeze(1), segment, null), Rate);
            }
        }

        return predictor;
    }
}
