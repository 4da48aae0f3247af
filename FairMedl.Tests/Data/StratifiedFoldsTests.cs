using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Data.Splits;
using FairMedl.Core.Numerics;
using Xunit;

namespace FairMedl.Tests.Data;

public sealed class StratifiedFoldsTests
{
    public static TheoryData<int, int, int, bool> Shapes => new()
    {
        { 200, 5, 10, false }, { 37, 7, 10, false }, { 12, 6, 5, false }, { 3, 1, 2, false }, { 2, 2, 2, false },
        { 500, 4, 10, true }, { 23, 9, 3, true }, { 10, 1, 10, true },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Folds_OfAnyShape_AreBalancedByStratumAndOverall(int rows, int clusters, int folds, bool isRegression)
    {
        StudyData study = Study(rows, clusters, isRegression, new RandomStream(5));

        int[] fold = StratifiedFolds.Assign(study, folds, new RandomStream(9));

        Assert.Equal(study.SeenRows.Length, fold.Length);
        Assert.All(fold, f => Assert.InRange(f, 0, folds - 1));
        Assert.InRange(Spread(fold, folds), 0, 1);
        foreach (var stratum in Enumerable.Range(0, fold.Length).GroupBy(i => Stratum(study, i)))
        {
            Assert.InRange(Spread([.. stratum.Select(i => fold[i])], folds), 0, 1);
        }
    }

    [Fact]
    public void Folds_OfTheSameSeed_AreTheSameAndOfAnotherNot()
    {
        StudyData study = Study(200, 5, false, new RandomStream(5));

        Assert.Equal(StratifiedFolds.Assign(study, 10, new RandomStream(1)), StratifiedFolds.Assign(study, 10, new RandomStream(1)));
        Assert.NotEqual(StratifiedFolds.Assign(study, 10, new RandomStream(1)), StratifiedFolds.Assign(study, 10, new RandomStream(2)));
    }

    [Fact]
    public void Terciles_OfARegression_HoldAThirdEach()
    {
        StudyData study = Study(300, 1, true, new RandomStream(2));

        int[] sizes = [.. Enumerable.Range(0, 300).GroupBy(i => Stratum(study, i)).Select(g => g.Count())];

        Assert.Equal(3, sizes.Length);
        Assert.All(sizes, s => Assert.InRange(s, 98, 102));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    public void Rows_OfEveryFold_PartitionTheSeenRows(int folds)
    {
        StudyData study = Study(83, 4, false, new RandomStream(5));
        int[] fold = StratifiedFolds.Assign(study, folds, new RandomStream(9));
        var tested = new List<int>();
        for (int k = 0; k < folds; k++)
        {
            FoldRows rows = FoldRows.Of(study, fold, k, folds, validation: true);
            Assert.Equal(study.SeenRows, rows.Training.Concat(rows.Validation).Concat(rows.Test).Order());
            Assert.NotEmpty(rows.Training);
            Assert.Equal(rows.Training.Order(), rows.Training);
            if (folds == 2) Assert.Empty(rows.Validation);
            else Assert.Equal(rows.Validation, FoldRows.Of(study, fold, (k + 1) % folds, folds, validation: true).Test);
            tested.AddRange(rows.Test);
        }

        Assert.Equal(study.SeenRows, tested.Order());
    }

    [Fact]
    public void Folds_Impossible_AreRejected()
    {
        StudyData study = Study(10, 2, false, new RandomStream(5));
        Assert.Throws<ArgumentOutOfRangeException>(() => StratifiedFolds.Assign(study, 1, new RandomStream(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => StratifiedFolds.Assign(study, study.SeenRows.Length + 1, new RandomStream(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => FoldRows.Of(study, new int[study.SeenRows.Length], 2, 2, validation: true));
        Assert.Throws<ArgumentException>(() => FoldRows.Of(study, [0, 1], 0, 2, validation: true));
    }

    private static int Spread(int[] fold, int folds)
    {
        var sizes = new int[folds];
        foreach (int f in fold) sizes[f]++;
        return sizes.Max() - sizes.Min();
    }

    private static (int, int) Stratum(StudyData study, int seen)
    {
        int row = study.SeenRows[seen];
        if (study.Task == PredictionTask.Classification) return (study.Cluster[row], (int)study.Target[row]);
        float[] sorted = [.. study.SeenRows.Select(r => study.Target[r]).Order()];
        int n = sorted.Length;
        return (study.Cluster[row], study.Target[row] <= sorted[(n - 1) / 3] ? 0 : study.Target[row] <= sorted[2 * (n - 1) / 3] ? 1 : 2);
    }

    /// <summary>Rows in no particular order, a quarter more of them in clusters that are not seen.</summary>
    private static StudyData Study(int seen, int clusters, bool isRegression, RandomStream random)
    {
        int n = seen + seen / 4;
        int[] order = [.. Enumerable.Range(0, n)];
        random.Shuffle(order.AsSpan());
        var cluster = new int[n];
        var target = new float[n];
        for (int i = 0; i < n; i++)
        {
            cluster[order[i]] = i < seen ? random.NextInt(clusters) : clusters;
            target[i] = isRegression ? (float)random.NextNormal() : random.NextInt(4) == 0 ? 1 : 0;
        }

        return new StudyData
        {
            Task = isRegression ? PredictionTask.Regression : PredictionTask.Classification,
            Target = target,
            TargetDescription = "y",
            Cluster = cluster,
            ClusterColumn = "cluster",
            ClusterNames = [.. Enumerable.Range(0, clusters + 1).Select(c => FormattableString.Invariant($"c{c}"))],
            SeenClusterCount = clusters,
            Sensitive = [],
            Features = [],
            SeenRows = [.. Enumerable.Range(0, n).Where(r => cluster[r] < clusters)],
            UnseenRows = [.. Enumerable.Range(0, n).Where(r => cluster[r] == clusters)],
            SourceRows = [.. Enumerable.Range(1, n)],
            Excluded = [],
        };
    }
}
