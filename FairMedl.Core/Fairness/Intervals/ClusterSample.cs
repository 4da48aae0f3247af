namespace FairMedl.Core.Fairness.Intervals;

/// <summary>
/// The noise of one number by group under a clustered bootstrap, widened for few clusters. A replicate without rows of a group keeps
/// that group's last deviation, so that every replicate compares the same groups.
/// </summary>
internal sealed class ClusterSample
{
    private readonly double?[] values;
    private readonly double[] last;
    private readonly double wider;
    private readonly GroupDraws noise;
    private int replicate;

    /// <summary>For the groups' values, null where undefined.</summary>
    public ClusterSample(double?[] values, int clusters, int replicates)
    {
        this.values = values;
        last = new double[values.Length];
        wider = ClusterReplicates.Widening(clusters);
        noise = new GroupDraws(values.Length, replicates);
    }

    /// <summary>The sample, when all replicates were added.</summary>
    public GroupSample Sample => new(Array.ConvertAll(values, v => v ?? 0), Array.ConvertAll(values, v => v is not null), noise, null);

    /// <summary>Adds a group's value in the current replicate; the last group ends it.</summary>
    public void Add(int group, double? value)
    {
        if (value is { } v && values[group] is { } own) last[group] = wider * (v - own);
        noise[replicate][group] = last[group];
        if (group == values.Length - 1) replicate++;
    }
}
