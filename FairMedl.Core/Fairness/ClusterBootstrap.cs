using FairMedl.Core.Data;

namespace FairMedl.Core.Fairness;

/// <summary>
/// Percentile bootstrap by clusters (Davison and Hinkley 1997, section 3.8; Field and Welsh 2007): of C clusters C are
/// drawn with replacement, whole, and what their rows add up to is summed. It holds what other clusters would vary, which
/// the bootstrap by rows leaves out. Each cluster is reduced to its sums by cell once, so a replicate costs the filled
/// cells of the drawn clusters and not their rows.
/// </summary>
internal sealed class ClusterBootstrap
{
    private readonly (int Cell, double Sum)[][] clusters;
    private readonly double[] total;

    private ClusterBootstrap((int, double)[][] clusters, int cells)
    {
        this.clusters = clusters;
        total = new double[cells];
    }

    /// <summary>How many clusters have rows.</summary>
    public int Clusters => clusters.Length;

    /// <summary>Sums rows by cluster and cell; null with fewer than two clusters, which leave nothing to resample.</summary>
    /// <param name="clusterOf">Per row its cluster's code, from 0.</param>
    /// <param name="cells">How many cells.</param>
    /// <param name="add">Adds a row to the cells of its cluster.</param>
    public static ClusterBootstrap? Of(int[] clusterOf, int cells, AddRow add)
    {
        int most = -1;
        foreach (int cluster in clusterOf) most = Math.Max(most, cluster);
        var sums = new double[most + 1][];
        for (int row = 0; row < clusterOf.Length; row++) add(row, sums[clusterOf[row]] ??= new double[cells]);
        (int, double)[][] filled = [.. sums.Where(s => s is not null).Select(s => s.Select((sum, cell) => (cell, sum)).Where(c => c.sum != 0).ToArray())];
        return filled.Length < 2 ? null : new ClusterBootstrap(filled, cells);
    }

    /// <summary>Draws so many times; <paramref name="read"/> sees the sums by cell of each draw.</summary>
    public void Draw(RandomStream random, int replicates, ReadSums read)
    {
        for (int r = 0; r < replicates; r++)
        {
            total.AsSpan().Clear();
            for (int c = 0; c < clusters.Length; c++)
                foreach ((int cell, double sum) in clusters[random.NextInt(clusters.Length)]) total[cell] += sum;
            read(total);
        }
    }

    /// <summary>Adds one row to its cluster's sums.</summary>
    public delegate void AddRow(int row, Span<double> sums);

    /// <summary>Sees one replicate's sums by cell.</summary>
    public delegate void ReadSums(ReadOnlySpan<double> sums);
}
