using FairMedl.Core.Data;
using FairMedl.Core.Data.Encoders;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fits;
using FairMedl.Core.Numerics;
using FairMedl.Engine.Models;
using FairMedl.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace FairMedl.Engine.Training;

/// <summary>
/// Feature importance of a trained model: gradients of the fixed effects' prediction y_F by encoded column, and the permutation
/// importance of each column of the file. Both read y_F, the prediction without cluster effects.
/// </summary>
internal sealed class ImportanceMeasures(ComposedModel model, BatchLoader loader, StudyData data, TargetScale scale)
{
    private const int Chunk = BatchLoader.EvaluationRows;

    /// <summary>Shuffles of a column; fewer for many test rows, where one shuffle is precise enough.</summary>
    private const int MostShuffles = 5, RowsShuffled = 20_000;

    /// <summary>By encoded column: mean over the rows of |d y_F / d x_j| (docs/method.md).</summary>
    public float[] MeanAbsolute(int[] rows, CancellationToken cancellation)
    {
        double[] sums = new double[loader.Width];
        for (int start = 0; start < rows.Length; start += Chunk)
        {
            cancellation.ThrowIfCancellationRequested();
            using DisposeScope scope = NewDisposeScope();
            Tensor x = loader.Features(rows.AsSpan(start, Math.Min(Chunk, rows.Length - start)));
            float[] absolute = Gradient(x).abs().sum(0, keepdim: false).Values();
            for (int j = 0; j < sums.Length; j++) sums[j] += absolute[j];
        }

        return [.. sums.Select(s => (float)(s / Math.Max(1, rows.Length)))];
    }

    /// <summary>By encoded column: |d y_F / d x_j| at the mean training row, as in ARMED's code.</summary>
    /// <param name="mean">Mean of each encoded column over the training rows.</param>
    public float[] AtMeanRow(float[] mean)
    {
        using DisposeScope scope = NewDisposeScope();
        return Gradient(tensor(mean, [1, mean.Length]).OnDevice().clone()).abs().Values();
    }

    /// <summary>
    /// By column of the file: the change of each row's decision or squared error when the column's values are shuffled among the rows,
    /// all its encoded columns together.
    /// </summary>
    /// <param name="rows">The test rows.</param>
    /// <param name="predictions">Predictions of the fixed effects for these rows.</param>
    /// <param name="threshold">The fixed effects' decision threshold; null for regression.</param>
    /// <param name="random">Source of the shuffles; each column has a child of its own.</param>
    /// <param name="cancellation">Cancels the measurement.</param>
    public IReadOnlyList<ColumnPermutation> Permutation(int[] rows, float[] predictions, double? threshold, RandomStream random,
        CancellationToken cancellation)
    {
        int shuffles = Math.Clamp(RowsShuffled / Math.Max(1, rows.Length), 1, MostShuffles);
        var columns = new List<ColumnPermutation>(loader.FileColumns.Count);
        double[] change = new double[rows.Length];
        int[] donors = new int[rows.Length];
        foreach (EncodedColumn column in loader.FileColumns)
        {
            Array.Clear(change);
            for (int shuffle = 0; shuffle < shuffles; shuffle++)
            {
                rows.CopyTo(donors, 0);
                random.Child(column.Column).Child((ulong)shuffle).Shuffle(donors.AsSpan());
                float[] shuffled = Predict(rows, donors, column, cancellation);
                for (int i = 0; i < rows.Length; i++)
                    change[i] += Loss(shuffled[i], rows[i], threshold) - Loss(predictions[i], rows[i], threshold);
            }

            columns.Add(new ColumnPermutation(column.Column, column.IsProbe, Strata(rows, change, shuffles)));
        }

        return columns;
    }

    /// <summary>Predictions of the fixed effects for the rows, each with the column's value of its donor, in the target's own units.</summary>
    private float[] Predict(int[] rows, int[] donors, EncodedColumn column, CancellationToken cancellation)
    {
        float[] predictions = new float[rows.Length];
        using IDisposable constant = no_grad();
        for (int start = 0; start < rows.Length; start += Chunk)
        {
            cancellation.ThrowIfCancellationRequested();
            using DisposeScope scope = NewDisposeScope();
            int count = Math.Min(Chunk, rows.Length - start);
            Tensor x = loader.Replaced(rows.AsSpan(start, count), donors.AsSpan(start, count), column);
            Prediction(x).Values().CopyTo(predictions.AsSpan(start, count));
        }

        if (data.Task == PredictionTask.Classification) return predictions;
        foreach (ref float value in predictions.AsSpan()) value = scale.Restore(value);
        return predictions;
    }

    private Tensor Gradient(Tensor x)
    {
        x.requires_grad_(true);
        return Prediction(x).sum().DerivativeBy(x);
    }

    private Tensor Prediction(Tensor x) => model.Prediction(model.FixedOutput(x));

    /// <summary>1 for a wrong decision; the squared error of a regression.</summary>
    private double Loss(float prediction, int row, double? threshold)
    {
        double target = data.Target[row];
        return data.Task == PredictionTask.Classification
            ? prediction >= threshold == target > 0.5 ? 0 : 1
            : (prediction - target) * (prediction - target);
    }

    private ChangeSums[] Strata(int[] rows, double[] sums, int shuffles)
    {
        var strata = new ChangeSums[data.Task == PredictionTask.Classification ? 2 : 1];
        for (int i = 0; i < rows.Length; i++)
        {
            ref ChangeSums stratum = ref strata[strata.Length == 2 && data.Target[rows[i]] < 0.5 ? 1 : 0];
            double change = sums[i] / shuffles;
            stratum += new ChangeSums(1, change, change * change);
        }

        return strata;
    }
}
