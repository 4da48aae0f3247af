using FairMedl.Core.Data;
using FairMedl.Core.Models;
using FairMedl.Torch;
using static TorchSharp.torch;

namespace FairMedl.Core.Training;

/// <summary>
/// Turns rows into a <see cref="Batch"/>: encodes them from column codes into a buffer of the batch's size (never a
/// matrix of all rows) and gathers target, cluster, groups and weights. Everything fitted comes from the training rows.
/// </summary>
internal sealed class BatchLoader
{
    private readonly StudyData data;
    private readonly FeatureEncoder encoder;
    private readonly TargetScale scale;
    private readonly float[][] groupWeights;
    private readonly float[] factors;
    private readonly int[] groupCounts;
    private readonly bool clusterAsInput, indicators, weightsByAttribute, penaltyDiffers;
    private float[] buffer = [];

    public BatchLoader(StudyData data, FeatureEncoder encoder, TargetScale scale, ReadOnlySpan<int> trainingRows, FitSpecification specification)
    {
        this.data = data;
        this.encoder = encoder;
        this.scale = scale;
        clusterAsInput = specification.Kind.ClusterAsInput;
        indicators = specification.Kind.Debiasing == Debiasing.Correlation;
        groupCounts = [.. data.Sensitive.Select(s => s.GroupNames.Count)];
        groupWeights = GroupWeights.Of(data, trainingRows, specification.Model);
        factors = [.. data.Sensitive.Select(s => (float)specification.Model.AttributeFactors.GetValueOrDefault(s.Name, 1))];
        weightsByAttribute = specification.Kind.Debiasing == Debiasing.Adversary;
        penaltyDiffers = weightsByAttribute && factors.Any(f => f != 1);
    }

    /// <summary>The columns that the networks read: the encoder's, and the seen clusters where the model reads them.</summary>
    public EncodedLayout Layout => !clusterAsInput
        ? encoder.Layout
        : encoder.Layout with
        {
            Features = [.. encoder.Layout.Features, .. data.ClusterNames.Take(data.SeenClusterCount).Select(c => new EncodedFeature($"cluster = {c}", "cluster", c))],
        };

    /// <summary>The rows' features alone, column-major in a buffer that the next call overwrites: column j starts at j times the stride.</summary>
    public (float[] Columns, int Stride) Encode(ReadOnlySpan<int> rows)
    {
        int stride = (rows.Length + 15) & ~15, width = Width;
        if (buffer.Length < stride * width) buffer = new float[stride * width];
        encoder.Encode(rows, buffer, stride);
        if (clusterAsInput)
        {
            Span<float> clusters = buffer.AsSpan(encoder.Layout.Width * stride, data.SeenClusterCount * stride);
            clusters.Clear();
            for (int i = 0; i < rows.Length; i++)
            {
                int cluster = data.Cluster[rows[i]];
                if (cluster < data.SeenClusterCount) clusters[cluster * stride + i] = 1;
            }
        }

        return (buffer, stride);
    }

    /// <summary>The rows' features as a tensor [B, D].</summary>
    public Tensor Features(ReadOnlySpan<int> rows)
    {
        (float[] columns, int stride) = Encode(rows);
        return Fused.FromColumns(columns, rows.Length, Width, stride).OnDevice();
    }

    /// <summary>The rows' clusters as a tensor [B]; seen clusters alone.</summary>
    public Tensor Clusters(ReadOnlySpan<int> rows)
    {
        long[] clusters = new long[rows.Length];
        for (int i = 0; i < rows.Length; i++) clusters[i] = data.Cluster[rows[i]];
        return tensor(clusters).OnDevice();
    }

    /// <summary>Everything that a training step needs of these rows.</summary>
    public Batch Load(ReadOnlySpan<int> rows)
    {
        int n = rows.Length, attributes = groupCounts.Length;
        float[] target = new float[n];
        float[]? rowWeight = scale.PositiveWeight is null ? null : new float[n];
        long[] groups = new long[n * attributes];
        float[]? adversary = weightsByAttribute ? new float[n * attributes] : null;
        float[]? penalty = penaltyDiffers ? new float[n * attributes] : null;
        for (int i = 0; i < n; i++)
        {
            int row = rows[i];
            float y = data.Target[row];
            target[i] = scale.Standardise(y);
            float weight = 1;
            if (rowWeight is not null) rowWeight[i] = weight = scale.RowWeight(y);
            for (int a = 0; a < attributes; a++)
            {
                int group = data.Sensitive[a].Groups[row];
                groups[i * attributes + a] = group;
                if (adversary is null) continue;
                float own = weight * groupWeights[a][group];
                adversary[i * attributes + a] = own;
                if (penalty is not null) penalty[i * attributes + a] = own * factors[a];
            }
        }

        long[] columnShape = [n, 1], attributeShape = [n, attributes];
        (Tensor? indicatorColumns, Tensor? indicatorWeights) = indicators ? Indicators(groups, n) : default;
        return new Batch(
            Features(rows),
            tensor(target, columnShape).OnDevice(),
            rowWeight is null ? null : tensor(rowWeight, columnShape).OnDevice(),
            Clusters(rows),
            tensor(groups, attributeShape).OnDevice(),
            adversary is null ? null : tensor(adversary, attributeShape).OnDevice(),
            penalty is null ? null : tensor(penalty, attributeShape).OnDevice(),
            indicatorColumns,
            indicatorWeights);
    }

    /// <summary>D.</summary>
    public int Width => encoder.Layout.Width + (clusterAsInput ? data.SeenClusterCount : 0);

    private (Tensor Columns, Tensor Weights) Indicators(long[] groups, int rows)
    {
        int attributes = groupCounts.Length, width = groupCounts.Sum();
        float[] columns = new float[width * rows];
        for (int i = 0; i < rows; i++)
        {
            int offset = 0;
            for (int a = 0; a < attributes; a++)
            {
                columns[(offset + (int)groups[i * attributes + a]) * rows + i] = 1;
                offset += groupCounts[a];
            }
        }

        return (Fused.FromColumns(columns, rows, width, rows).OnDevice(), tensor(AbsoluteCorrelation.ColumnWeights(groups, groupCounts), [1, width]).OnDevice());
    }
}
