using FairMedl.Core.Numerics;
using FairMedl.Engine.Models;
using FairMedl.Torch;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FairMedl.Engine.Training;

/// <summary>
/// Fits the cluster predictor on a fold's training rows: cross-entropy, Adam 1e-3, batch 128, 30 epochs (method, section 1).
/// </summary>
internal static class ClusterPredictorTraining
{
    private const int Epochs = 30, BatchSize = 128;
    private const double Rate = 1e-3;

    public static ClusterPredictor Fit(BatchLoader loader, int[] trainingRows, int clusters, IReadOnlyList<int> widths, RandomStream random,
        CancellationToken cancellation)
    {
        var predictor = new ClusterPredictor(loader.Width, widths, clusters, random.Child("weights"));
        Adam adam = optim.Adam(predictor.Parameters, lr: Rate, beta1: 0.9, beta2: 0.999, eps: 1e-7, weight_decay: 0);
        RandomStream shuffles = random.Child("shuffles");
        int[] rows = [.. trainingRows];
        int[] segment = [clusters];
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            shuffles.Shuffle(rows.AsSpan());
            for (int start = 0; start < rows.Length; start += BatchSize)
            {
                cancellation.ThrowIfCancellationRequested();
                using DisposeScope scope = NewDisposeScope();
                ReadOnlySpan<int> batch = rows.AsSpan(start, Math.Min(BatchSize, rows.Length - start));
                Tensor x = loader.Features(batch), z = loader.Clusters(batch).unsqueeze(1);
                loader.Expect(rows.AsSpan(start + batch.Length, Math.Min(BatchSize, rows.Length - start - batch.Length)));
                Tensor loss = Fused.SegmentedCrossEntropy(predictor.Logits(x), z, segment, null);
                adam.zero_grad();
                loss.backward();
                adam.step();
            }
        }

        return predictor;
    }
}
