using FairMedl.Core.Fits;
using FairMedl.Engine.Models;
using static TorchSharp.torch;

namespace FairMedl.Engine.Training;

/// <summary>Adds up the loss terms of an epoch's steps.</summary>
internal sealed class EpochSums(int epoch)
{
    private int steps;
    private double total;
    private Sum fixedLoss, mixedLoss, cluster, fixedAdversary, mixedAdversary, divergence, correlation;

    public void Add(LossTerms terms)
    {
        steps++;
        total += terms.Total.item<float>();
        fixedLoss.Add(terms.Fixed);
        mixedLoss.Add(terms.Mixed);
        cluster.Add(terms.Cluster);
        fixedAdversary.Add(terms.FixedAdversary);
        mixedAdversary.Add(terms.MixedAdversary);
        divergence.Add(terms.KullbackLeibler);
        correlation.Add(terms.Correlation);
    }

    public EpochLosses Mean() => new(
        epoch, total / steps, fixedLoss.Mean, mixedLoss.Mean, cluster.Mean, fixedAdversary.Mean, mixedAdversary.Mean, divergence.Mean,
        correlation.Mean);

    private struct Sum
    {
        private int count;
        private double value;

        public void Add(Tensor? term)
        {
            if (term is null) return;
            count++;
            value += term.item<float>();
        }

        public readonly double? Mean => count == 0 ? null : value / count;
    }
}
