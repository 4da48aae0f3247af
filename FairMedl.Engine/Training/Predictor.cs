using FairMedl.Core.Data;
using FairMedl.Core.Data.Encoders;
using FairMedl.Core.Data.NewFiles;
using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Numerics;
using FairMedl.Engine.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace FairMedl.Engine.Training;

/// <summary>
/// Predicts with a model that was trained before: both heads by posterior means, rows of unseen clusters by the study's
/// rule, and the attribute flips of equation 6. The same rows in the same order give the fit's own predictions
/// bit for bit. Holds no tensors between calls, so that any thread may use it.
/// </summary>
public sealed class Predictor : IPredictor
{
    private readonly ModelKind kind;
    private readonly bool hasClusterPredictor;

    /// <summary>Creates a predictor for a trained model.</summary>
    /// <exception cref="ArgumentException">Its parameters do not fit it.</exception>
    public Predictor(TrainedModel model)
    {
        Model = model;
        // Adversaries teach and never predict.
        kind = model.Specification.Kind with { ClusterAdversary = false, Debiasing = Debiasing.None };
        hasClusterPredictor = NamedParameters.HasClusterPredictor(model.Parameters);
        using DisposeScope scope = NewDisposeScope();
        _ = Restore();
    }

    /// <summary>Trained model.</summary>
    public TrainedModel Model { get; }

    /// <summary>Whether rows of unseen clusters have a mixed prediction of their own; without, theirs is the fixed one.</summary>
    public bool MixesUnseenClusters => hasClusterPredictor && Model.Specification.Training.UnseenClusters != UnseenClusterRule.FixedEffects;

    /// <summary>Predicts rows, with all attribute flips if requested.</summary>
    /// <exception cref="ArgumentException">The rows' features are not the model's.</exception>
    public RowPredictions Predict(RowBatch rows, bool flips, CancellationToken cancellation = default)
    {
        using DisposeScope scope = NewDisposeScope();
        (Evaluation evaluation, StudyData data, _) = Lay(rows);
        if (data.UnseenRows.Length == 0) return evaluation.Predict(data.SeenRows, unseen: false, flips, cancellation);
        if (data.SeenRows.Length == 0) return evaluation.Predict(data.UnseenRows, unseen: true, flips, cancellation);
        return Interleave(data, evaluation.Predict(data.SeenRows, unseen: false, flips, cancellation),
            evaluation.Predict(data.UnseenRows, unseen: true, flips, cancellation));
    }

    /// <summary>
    /// By row, what the cluster's random effects add to the fixed effects' output; null without random effects. For a few rows.
    /// </summary>
    /// <exception cref="ArgumentException">The rows' features are not the model's.</exception>
    public IReadOnlyList<ClusterContribution>? Contributions(RowBatch rows)
    {
        if (!kind.RandomEffects) return null;
        using DisposeScope scope = NewDisposeScope();
        (Evaluation evaluation, StudyData data, FeatureEncoder encoder) = Lay(rows);
        float[] slopes = Values("random effects.slope mean"), intercepts = Values("random effects.intercept mean");
        float[]? soft = evaluation.SoftWeights(data.UnseenRows);
        int clusters = Model.Clusters.Count, width = encoder.Layout.Width;
        var all = new ClusterContribution[rows.Count];
        float[] x = new float[width];
        for (int row = 0; row < all.Length; row++)
        {
            encoder.Encode([row], x, 1);
            double[] weights = new double[clusters];
            if (rows.Cluster[row] >= 0) weights[rows.Cluster[row]] = 1;
            else if (soft is not null)
                for (int c = 0; c < clusters; c++) weights[c] = soft[Array.IndexOf(data.UnseenRows, row) * clusters + c];
            var byColumn = new Dictionary<string, double>(StringComparer.Ordinal);
            double intercept = 0;
            for (int c = 0; c < clusters; c++)
            {
                intercept += weights[c] * intercepts[c];
                for (int j = 0; j < width; j++)
                {
                    string column = encoder.Layout.Features[j].Column;
                    byColumn[column] = byColumn.GetValueOrDefault(column) + Model.TargetSd * weights[c] * slopes[c * width + j] * x[j];
                }
            }

            all[row] = new ClusterContribution(Model.TargetSd * intercept, byColumn);
        }

        return all;

        float[] Values(string name) => Model.Parameters.First(p => p.Name == name).Values;
    }

