using FairMedl.Engine.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace FairMedl.Engine.Training;

/// <summary>
/// The batches of an epoch, in the order of its shuffled rows: the order is sent to the device once, rows are gathered there for many
/// steps at a time, and a batch is a view of them.
/// </summary>
internal sealed class TrainingBatches : IDisposable
{
    private const int GatheredValues = 4 << 20;
    private readonly BatchLoader loader;
    private readonly int batchSize, stepsAtOnce;
    private int[] rows = [];
    private Tensor? order, indicatorWeights;
    private Batch? gathered;
    private int firstStep, steps;

    /// <summary>Batches of so many rows; the loader sends all labels to the device.</summary>
    public TrainingBatches(BatchLoader loader, int batchSize)
    {
        this.loader = loader;
        this.batchSize = batchSize;
        stepsAtOnce = (int)Math.Max(1, GatheredValues / ((long)loader.Width * batchSize));
        loader.Prepare();
    }

    /// <summary>Starts an epoch with its rows in order.</summary>
    public void Begin(int[] order)
    {
        Dispose();
        using DisposeScope scope = NewDisposeScope();
        rows = order;
        this.order = BatchLoader.Index(rows).DetachFromDisposeScope();
        indicatorWeights = loader.IndicatorWeights(rows, batchSize)?.DetachFromDisposeScope();
    }

    /// <summary>Everything that the training step of this number needs.</summary>
    public Batch Load(int step)
    {
        Gather(step, labels: true);
        return gathered!.Map(all => Part(all, step)) with { IndicatorWeights = indicatorWeights?.narrow(0, step, 1) };
    }

    /// <summary>Features and clusters of the batch of this number.</summary>
    public (Tensor Features, Tensor Clusters) Inputs(int step)
    {
        Gather(step, labels: false);
        return (Part(gathered!.X, step), Part(gathered.Cluster!, step));
    }

    public void Dispose()
    {
        Release();
        order?.Dispose();
        indicatorWeights?.Dispose();
    }

    private void Gather(int step, bool labels)
    {
        if (gathered is not null && step >= firstStep && step < firstStep + steps) return;
        Release();
        (firstStep, steps) = (step, stepsAtOnce);
        long start = (long)step * batchSize, count = Math.Min((long)stepsAtOnce * batchSize, rows.Length - start);
        using DisposeScope scope = NewDisposeScope();
        Tensor index = order!.narrow(0, start, count);
        gathered = (labels ? loader.Load(index) : new Batch(loader.Features(index), index, null, loader.Clusters(index), null))
            .Map(part => part.DetachFromDisposeScope());
    }

    private Tensor Part(Tensor all, int step)
    {
        long start = (long)(step - firstStep) * batchSize;
        return all.narrow(0, start, Math.Min(batchSize, all.size(0) - start));
    }

    private void Release()
    {
        gathered?.Map(part =>
        {
            part.Dispose();
            return part;
        });
        gathered = null;
    }
}
