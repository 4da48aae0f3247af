using FairMedl.Engine.Models;
using static TorchSharp.torch;

namespace FairMedl.Engine.Training;

/// <summary>The batches of an epoch, in the order of its shuffled rows.</summary>
internal sealed class TrainingBatches(BatchLoader loader, int batchSize) : IDisposable
{
    private int[] rows = [];

    /// <summary>Starts an epoch with its rows in order.</summary>
    public void Begin(int[] order) => rows = order;

    /// <summary>Everything that the training step of this number needs.</summary>
    public Batch Load(int step)
    {
        Batch batch = loader.Load(Rows(step));
        loader.Expect(Rows(step + 1));
        return batch;
    }

    /// <summary>Features and clusters of the batch of this number.</summary>
    public (Tensor Features, Tensor Clusters) Inputs(int step)
    {
        Tensor x = loader.Features(Rows(step)), z = loader.Clusters(Rows(step));
        loader.Expect(Rows(step + 1));
        return (x, z);
    }

    public void Dispose()
    {
    }

    private ReadOnlySpan<int> Rows(int step)
    {
        int start = Math.Min(step * batchSize, rows.Length);
        return rows.AsSpan(start, Math.Min(batchSize, rows.Length - start));
    }
}
