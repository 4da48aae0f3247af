using FairMedl.Core.Data;
using FairMedl.Core.Data.Encoders;
using FairMedl.Core.Fits;
using FairMedl.Core.Numerics;
using FairMedl.Engine.Models;
using FairMedl.Engine.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace FairMedl.Benchmarks;

/// <summary>A model in one of the two compared sizes.</summary>
/// <param name="Model">The model's id.</param>
/// <param name="Size">small: batch 128, fixed effects 4-4-4, A_C 8-8-4. wide: batch 1024, fixed effects 128-64-32, A_C 64-32.</param>
internal sealed record StepCase(string Model, string Size)
{
    public static IReadOnlyList<StepCase> All { get; } =
        [.. from size in new[] { "small", "wide" } from model in new[] { "nnet", "medl", "fair-adb-medl" } select new StepCase(model, size)];

    public int BatchSize => Size == "small" ? 128 : 1024;

    public ModelSettings Settings => Size == "small"
        ? new ModelSettings()
        : new ModelSettings { Hidden = [128, 64, 32], ClusterAdversaryHidden = [64, 32] };
}

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

    public TrainingStep(StudyData data, StepCase of)
    {
        rows = [.. data.SeenRows];
        batchSize = of.BatchSize;
        next = rows.Length;
        clusters = data.SeenClusterCount;
        var specification = new FitSpecification(ModelCatalogue.Find(of.Model)!, of.Settings, new TrainingSettings { BatchSize = batchSize });
        FeatureEncoder encoder = FeatureEncoder.Fit(data, rows);
        loader = new BatchLoader(data, encoder, TargetScale.Of(data, rows, classWeights: true), rows, specification);
        var random = new RandomStream(1);
        (shuffles, noise) = (random.Child("shuffles"), random.Child("noise"));
        var model = new ComposedModel(specification.Kind, specification.Model, new ModelShape(loader.Width, clusters, [.. data.Sensitive.Select(s => s.GroupNames.Count)], data.Task), random.Child("weights"));
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
            draw = new Effects(tensor(slopes, [clusters, loader.Width]), tensor(intercepts!, [clusters, 1]));
        }

        sums.Add(step.Take(batch, draw, 1e-3, correlation: true));
        next += batchSize;
    }

    public void Dispose() => weights.Dispose();
}
