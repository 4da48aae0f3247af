using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fits;
using FairMedl.Engine.Models;
using FairMedl.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace FairMedl.Engine.Training;

/// <summary>
/// What a trained model says of rows: predictions of both heads by posterior means and the attribute flips of equation 6.
/// Works through the rows in chunks, so memory does not grow with their number. Where the rows are
/// counterfactual, <c>actual</c> loads them as they are: the cluster predictor reads those, so that z stays.
/// </summary>
internal sealed class Evaluation(ComposedModel model, BatchLoader loader, StudyData data, TargetScale scale,
    ClusterPredictor? clusterPredictor, UnseenClusterRule unseenRule, BatchLoader? actual = null)
{
    private const int Chunk = BatchLoader.EvaluationRows;

    /// <summary>Predicts rows of seen clusters, or with the soft clusters of the cluster predictor rows of unseen ones.</summary>
    public RowPredictions Predict(int[] rows, bool unseen, bool flips, CancellationToken cancellation)
    {
        bool mixed = model.RandomEffects is not null;
        int attributes = flips ? data.Sensitive.Count : 0;
        var all = new RowPredictions(
            new float[rows.Length],
            mixed ? new float[rows.Length] : null,
            FlipColumns(attributes, rows.Length),
            mixed ? FlipColumns(attributes, rows.Length) : null);
        using IDisposable constant = no_grad();
        for (int start = 0; start < rows.Length; start += Chunk)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(Chunk, rows.Length - start);
            PredictChunk(rows.AsSpan(start, count), start, unseen, attributes, all);
        }

        return all;
    }

    /// <summary>
    /// By row, the weights of the seen clusters in the mixed prediction of a row of an unseen one, [rows x C]; null where it has
    /// none.
    /// </summary>
    public float[]? SoftWeights(int[] rows)
    {
        if (clusterPredictor is null || rows.Length == 0) return null;
        using IDisposable constant = no_grad();
        using DisposeScope scope = NewDisposeScope();
        return SoftClusters((actual ?? loader).Features(rows)).Values();
    }

    private void PredictChunk(ReadOnlySpan<int> rows, int start, bool unseen, int attributes, RowPredictions all)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = loader.Features(rows);
        Effects? effects = model.RandomEffects?.Means();
        if (unseen && clusterPredictor is null) effects = null;
        Tensor? cluster = effects is null ? null : unseen ? SoftClusters(actual?.Features(rows) ?? x) : loader.Clusters(rows);
        Read(x, cluster, effects, unseen, all.Fixed.AsSpan(start, rows.Length), all.Mixed is null
            ? default : all.Mixed.AsSpan(start, rows.Length));

        float[] flippedFixed = new float[rows.Length], flippedMixed = new float[all.Mixed is null ? 0 : rows.Length];
        for (int a = 0; a < attributes; a++)
        {
            if (loader.Layout.AttributeBlocks[a] is not { } block) continue;
            FlipAttribute(rows, start, unseen, a, block.Length, cluster, effects, flippedFixed, flippedMixed, all);
        }
    }

    /// <summary>Rewrites the attribute's one-hot block to each group that has training rows in turn; all else, z included, stays.</summary>
    private void FlipAttribute(
        ReadOnlySpan<int> rows, int start, bool unseen, int attribute, int groupCount,
        Tensor? cluster, Effects? effects, float[] flippedFixed, float[] flippedMixed, RowPredictions all)
    {
        int[] groups = new int[rows.Length];
        for (int i = 0; i < groups.Length; i++) groups[i] = data.Sensitive[attribute].Groups[rows[i]];
        bool[] learned = loader.LearnedGroups[attribute];
        for (int g = 0; g < groupCount; g++)
        {
            if (!learned[g]) continue;
            using DisposeScope scope = NewDisposeScope();
            Read(loader.Flipped(rows, attribute, g), cluster, effects, unseen, flippedFixed, flippedMixed);
            FlipChange.Add(all.FixedFlips[attribute].AsSpan(start, rows.Length), all.Fixed.AsSpan(start, rows.Length), flippedFixed,
                groups, g, learned);
            if (all.Mixed is not null)
                FlipChange.Add(all.MixedFlips![attribute].AsSpan(start, rows.Length), all.Mixed.AsSpan(start, rows.Length), flippedMixed,
                    groups, g, learned);
        }
    }

    private void Read(Tensor x, Tensor? cluster, Effects? effects, bool unseen, Span<float> fixedValues, Span<float> mixedValues)
    {
        Tensor output = model.FixedOutput(x);
        model.Prediction(output).Values().CopyTo(fixedValues);
        if (effects is { } of)
            model.Prediction(output.Plus(unseen ? of.OfSoft(x, cluster!) : of.Of(x, cluster!))).Values().CopyTo(mixedValues);
        else if (!mixedValues.IsEmpty) fixedValues.CopyTo(mixedValues);

        if (data.Task == PredictionTask.Classification) return;
        foreach (ref float value in fixedValues) value = scale.Restore(value);
        foreach (ref float value in mixedValues) value = scale.Restore(value);
    }

    private Tensor SoftClusters(Tensor x)
    {
        Tensor logits = clusterPredictor!.Logits(x);
        if (unseenRule == UnseenClusterRule.Soft) return logits.softmax(1);
        long rows = logits.size(0), clusters = logits.size(1);
        float[] values = logits.Values(), chosen = new float[values.Length];
        for (int i = 0; i < rows; i++)
        {
            ReadOnlySpan<float> row = values.AsSpan(i * (int)clusters, (int)clusters);
            int best = 0;
            for (int c = 1; c < row.Length; c++)
                if (row[c] > row[best]) best = c;
            chosen[i * (int)clusters + best] = 1;
        }

        return tensor(chosen, [rows, clusters]).OnDevice();
    }

    private float[][] FlipColumns(int attributes, int rows) =>
        [.. Enumerable.Range(0, attributes).Select(a => loader.Layout.AttributeBlocks[a] is null ? [] : new float[rows])];
}
