using FairMedl.Core.Data;
using FairMedl.Core.Data.Encoders;
using FairMedl.Core.Fits;
using FairMedl.Core.Fits.SelfTests;
using FairMedl.Core.Numerics;
using FairMedl.Engine.Models;
using FairMedl.Engine.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace FairMedl.Engine.SelfTest;

/// <summary>Training of a fit, one step at a time, including batch sampling, encoding and noise.</summary>
internal sealed class TrainingStep : IDisposable
{
    private readonly DisposeScope weights = NewDisposeScope();
    private readonly TrainingBatches batches;
    private readonly NoiseSource? noise;
    private readonly AlternatingStep step;
    private readonly RandomStream shuffles;
    private readonly EpochSums sums = new(1);
    private readonly int[] rows;
    private readonly int perEpoch;
    private int next;

    /// <summary>Prepares the model and the rows' encoder.</summary>
    public TrainingStep(StudyData data, StepCase of)
    {
        try
        {
            rows = [.. data.SeenRows];
            next = perEpoch = rows.Length / of.BatchSize;
            var training = new TrainingSettings { BatchSize = of.BatchSize };
            var specification = new FitSpecification(ModelCatalogue.Find(of.Model)!, of.Settings, training);
            FeatureEncoder encoder = FeatureEncoder.Fit(data, rows);
            var loader = new BatchLoader(data, encoder, TargetScale.Of(data, rows, classWeights: true), rows, specification);
            batches = new TrainingBatches(loader, of.BatchSize);
            var random = new RandomStream(1);
            shuffles = random.Child("shuffles");
            int[] groups = [.. data.Sensitive.Select(s => s.GroupNames.Count)];
            var shape = new ModelShape(loader.Width, data.SeenClusterCount, groups, data.Task);
            var model = new ComposedModel(specification.Kind, specification.Model, shape, random.Child("weights"));
            noise = model.RandomEffects is null ? null : new NoiseSource(random.Child("noise"), shape);
            step = new AlternatingStep(model, specification.Training);
        }
        catch
        {
            // An open scope would become the parent of the scopes of all later work on this thread.
            weights.Dispose();
            throw;
        }
    }

    /// <summary>Runs one training step.</summary>
    public void Take()
    {
        if (next == perEpoch)
        {
            shuffles.Shuffle(rows.AsSpan());
            batches.Begin(rows);
            next = 0;
        }

        using DisposeScope scope = NewDisposeScope();
        sums.Add(step.Take(batches.Load(next++), noise?.Draw(), 1e-3, correlation: true));
    }

    /// <summary>Mean losses of all steps so far. Waits until the device has finished them.</summary>
    public EpochLosses Losses() => sums.Mean();

    /// <inheritdoc/>
    public void Dispose()
    {
        noise?.Dispose();
        batches.Dispose();
        weights.Dispose();
    }
}
