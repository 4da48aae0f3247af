using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Numerics;

namespace FairMedl.Core.Fits.SelfTests;

/// <summary>
/// Random rows of Adult's shape: 18,400 rows of two numbers and seven categories, 75 encoded columns in all; six clusters,
/// four sensitive attributes. The values do not affect the time of a step, so no data file is needed to measure one.
/// </summary>
public static class AdultShaped
{
    private const int Rows = 18_400, Clusters = 6;
    private static readonly int[] Categories = [9, 6, 42, 5, 2, 6, 3], Groups = [3, 2, 5, 6];

    /// <summary>The rows, the same in every run.</summary>
    public static StudyData Data()
    {
        var random = new RandomStream(1);
        int[] all = [.. Enumerable.Range(0, Rows)];
        return new StudyData
        {
            Task = PredictionTask.Classification,
            Target = [.. all.Select(_ => random.NextDouble() < 0.25 ? 1f : 0f)],
            TargetDescription = "y",
            Cluster = Codes(random, Clusters),
            ClusterColumn = "cluster",
            ClusterNames = Names(Clusters),
            SeenClusterCount = Clusters,
            Sensitive = [.. Groups.Select((k, a) => new SensitiveAttribute($"attribute{a}", Names(k), Codes(random, k)))],
            Features =
            [
                .. Enumerable.Range(0, 2).Select(m =>
                    new FeatureSource { Column = $"number{m}", Numbers = [.. all.Select(_ => (float)random.NextNormal())] }),
                .. Categories.Select((k, c) => new FeatureSource { Column = $"category{c}", Codes = Codes(random, k), Levels = Names(k) }),
            ],
            SeenRows = all,
            UnseenRows = [],
            SourceRows = all,
            Excluded = [],
        };
    }

    private static int[] Codes(RandomStream random, int levels) => [.. Enumerable.Range(0, Rows).Select(_ => random.NextInt(levels))];

    private static string[] Names(int count) => [.. Enumerable.Range(0, count).Select(i => $"{i}")];
}
