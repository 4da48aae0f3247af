using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;
using Xunit;

namespace FairMedl.Tests.Data;

public sealed class GroupTableTests
{
    [Fact]
    public void Count_ByOneAttribute_HasPositivesAndNegativesAndMarksSmallGroups()
    {
        StudyData study = Study([("f", 100, 40), ("m", 60, 29), ("x", 31, 0)]);

        GroupTable table = GroupTable.Count(study, Rows(study), 0);

        Assert.Equal(["sex"], table.Attributes);
        Assert.Equal([("f", 100, 40, 60, false), ("m", 60, 29, 31, true), ("x", 31, 0, 31, true)], table.Rows.Select(r => (r.Groups[0], r.N, r.Positives!.Value, r.Negatives!.Value, r.IsSmall)));
        Assert.Equal(.4, table.Rows[0].MeanTarget!.Value, 12);
    }

    [Fact]
    public void Count_ByTwoAttributes_ListsEveryIntersection()
    {
        StudyData study = Study([("f", 10, 4), ("m", 7, 7)]);

        GroupTable table = GroupTable.Count(study, Rows(study), 1, 0);

        Assert.Equal(["half", "sex"], table.Attributes);
        Assert.Equal(["a/f", "a/m", "b/f", "b/m", "never/f", "never/m"], table.Rows.Select(r => string.Join('/', r.Groups)));
        Assert.Equal(17, table.Rows.Sum(r => r.N));
        Assert.Equal(11, table.Rows.Sum(r => r.Positives));
        Assert.Equal((0, null), (table.Rows[4].N, table.Rows[4].MeanTarget));
        Assert.True(table.Rows[4].IsSmall);
    }

    [Fact]
    public void Count_OverSomeRows_LeavesTheOthersOut()
    {
        StudyData study = Study([("f", 10, 4), ("m", 7, 7)]);

        Assert.Equal([4, 0], GroupTable.Count(study, [0, 1, 2, 3], 0).Rows.Select(r => r.N));
    }

    [Fact]
    public void Count_OfARegression_HasMeansAndNoClasses()
    {
        StudyData study = Study([("f", 40, 20), ("m", 29, 29)], PredictionTask.Regression);

        GroupTable table = GroupTable.Count(study, Rows(study), 0);

        Assert.All(table.Rows, r => Assert.Equal((null, null), (r.Positives, r.Negatives)));
        Assert.Equal([(.5, false), (1, true)], table.Rows.Select(r => (r.MeanTarget!.Value, r.IsSmall)));
    }

    [Fact]
    public void Count_ByNoneOrTheSameTwice_IsRejected()
    {
        StudyData study = Study([("f", 10, 4)]);
        Assert.Throws<ArgumentException>(() => GroupTable.Count(study, [0]));
        Assert.Throws<ArgumentException>(() => GroupTable.Count(study, [0], 1, 1));
    }

    private static int[] Rows(StudyData study) => [.. Enumerable.Range(0, study.RowCount)];

    private static StudyData Study((string Name, int N, int Positives)[] groups, PredictionTask task = PredictionTask.Classification)
    {
        int[] group = [.. groups.SelectMany((g, i) => Enumerable.Repeat(i, g.N))];
        return new StudyData
        {
            Task = task,
            Target = [.. groups.SelectMany(g => Enumerable.Range(0, g.N).Select(i => i < g.Positives ? 1f : 0f))],
            TargetDescription = "y",
            Cluster = new int[group.Length],
            ClusterColumn = "cluster",
            ClusterNames = ["c"],
            SeenClusterCount = 1,
            Sensitive = [new SensitiveAttribute("sex", [.. groups.Select(g => g.Name)], group), new SensitiveAttribute("half", ["a", "b", "never"], [.. group.Select((_, i) => i % 2)])],
            Features = [],
            SeenRows = [.. Enumerable.Range(0, group.Length)],
            UnseenRows = [],
            SourceRows = [.. Enumerable.Range(1, group.Length)],
            Excluded = [],
        };
    }
}
