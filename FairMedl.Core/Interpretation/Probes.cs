using FairMedl.Core.Data;
using FairMedl.Core.Numerics;

namespace FairMedl.Core.Interpretation;

/// <summary>Which confounding probes a study has.</summary>
public enum ProbeSet
{
    /// <summary>All five, as in the paper.</summary>
    Five,

    /// <summary>r alone, the mean target of the cluster.</summary>
    One,
}

/// <summary>
/// Confounding probes: five columns that know the target only through the cluster (the paper, section 2.7; docs/method.md).
/// With r the mean target of the row's cluster over all seen rows they are r, r^2, 1 / max(r, .01), cos r and sin r, each
/// plus N(0, .05^2) a row, or r alone; 0 for rows of unseen clusters. They leak on purpose: r is taken over test rows too, because the
/// question is whether a model leans on a column that says nothing beyond the cluster.
/// </summary>
public static class Probes
{
    private const double NoiseSd = 0.05, LeastRate = 0.01;

    private static readonly (string Name, Func<double, double> Of)[] Shapes =
    [
        ("probe r", r => r),
        ("probe r^2", r => r * r),
        ("probe 1/r", r => 1 / Math.Max(r, LeastRate)),
        ("probe cos r", Math.Cos),
        ("probe sin r", Math.Sin),
    ];

    /// <summary>The names of the probes, in the order of their columns.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Shapes.Select(s => s.Name)];

    /// <summary>The study with the probes as further features. A probe has the same values in each set.</summary>
    /// <exception cref="InputException">A feature has the same name as a confounding probe.</exception>
    public static StudyData AddTo(StudyData data, RandomStream random, ProbeSet set = ProbeSet.Five)
    {
        if (data.Features.Select(f => f.Column).FirstOrDefault(Names.Contains) is { } taken)
            throw new InputException(new InputFault("A feature has the same name as a confounding probe.",
                "Rename the column, or turn off the probes.", Column: taken, Path: "$.protocol.probes"));

        double[] sums = new double[data.SeenClusterCount];
        int[] counts = new int[data.SeenClusterCount];
        foreach (int row in data.SeenRows)
        {
            sums[data.Cluster[row]] += data.Target[row];
            counts[data.Cluster[row]]++;
        }

        IEnumerable<FeatureSource> probes = Shapes.Take(set == ProbeSet.One ? 1 : Shapes.Length).Select(shape =>
        {
            RandomStream noise = random.Child(shape.Name);
            float[] values = new float[data.RowCount];
            foreach (int row in data.SeenRows)
                values[row] = (float)(shape.Of(sums[data.Cluster[row]] / counts[data.Cluster[row]]) + NoiseSd * noise.NextNormal());
            return new FeatureSource { Column = shape.Name, Numbers = values, IsProbe = true };
        });
        return data.WithFeatures([.. data.Features, .. probes]);
    }
}
