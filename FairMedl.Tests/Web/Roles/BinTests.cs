using FairMedl.Core.Data.Profiling;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Data.Tables;
using FairMedl.Core.Numerics;
using FairMedl.Tests.Data;
using FairMedl.Web.Components.Controls;
using FairMedl.Web.Roles.Binning;
using Xunit;

namespace FairMedl.Tests.Web.Roles;

public sealed class BinTests
{
    [Theory]
    [InlineData("30, 45", new double[] { 30, 45 })]
    [InlineData(" 30;45 ", new double[] { 30, 45 })]
    [InlineData("-1.5 2", new[] { -1.5, 2 })]
    public void Text_ThatIsAList_IsRead(string text, double[] expected)
    {
        Assert.True(BinText.TryParse(text, out IReadOnlyList<double> bounds, out _));
        Assert.Equal(expected, bounds);
    }

    [Theory]
    [InlineData("", "at least one")]
    [InlineData("45, 30", "ascend")]
    [InlineData("30, 30", "ascend")]
    [InlineData("30, old", "“old”")]
    [InlineData("30, NaN", "“NaN”")]
    public void Text_ThatIsNot_SaysWhy(string text, string expected)
    {
        Assert.False(BinText.TryParse(text, out _, out string? fault));
        Assert.Contains(expected, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_AgreeWithTheStudysOwnBrackets()
    {
        RandomStream random = new RandomStream(3).Child("bins");
        string csv = "x\n" + string.Join("\n", Enumerable.Range(0, 500).Select(_ => random.NextInt(40) - 5)) + "\n";
        Column column = Given.Table(csv).Columns[0];
        double[] bounds = [-5, 0, 7.5, 20];
        Bins bins = new(bounds, column.IsWhole);
        int[] expected = new int[5];
        for (int row = 0; row < column.RowCount; row++) expected[bins.IndexOf(column.Number(row))]++;

        Assert.Equal(expected, new NumberCounts(column).Sizes(bounds));
    }

    [Fact]
    public void Sizes_BoundsOutsideTheValues_LeaveEmptyBrackets() =>
        Assert.Equal([0, 3, 0], new NumberCounts(Given.Table("x\n1\n2\n3\n").Columns[0]).Sizes([0, 3]));

    [Fact]
    public void Cut_AmongWholeNumbers_FallsAfterItsBound()
    {
        // Bins 0-1, 2-3, 4-5 over the whole numbers 0..5: a cut after 3 stands between the second and the third bar.
        HistogramBar[] bars = [new("0–1", 2, 0, 1), new("2–3", 2, 2, 3), new("4–5", 2, 4, 5)];

        Assert.Equal(2 / 3.0, HistogramCut.Place(bars, isWhole: true, 3)!.Value, 12);
        Assert.Null(HistogramCut.Place(bars, isWhole: true, 9));
        Assert.Null(HistogramCut.Place([new("a", 3)], isWhole: false, 1));
    }
}
