using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Numerics;

namespace FairMedl.Simulation.Intervals;

/// <summary>
/// A situation in which the intervals by clusters are checked. The rate of a group in a cluster is logistic(m + u + v): u ~ N(0, 0.8²)
/// belongs to the cluster and is shared by its groups, v ~ N(0, 0.5²) to the group in this cluster. m is chosen so that a group's mean
/// rate over clusters is its true rate. Clusters have 40 to 160 rows, and their shares of the groups vary.
/// </summary>
/// <param name="Sd">The true SD of the groups' rates over the population of clusters.</param>
/// <param name="Clusters">Number of clusters.</param>
/// <param name="Groups">Number of groups.</param>
internal sealed record ClusterCell(double Sd, int Clusters, int Groups)
{
    private const double BaseRate = 0.5, ClusterSd = 0.8, InteractionSd = 0.5, ShareSd = 0.5;

    /// <summary>Simulates audits of rows that are all positive or negative by half.</summary>
    /// <param name="intervals">Number of intervals of an SD, two an audit.</param>
    /// <param name="random">The random stream.</param>
    /// <param name="replicates">Replicates of each audit.</param>
    public (Coverage ByRows, Coverage ByClusters) Run(int intervals, RandomStream random, int replicates = 1000)
    {
        double[] centers = [.. TrueRates.Of(BaseRate, Sd, Groups).Select(Center)];
        string[] names = [.. centers.Select((_, g) => FormattableString.Invariant($"group {g + 1}"))];
        Coverage byRows = new(), byClusters = new();
        for (int s = 0; s < (intervals + 1) / 2; s++)
        {
            RandomStream own = random.Child((ulong)s);
            (float[] labels, bool[] decisions, int[] groups, int[] clusters) = Rows(own, centers);
            SplitAudit audit = SplitAuditor.Classification(labels, new float[labels.Length], decisions,
                [new AttributeRows("group", names, groups)], null, new AuditResampling(own.Child("audit"), replicates, clusters));
            foreach (Estimate sd in new[] { audit.Attributes[0].TprSd, audit.Attributes[0].FprSd })
            {
                byRows.AddRows(Sd, sd);
                byClusters.AddClusters(Sd, sd);
            }
        }

        return (byRows, byClusters);
    }

    private (float[] Labels, bool[] Decisions, int[] Groups, int[] Clusters) Rows(RandomStream random, double[] centers)
    {
        List<float> labels = [];
        List<bool> decisions = [];
        List<int> groups = [], clusters = [];
        for (int c = 0; c < Clusters; c++)
        {
            double[] weights = [.. centers.Select(_ => Math.Exp(ShareSd * random.NextNormal()))];
            double all = weights.Sum();
            // Positives and negatives have effects of their own.
            double[][] rates = [.. Enumerable.Range(0, 2).Select(_ =>
            {
                double shared = ClusterSd * random.NextNormal();
                return centers.Select(m => Logistic(m + shared + InteractionSd * random.NextNormal())).ToArray();
            })];
            int rows = 40 + random.NextInt(121);
            for (int i = 0; i < rows; i++)
            {
                int g = 0;
                double u = all * random.NextDouble();
                while (g < Groups - 1 && u >= weights[g]) u -= weights[g++];
                int label = random.NextInt(2);
                labels.Add(label);
                groups.Add(g);
                clusters.Add(c);
                decisions.Add(random.NextDouble() < rates[label][g]);
            }
        }

        return ([.. labels], [.. decisions], [.. groups], [.. clusters]);
    }

    /// <summary>The m at which the mean of logistic(m + N(0, s²)) is a rate, by bisection.</summary>
    private static double Center(double rate)
    {
        double low = -10, high = 10;
        for (int step = 0; step < 60; step++)
        {
            double middle = (low + high) / 2;
            if (MeanRate(middle) < rate) low = middle;
            else high = middle;
        }

        return (low + high) / 2;
    }

    private static double MeanRate(double center)
    {
        const int Steps = 400;
        double sd = Math.Sqrt(ClusterSd * ClusterSd + InteractionSd * InteractionSd), sum = 0, mass = 0;
        for (int i = 0; i <= Steps; i++)
        {
            double z = -8 + 16.0 * i / Steps, density = Math.Exp(-z * z / 2);
            sum += density * Logistic(center + sd * z);
            mass += density;
        }

        return sum / mass;
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
}
