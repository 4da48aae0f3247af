using FairMedl.Core.Data.Encoders;
using FairMedl.Engine.Models;
using FairMedl.Torch;
using static TorchSharp.torch;

namespace FairMedl.Engine.Training;

/// <summary>Gathers records of the rows of a batch, ahead of their use, into the layout of the kernels.</summary>
internal sealed partial class BatchLoader
{
    /// <summary>Rows that are evaluated at once.</summary>
    public const int EvaluationRows = 2048;

    private readonly CodedMatrix features;
    private float[] target = [], rowWeight = [], adversaryWeight = [], penaltyWeight = [];
    private long[] groups = [], clusters = [];

    /// <summary>The rows' features as a tensor [B, D].</summary>
    public Tensor Features(ReadOnlySpan<int> rows) => features.Rows(rows);

    /// <summary>
    /// The rows' features with the attribute's one-hot block rewritten to this group; all else, the cluster included, stays.
    /// </summary>
    public Tensor Flipped(ReadOnlySpan<int> rows, int attribute, int group) =>
        features.Rows(rows, records.AttributePositions[attribute], encoder.Layout.AttributeBlocks[attribute]!.Value.Start +
            group);

    /// <summary>The rows' features with those of one column of the file taken from as many other rows.</summary>
    public Tensor Replaced(ReadOnlySpan<int> rows, ReadOnlySpan<int> donors, EncodedColumn column) =>
        features.Rows(rows, donors, column.Code, column.Number < 0 ? -1 : column.Number - records.CodesPerRow);

    /// <summary>The rows' clusters as a tensor [B]; seen clusters alone.</summary>
    public Tensor Clusters(ReadOnlySpan<int> rows)
    {
        if (clusters.Length != rows.Length) clusters = new long[rows.Length];
        for (int i = 0; i < rows.Length; i++) clusters[i] = data.Cluster[rows[i]];
        return tensor(clusters);
    }

    /// <summary>Says which rows the next batch has, so that they arrive while this one is computed.</summary>
    public void Expect(ReadOnlySpan<int> rows) => features.Prefetch(rows);

    /// <summary>Everything that a training step needs of these rows.</summary>
    public Batch Load(ReadOnlySpan<int> rows)
    {
        int n = rows.Length, attributes = groupCounts.Length;
        Reserve(n);

        // First, because it asks for the records ahead of reading them: what follows finds them in the cache.
        Tensor x = Features(rows);
        Gather(rows);
        bool weighted = scale.PositiveWeight is not null;
        if (weightsByAttribute && (weightsDiffer || penaltyDiffers)) WeighAttributes(n);
        Tensor y = Columns(target, n, 1);
        Tensor? weight = weighted ? Columns(rowWeight, n, 1) : null;
        Tensor? adversary = !weightsByAttribute
            ? null : weightsDiffer ? Columns(adversaryWeight, n, attributes) : weight?.expand(-1, attributes);
        (Tensor? indicatorColumns, Tensor? indicatorWeights) = indicators ? Indicators(n) : default;
        return new Batch(
            x,
            y,
            weight,
            readsClusters ? tensor(clusters) : null,
            weightsByAttribute ? Fused.LabelsFromColumns(groups, n, attributes, n) : null,
            adversary,
            penaltyDiffers ? Columns(penaltyWeight, n, attributes) : null,
            indicatorColumns,
            indicatorWeights);
    }

    private CodedMatrix Store() => new(records.Values, records.Stride, records.CodesPerRow, records.NumberColumns, Width);

    private void Reserve(int n)
    {
        if (clusters.Length != n) clusters = new long[n];
        if (target.Length >= n) return;
        target = new float[n];
        rowWeight = new float[n];
        groups = new long[n * groupCounts.Length];
        adversaryWeight = new float[n * groupCounts.Length];
        penaltyWeight = new float[n * groupCounts.Length];
    }

    /// <summary>
    /// Target, class weight, cluster and, where needed, groups of the rows; attribute a's groups go to [a * B, (a + 1) * B).
    /// </summary>
    private void Gather(ReadOnlySpan<int> rows)
    {
        int n = rows.Length, stride = records.Stride, room = records.Room, attributes = weightsByAttribute || indicators
            ? groupCounts.Length : 0;
        ReadOnlySpan<int> values = records.Values;
        ReadOnlySpan<float> byClass = [scale.NegativeWeight ?? 1, scale.PositiveWeight ?? 1];
        Span<float> targets = target.AsSpan(0, n), weights = rowWeight.AsSpan(0, n);
        Span<long> ofCluster = clusters;
        for (int i = 0; i < rows.Length; i++)
        {
            // A number is above 0 just where its bits are. Comparing the number itself became a branch that goes either way at random.
            int at = rows[i] * stride + room, bits = values[at];
            targets[i] = BitConverter.Int32BitsToSingle(bits);
            weights[i] = byClass[bits > 0 ? 1 : 0];
            ofCluster[i] = values[at + 1];
        }

        for (int a = 0; a < attributes; a++)
        {
            Span<long> ofAttribute = groups.AsSpan(a * n, n);
            for (int i = 0; i < rows.Length; i++) ofAttribute[i] = values[rows[i] * stride + room + 2 + a];
        }
    }

    /// <summary>Class times group weight, and the same times the attribute's factor.</summary>
    private void WeighAttributes(int n)
    {
        for (int a = 0, at = 0; a < groupCounts.Length; a++)
        {
            float[] byGroup = groupWeights[a];
            for (int i = 0; i < n; i++, at++)
            {
                float weight = rowWeight[i] * byGroup[groups[at]];
                adversaryWeight[at] = weight;
                penaltyWeight[at] = weight * factors[a];
            }
        }
    }

    private static Tensor Columns(float[] values, int rows, int columns) => Fused.FromColumns(values, rows, columns, rows);

    private (Tensor Columns, Tensor Weights) Indicators(int rows)
    {
        float[] columns = new float[groupCounts.Sum() * rows];
        for (int a = 0, offset = 0; a < groupCounts.Length; offset += groupCounts[a++])
            for (int i = 0; i < rows; i++) columns[(offset + (int)groups[a * rows + i]) * rows + i] = 1;
        float[] weights = AbsoluteCorrelation.ColumnWeights(groups.AsSpan(0, rows * groupCounts.Length), groupCounts);
        return (Columns(columns, rows, weights.Length), tensor(weights, [1, weights.Length]));
    }
}
