using FairMedl.Core.Numerics;

namespace FairMedl.Core.Fairness.Intervals;

/// <summary>
/// Clustered percentile bootstrap (Davison and Hinkley 1997, section 3.8; Field and Welsh 2007): draws C of C whole clusters
/// with replacement. It covers the variation between clusters, which a bootstrap by rows leaves out. Each cluster is reduced
/// to sums by cell once, so that the cost of a replicate depends on the filled cells of the drawn clusters, not on their rows.
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

    /// <summary>Number of clusters with rows.</summary>
    public int Clusters => clusters.Length;

    /// <summary>Sums rows by cluster and cell. Null with fewer than two clusters, because there is nothing to resample.</summary>
    /// <param name="clusterOf">The cluster code of each row, from 0.</param>
    /// <param name="cells">Number of cells.</param>
    /// <param name="add">Adds a row to the cells of its cluster.</param>
    public static ClusterBootstrap? Of(int[] clusterOf, int cells, AddRow add)
    {
        int most = -1;
        foreach (int cluster in clusterOf) most = Math.Max(most, cluster);
        var sums = new double[most + 1][];
        for (int row = 0; row < clusterOf.Length; row++) add(row, sums[clusterOf[row]] ??= new double[cells]);
        (int, double)[][] filled = [.. sums.Where(s => s is not null)
            .Select(s => s.Select((sum, cell) => (cell, sum)).Where(c => c.sum != 0).ToArray())];
        return filled.Length < 2 ? null : new ClusterBootstrap(filled, cells);
    }

    /// <summary>Draws replicates and passes the sums by cell of each to <paramref name="read"/>.</summary>
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

    /// <summary>Receives one replicate's sums by cell.</summary>
    public delegate void ReadSums(ReadOnlySpan<double> sums);
}