    private (Evaluation Evaluation, StudyData Data, FeatureEncoder Encoder) Lay(RowBatch rows)
    {
        (ComposedModel model, ClusterPredictor? clusterPredictor) = Restore();
        StudyData data = DataOf(rows);
        var scale = new TargetScale(Model.TargetMean, Model.TargetSd, null, null);
        FeatureEncoder encoder = FeatureEncoder.Restore(Model.Encoder, rows.Features, rows.Count);
        BatchLoader? actual = rows.Actual is not null && clusterPredictor is not null && data.UnseenRows.Length > 0
            ? Loader(FeatureEncoder.Restore(Model.Encoder, rows.Actual, rows.Count))
            : null;
        return (new Evaluation(model, Loader(encoder), data, scale, clusterPredictor, Model.Specification.Training.UnseenClusters,
            actual), data, encoder);

        BatchLoader Loader(FeatureEncoder of) => new(data, of, scale, [], Model.Specification)
        {
            LearnedGroups = [.. Model.Attributes.Select(a => (bool[])[.. a.Learned, false])],
        };
    }

    private (ComposedModel Model, ClusterPredictor? ClusterPredictor) Restore()
    {
        int width = Model.Encoder.Layout.Width + (kind.ClusterAsInput ? Model.Clusters.Count : 0);
        var random = new RandomStream(0);
        var shape = new ModelShape(width, Model.Clusters.Count, [.. Model.Attributes.Select(a => a.GroupNames.Count)], Model.Task);
        var model = new ComposedModel(kind, Model.Specification.Model, shape, random);
        ClusterPredictor? clusterPredictor = hasClusterPredictor
            ? new ClusterPredictor(width, Model.Specification.Model.ClusterAdversaryHidden, Model.Clusters.Count, random)
            : null;
        NamedParameters.Restore(model, clusterPredictor, Model.Parameters);
        return (model, clusterPredictor);
    }

    /// <summary>The rows as the study that trained the model would hold them; a group that it does not have comes after its last.</summary>
    private StudyData DataOf(RowBatch rows)
    {
        int[] all = [.. Enumerable.Range(0, rows.Count)];
        return new StudyData
        {
            Task = Model.Task,
            Target = new float[rows.Count],
            TargetDescription = "",
            Cluster = Array.ConvertAll(rows.Cluster, c => c < 0 ? Model.Clusters.Count : c),
            ClusterColumn = "",
            ClusterNames = Model.Clusters,
            SeenClusterCount = Model.Clusters.Count,
            Sensitive = [.. Model.Attributes.Select((a, i) =>
                new SensitiveAttribute(a.Name, a.GroupNames, Array.ConvertAll(rows.Groups[i], g => g < 0 ? a.GroupNames.Count : g)))],
            Features = rows.Features,
            SeenRows = Array.FindAll(all, row => rows.Cluster[row] >= 0),
            UnseenRows = Array.FindAll(all, row => rows.Cluster[row] < 0),
            SourceRows = all,
            Excluded = [],
        };
    }

    private static RowPredictions Interleave(StudyData data, RowPredictions seen, RowPredictions unseen)
    {
        return new RowPredictions(
            Join(seen.Fixed, unseen.Fixed),
            seen.Mixed is null ? null : Join(seen.Mixed, unseen.Mixed!),
            [.. seen.FixedFlips.Zip(unseen.FixedFlips, Join)],
            seen.MixedFlips is null ? null : [.. seen.MixedFlips.Zip(unseen.MixedFlips!, Join)]);

        float[] Join(float[] ofSeen, float[] ofUnseen)
        {
            if (ofSeen.Length == 0) return [];
            var joined = new float[data.RowCount];
            for (int i = 0; i < ofSeen.Length; i++) joined[data.SeenRows[i]] = ofSeen[i];
            for (int i = 0; i < ofUnseen.Length; i++) joined[data.UnseenRows[i]] = ofUnseen[i];
            return joined;
        }
    }
}
