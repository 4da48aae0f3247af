using FairMedl.Core.Data.Encoders;
using FairMedl.Engine.Models;
using static TorchSharp.torch;

namespace FairMedl.Engine.Training;

/// <summary>Keeps the features and labels of all rows on the fit's device, for the life of the scope in which it is created.</summary>
internal sealed partial class BatchLoader
{
    /// <summary>Rows that are evaluated at once.</summary>
    public const int EvaluationRows = 16_384;

    private readonly DeviceRecords features;
    private Batch? labels;

    /// <summary>Row numbers on the fit's device.</summary>
    public static Tensor Index(ReadOnlySpan<int> rows)
    {
        long[] values = new long[rows.Length];
        for (int i = 0; i < values.Length; i++) values[i] = rows[i];
        return tensor(values).OnDevice();
    }

    /// <summary>The rows' features as a tensor [B, D].</summary>
    public Tensor Features(ReadOnlySpan<int> rows) => Features(Index(rows));

    /// <summary>The rows' features as a tensor [B, D].</summary>
    public Tensor Features(Tensor index) => features.Rows(index);

    /// <summary>
    /// The rows' features with the attribute's one-hot block rewritten to this group; all else, the cluster included, stays.
    /// </summary>
    public Tensor Flipped(ReadOnlySpan<int> rows, int attribute, int group)
    {
        (int start, int length) = encoder.Layout.AttributeBlocks[attribute]!.Value;
        return features.Rewritten(Index(rows), start, length, start + group);
    }

    /// <summary>The rows' features with those of one column of the file taken from as many other rows.</summary>
    public Tensor Replaced(ReadOnlySpan<int> rows, ReadOnlySpan<int> donors, EncodedColumn column) =>
        features.Replaced(Index(rows), Index(donors), column.Start, column.Length);

    /// <summary>The rows' clusters as a tensor [B]; seen clusters alone.</summary>
    public Tensor Clusters(ReadOnlySpan<int> rows) => Clusters(Index(rows));

    /// <summary>The rows' clusters as a tensor [B]; seen clusters alone.</summary>
    public Tensor Clusters(Tensor index) => features.Clusters.index(index);

    /// <summary>Everything that a training step of these rows needs.</summary>
    public Batch Load(ReadOnlySpan<int> rows) =>
        Load(Index(rows)) with { IndicatorWeights = IndicatorWeights([.. rows], Math.Max(1, rows.Length)) };

    /// <summary>Everything that a training step needs of these rows but the weights of the indicators, which belong to a batch.</summary>
    public Batch Load(Tensor index)
    {
        Prepare();
        return labels!.Map(all => all.index(index)) with { X = Features(index) };
    }

    /// <summary>Sends the labels to the device, for the life of the current scope.</summary>
    public void Prepare() => labels ??= Labels();

    /// <summary>By batch, the weights of the indicators [batches, sum K_a]; null where the model has no correlation loss.</summary>
    public Tensor? IndicatorWeights(int[] rows, int batchSize)
    {
        if (!indicators) return null;
        int width = groupCounts.Sum(), batches = (rows.Length + batchSize - 1) / batchSize, attributes = groupCounts.Length;
        float[] weights = new float[batches * width];
        for (int b = 0; b < batches; b++)
        {
            ReadOnlySpan<int> batch = rows.AsSpan(b * batchSize, Math.Min(batchSize, rows.Length - b * batchSize));
            long[] groups = new long[attributes * batch.Length];
            for (int a = 0, at = 0; a < attributes; a++)
                foreach (int row in batch) groups[at++] = data.Sensitive[a].Groups[row];
            AbsoluteCorrelation.ColumnWeights(groups, groupCounts).CopyTo(weights, b * width);
        }

        return tensor(weights, [batches, width]).OnDevice();
    }

    private DeviceRecords Store() => new(records, Width, data.Cluster);

    /// <summary>The labels of all rows; in place of the features, which are kept apart, the target.</summary>
    private Batch Labels()
    {
        int rows = data.RowCount, attributes = groupCounts.Length;
        bool weighted = scale.PositiveWeight is not null, weighsAttributes = weightsByAttribute && (weightsDiffer || penaltyDiffers);
        float[] target = [.. data.Target.Select(scale.Standardise)];
        float[] weight = [.. target.Select(t => (t > 0 ? scale.PositiveWeight : scale.NegativeWeight) ?? 1)];
        float[] adversary = new float[weighsAttributes ? rows * attributes : 0], penalty = new float[adversary.Length];
        long[] groups = new long[rows * attributes];
        float[] indicator = new float[indicators ? rows * groupCounts.Sum() : 0];
        for (int row = 0, at = 0; row < rows; row++)
        {
            for (int a = 0, offset = 0; a < attributes; offset += groupCounts[a++], at++)
            {
                int group = data.Sensitive[a].Groups[row];
                groups[at] = group;
                if (indicators) indicator[row * groupCounts.Sum() + offset + group] = 1;
                if (!weighsAttributes) continue;
                adversary[at] = weight[row] * groupWeights[a][group];
                penalty[at] = adversary[at] * factors[a];
            }
        }

        Tensor y = Column(target), ofRows = Column(weight);
        var all = new Batch(y, y, weighted ? ofRows : null, readsClusters ? features.Clusters : null,
            weightsByAttribute ? tensor(groups, [rows, attributes]).OnDevice() : null,
            !weightsByAttribute ? null : weightsDiffer ? tensor(adversary, [rows, attributes]).OnDevice()
                : weighted ? ofRows.expand(-1, attributes) : null,
            penaltyDiffers ? tensor(penalty, [rows, attributes]).OnDevice() : null,
            indicators ? tensor(indicator, [rows, groupCounts.Sum()]).OnDevice() : null);
        return all;

        Tensor Column(float[] values) => tensor(values, [rows, 1]).OnDevice();
    }
}
