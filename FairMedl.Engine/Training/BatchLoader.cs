using FairMedl.Core.Data;
using FairMedl.Core.Data.Encoders;
using FairMedl.Core.Fits;

namespace FairMedl.Engine.Training;

/// <summary>
/// Turns rows into a <see cref="Models.Batch"/>: gathers their records of encoded features (never a matrix of all rows), target,
/// cluster, groups and weights. Everything fitted comes from the training rows.
/// </summary>
internal sealed partial class BatchLoader
{
    private readonly StudyData data;
    private readonly FeatureEncoder encoder;
    private readonly TargetScale scale;
    private readonly float[][] groupWeights;
    private readonly float[] factors;
    private readonly int[] groupCounts;
    private readonly bool clusterAsInput, readsClusters, indicators, weightsByAttribute, weightsDiffer, penaltyDiffers;
    private readonly EncodedRecords records;

    /// <summary>Encodes and weighs rows of the study by what the training rows say.</summary>
    public BatchLoader(StudyData data, FeatureEncoder encoder, TargetScale scale, ReadOnlySpan<int> trainingRows,
        FitSpecification specification)
    {
        this.data = data;
        this.encoder = encoder;
        this.scale = scale;
        clusterAsInput = specification.Kind.ClusterAsInput;
        records = encoder.Records(clusterAsInput ? 1 : 0, 2 + data.Sensitive.Count);
        Label();
        Width = encoder.Layout.Width + (clusterAsInput ? data.SeenClusterCount : 0);
        features = Store();
        readsClusters = specification.Kind.RandomEffects || specification.Kind.ClusterAdversary;
        indicators = specification.Kind.Debiasing == Debiasing.Correlation;
        groupCounts = [.. data.Sensitive.Select(s => s.GroupNames.Count)];
        groupWeights = GroupWeights.Of(data, trainingRows, specification.Model);
        LearnedGroups = [.. groupCounts.Select(k => new bool[k])];
        for (int a = 0; a < groupCounts.Length; a++)
            foreach (int row in trainingRows) LearnedGroups[a][data.Sensitive[a].Groups[row]] = true;
        factors = [.. data.Sensitive.Select(s => (float)specification.Model.AttributeFactors.GetValueOrDefault(s.Name, 1))];
        weightsByAttribute = specification.Kind.Debiasing == Debiasing.Adversary;
        weightsDiffer = groupWeights.Any(byGroup => byGroup.Any(w => w != 1));
        penaltyDiffers = weightsByAttribute && factors.Any(f => f != 1);
    }

    /// <summary>
    /// By attribute and group: whether a training row belongs to it. A flip to a group that was never learned
    /// would measure its first weights.
    /// </summary>
    public bool[][] LearnedGroups { get; init; }

    /// <summary>The columns that the networks read: the encoder's, and the seen clusters where the model reads them.</summary>
    public EncodedLayout Layout => !clusterAsInput
        ? encoder.Layout
        : encoder.Layout with
        {
            Features = [.. encoder.Layout.Features, .. data.ClusterNames.Take(data.SeenClusterCount)
                .Select(c => new EncodedFeature($"{data.ClusterColumn} = {c}", data.ClusterColumn, c))],
        };

    /// <summary>The columns of the file that the networks read: the features', and the cluster column where the model reads it.</summary>
    public IReadOnlyList<EncodedColumn> FileColumns => !clusterAsInput
        ? records.Columns
        : [.. records.Columns, new EncodedColumn(data.ClusterColumn, false, encoder.Layout.Width, data.SeenClusterCount,
            records.CodesPerRow - 1, -1)];

    /// <summary>Mean and SD of each encoded column over these rows.</summary>
    public EncodedMoments Moments(ReadOnlySpan<int> rows) => EncodedMoments.Of(records, rows, Width);

    /// <summary>Number of encoded columns, D.</summary>
    public int Width { get; }

    /// <summary>
    /// What a record has room for: the bits of the standardized target, the cluster, the group of each attribute. Where the
    /// cluster is an input, its column is the last code; none for an unseen one.
    /// </summary>
    private void Label()
    {
        for (int row = 0; row < data.RowCount; row++)
        {
            Span<int> record = records[row], own = record[records.Room..];
            int cluster = data.Cluster[row];
            if (clusterAsInput && cluster < data.SeenClusterCount) record[records.CodesPerRow - 1] = encoder.Layout.Width + cluster;
            own[0] = BitConverter.SingleToInt32Bits(scale.Standardise(data.Target[row]));
            own[1] = cluster;
            for (int a = 0; a < data.Sensitive.Count; a++) own[2 + a] = data.Sensitive[a].Groups[row];
        }
    }
}
