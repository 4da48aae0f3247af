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
    private readonly BatchLoader loader;
    private readonly AlternatingStep step;
    private readonly RandomStream shuffles, noise;
    private readonly EpochSums sums = new(1);
    private readonly float[]? slopes, intercepts;
    private readonly int clusters, batchSize;
    private readonly int[] rows;
    private int next;

    /// <summary>Prepares the model and the rows' encoder.</summary>
    public TrainingStep(StudyData data, StepCase of)
    {
        rows = [.. data.SeenRows];
        batchSize = of.BatchSize;
        next = rows.Length;
        clusters = data.SeenClusterCount;
        var training = new TrainingSettings { BatchSize = batchSize };
        var specification = new FitSpecification(ModelCatalogue.Find(of.Model)!, of.Settings, training);
        FeatureEncoder encoder = FeatureEncoder.Fit(data, rows);
        loader = new BatchLoader(data, encoder, TargetScale.Of(data, rows, classWeights: true), rows, specification);
        var random = new RandomStream(1);
        (shuffles, noise) = (random.Child("shuffles"), random.Child("noise"));
        var shape = new ModelShape(loader.Width, clusters, [.. data.Sensitive.Select(s => s.GroupNames.Count)], data.Task);
        var model = new ComposedModel(specification.Kind, specification.Model, shape, random.Child("weights"));
        step = new AlternatingStep(model, specification.Training);
        if (model.RandomEffects is null) return;
        slopes = new float[clusters * loader.Width];
        intercepts = new float[clusters];
    }

    /// <summary>Runs one training step.</summary>
    public void Take()
    {
        if (next + batchSize > rows.Length)
        {
            shuffles.Shuffle(rows.AsSpan());
            next = 0;
        }

        using DisposeScope scope = NewDisposeScope();
        Batch batch = loader.Load(rows.AsSpan(next, batchSize));
        loader.Expect(rows.AsSpan(next + batchSize, Math.Min(batchSize, rows.Length - next - batchSize)));
        Effects? draw = null;
        if (slopes is not null)
        {
            noise.FillNormal(slopes);
            noise.FillNormal(intercepts);
            draw = new Effects(tensor(slopes, [clusters, loader.Width]).OnDevice(), tensor(intercepts!, [clusters, 1]).OnDevice());
        }

        sums.Add(step.Take(batch, draw, 1e-3, correlation: true));
        next += batchSize;
    }

    /// <summary>Mean losses of all steps so far. Waits until the device has finished them.</summary>
    public EpochLosses Losses() => sums.Mean();

    /// <inheritdoc/>
    public void Dispose() => weights.Dispose();
}
