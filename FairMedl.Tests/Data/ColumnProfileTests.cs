using FairMedl.Core.Data.Csv;
using FairMedl.Core.Data.Profiling;
using FairMedl.Core.Data.Roles;
using Xunit;

namespace FairMedl.Tests.Data;

public sealed class ColumnProfileTests
{
    [Fact]
    public void Profile_OfWholeNumbers_HasBinsOfWholeWidth()
    {
        ColumnProfile profile = Of([.. Enumerable.Range(17, 74).Select(i => FormattableString.Invariant($"{i}")), "17", "?"]);

        Assert.Equal((17, 90), (profile.Minimum, profile.Maximum));
        Assert.Equal((Enumerable.Range(17, 74).Sum() + 17) / 75.0, profile.Mean!.Value, 10);
        Assert.Equal(75, profile.Histogram.Sum(b => b.Count));
        Assert.InRange(profile.Histogram.Count, 2, 20);
        Assert.Equal(("17–20", 5L), (profile.Histogram[0].Label, profile.Histogram[0].Count));
        Assert.Equal(90, profile.Histogram[^1].Upper);
        Assert.Equal(1, profile.MissingCount);
    }

    [Fact]
    public void Profile_OfCodes_HasOneBarPerNumber()
    {
        ColumnProfile profile = Of(["0", "1", "1", "3"]);

        Assert.Equal([("0", 1L), ("1", 2L), ("2", 0L), ("3", 1L)], profile.Histogram.Select(b => (b.Label, b.Count)));
    }

    [Theory]
    [InlineData("0.1", "0.2", "0.35")]
    [InlineData("-1e300", "0.5", "1e300")]
    [InlineData("1.5", "1.5", "1.5")]
    [InlineData("1e15", "2e15", "4e15")]
    public void Profile_OfAnyNumbers_CountsEachOnce(string a, string b, string c)
    {
        ColumnProfile profile = Of([a, b, c, "inf", ""]);

        Assert.Equal(3, profile.Histogram.Sum(bar => bar.Count));
        Assert.InRange(profile.Histogram.Count, 1, 20);
        Assert.True(double.IsFinite(profile.Mean!.Value));
    }

    [Fact]
    public void Profile_OfText_HasTheTopLevelsAndTheRest()
    {
        ColumnProfile profile = Of([.. Enumerable.Range(0, 15).SelectMany(i => Enumerable.Repeat(FormattableString.Invariant($"v{i:00}"), 15 - i))]);

        Assert.Equal(10, profile.Histogram.Count);
        Assert.Equal(("v00", 15L), (profile.Histogram[0].Label, profile.Histogram[0].Count));
        Assert.Equal((5, 1 + 2 + 3 + 4 + 5L), (profile.OtherLevels, profile.OtherCount));
        Assert.Equal(["v00", "v01", "v02"], profile.Examples);
        Assert.Null(profile.Mean);
    }

    [DataFact("hsb82/hsb82.csv")]
    public void Profile_OfHsb82_HasTheMeanOfItsDescription()
    {
        TableProfile profile = TableProfile.Of(CsvTableReader.ReadFile(SharedData.Path("hsb82/hsb82.csv")));

        ColumnProfile target = Assert.Single(profile.Columns, c => c.Name == "mAch");
        Assert.Equal(12.75, target.Mean!.Value, 2);
        Assert.Equal(6031, target.DistinctCount);
        Assert.Equal(7185, target.Histogram.Sum(b => b.Count));
        Assert.Empty(profile.Problems);
    }

    private static ColumnProfile Of(string[] values) =>
        ColumnProfile.Of(Given.Table("a,b\n" + string.Concat(values.Select(v => v + ",0\n")), new CsvOptions { HasHeader = true }).Find("a")!);
}
