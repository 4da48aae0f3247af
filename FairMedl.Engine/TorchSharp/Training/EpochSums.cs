using FairMedl.Core.Fits;
using FairMedl.Engine.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace FairMedl.Engine.Training;

/// <summary>Collects the loss terms of an epoch's steps on the device; they are read once, at its end.</summary>
internal sealed class EpochSums(int epoch)
{
    private const int Block = 256;
    private readonly List<Tensor> steps = [], blocks = [];
    private readonly double[] sums = new double[8];
    private bool[] present = [];
    private int count;

    public void Add(LossTerms terms)
    {
        Tensor?[] all = [terms.Total, terms.Fixed, terms.Mixed, terms.Cluster, terms.FixedAdversary, terms.MixedAdversary,
            terms.KullbackLeibler, terms.Correlation];
        present = Array.ConvertAll(all, term => term is not null);
        using IDisposable constant = no_grad();
        steps.Add(stack(all.OfType<Tensor>()).MoveToOuterDisposeScope());
        if (steps.Count == Block) blocks.Add(Join().MoveToOuterDisposeScope());
    }

    public EpochLosses Mean()
    {
        Read();
        double?[] means = [.. present.Select((isPresent, term) => isPresent ? sums[term] / count : (double?)null)];
        return new EpochLosses(epoch, means[0]!.Value, means[1], means[2], means[3], means[4], means[5], means[6], means[7]);
    }

    private void Read()
    {
        using IDisposable constant = no_grad();
        using DisposeScope scope = NewDisposeScope();
        if (steps.Count > 0) blocks.Add(Join());
        if (blocks.Count == 0) return;
        float[] values = cat([.. blocks]).Values();
        foreach (Tensor block in blocks) block.Dispose();
        blocks.Clear();
        int[] terms = [.. Enumerable.Range(0, present.Length).Where(term => present[term])];
        for (int i = 0; i < values.Length; i++) sums[terms[i % terms.Length]] += values[i];
        count += values.Length / terms.Length;
    }

    private Tensor Join()
    {
        Tensor block = stack(steps);
        foreach (Tensor step in steps) step.Dispose();
        steps.Clear();
        return block;
    }
}
