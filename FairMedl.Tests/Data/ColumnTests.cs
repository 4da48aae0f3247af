using System.Text;
using FairMedl.Core.Data.Csv;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Data.Tables;
using Xunit;

namespace FairMedl.Tests.Data;

public sealed class ColumnTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(300)]
    [InlineData(CsvLimits.MaxLevels)]
    public void Text_WithAnyNumberOfLevels_ReadsBack(int levels)
    {
        string[] values = [.. Enumerable.Range(0, levels + 50).Select(i => FormattableString.Invariant($"v{i * 7919L % levels}"))];

        Column column = Single(values);

        Assert.Equal(ColumnKind.Text, column.Kind);
        Assert.Equal(levels, column.DistinctCount);
        Assert.Equal(values, Enumerable.Range(0, values.Length).Select(column.Text));
        Assert.Equal(column.Levels.Order(StringComparer.Ordinal), column.Levels);
        Assert.All(Enumerable.Range(0, 50), row => Assert.Equal(values[row], column.Levels[column.Code(row)]));
    }

    [Fact]
    public void Text_WithTooManyLevels_IsCountedButNotStored()
    {
        Column column = Single([.. Enumerable.Range(0, 200_000).Select(i => FormattableString.Invariant($"patient {i}"))]);

        Assert.Equal(ColumnKind.TooManyValues, column.Kind);
        Assert.False(column.HasLevels);
        Assert.Equal(CsvLimits.MaxLevels, column.DistinctCount);
        Assert.Equal(["patient 0", "patient 1", "patient 2"], column.Examples);
        Assert.Contains("not stored", Assert.Single(column.Problems).What, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_BeyondTheMemoryBudget_DropsTheColumnWithMostLevels()
    {
        var csv = new StringBuilder("wide,narrow,number\n");
        for (int i = 0; i < 3_000; i++) csv.Append(FormattableString.Invariant($"{new string('x', 100)}{i},{i % 5},{i}\n"));

        Table table = Given.Table(csv.ToString(), limits: new CsvLimits(MaxDistinctTextBytes: 200_000));

        Assert.Equal(ColumnKind.TooManyValues, table.Find("wide")!.Kind);
        Assert.True(table.Find("narrow")!.HasLevels);
        Assert.Equal(2_999, table.Find("number")!.Number(2_999));
    }

    [Fact]
    public void Numbers_ByLevels_AreSortedByValueAndExact()
    {
        Column column = Single(["10", "9", "-1", "0.1", "1e2", "9", "", "+3", ".5"]);

        Assert.Equal(ColumnKind.Number, column.Kind);
        Assert.Equal(["-1", "0.1", ".5", "+3", "9", "10", "1e2"], column.Levels);
        Assert.Equal([10, 9, -1, .1, 100, 9, double.NaN, 3, .5], Enumerable.Range(0, 9).Select(column.Number));
        Assert.False(column.IsWhole);
        Assert.Equal(1, column.MissingCount);
    }

    [Fact]
    public void Numbers_WithVeryManyValues_AreStoredWithoutLevels()
    {
        double[] values = [.. Enumerable.Range(0, 70_000).Select(i => i + 1e-9 * i)];
        string[] texts = [.. values.Select(v => v.ToString("R", System.Globalization.CultureInfo.InvariantCulture))];
        texts[69_999] = "?";

        Column fractions = Single(texts);
        Column whole = Single([.. Enumerable.Range(0, 70_000).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture)), "5"]);

        Assert.Equal((ColumnKind.Number, false), (fractions.Kind, fractions.HasLevels));
        Assert.Equal(values[..69_999], Enumerable.Range(0, 69_999).Select(fractions.Number));
        Assert.True(fractions.IsMissing(69_999));
        Assert.Equal((69_999, 1), (fractions.DistinctCount, fractions.MissingCount));
        Assert.Equal((70_000, true, false), (whole.DistinctCount, whole.IsWhole, whole.HasLevels));
        Assert.Equal("69999", whole.Text(69_999));
    }

    [Fact]
    public void Numbers_OfMeasurements_HaveNoLevelsButCodesDo()
    {
        Column measured = Single([.. Enumerable.Range(0, 3_000).Select(i => FormattableString.Invariant($"{i}.5"))]);
        Column coded = Single([.. Enumerable.Range(0, 3_000).Select(i => FormattableString.Invariant($"{i}"))]);
        Column rounded = Single([.. Enumerable.Range(0, 30_000).Select(i => FormattableString.Invariant($"{i % 1_000}.5"))]);

        Assert.False(measured.HasLevels);
        Assert.True(coded.HasLevels);
        Assert.True(rounded.HasLevels);
        Assert.Equal(2_999.5, measured.Number(2_999));
    }

    [Theory]
    [InlineData("inf")]
    [InlineData("-Infinity")]
    [InlineData("1e999")]
    [InlineData("nan")]
    public void Numbers_WithANonFiniteValue_ReportItsLines(string bad)
    {
        string[] missing = ["?"];
        Column few = Single(["1", bad, "2", bad], missing);
        Column many = Single([.. Enumerable.Range(0, 70_000).Select(i => FormattableString.Invariant($"{i}")), bad, "1"], missing);

        foreach ((Column column, long[] lines) in (ReadOnlySpan<(Column, long[])>)[(few, [3, 5]), (many, [70_002])])
        {
            Assert.Equal(ColumnKind.Number, column.Kind);
            ColumnProblem problem = Assert.Single(column.Problems);
            Assert.Contains("finite", problem.What, StringComparison.Ordinal);
            Assert.Equal(lines, problem.Lines);
            Assert.All(problem.Values, v => Assert.Equal(bad, v));
            Assert.Equal(0, column.MissingCount);
        }

        Assert.True(double.IsInfinity(few.Number(1)));
    }

    [Fact]
    public void Numbers_WithAFewTexts_AreTextAndReportTheLines()
    {
        string[] values = [.. Enumerable.Range(0, 40).Select(i => FormattableString.Invariant($"{i}")), "unknown", "7"];
        Column column = Single(values);

        Assert.Equal(ColumnKind.Text, column.Kind);
        ColumnProblem problem = Assert.Single(column.Problems);
        Assert.Equal([42], problem.Lines);
        Assert.Equal(["unknown"], problem.Values);
    }

    [Fact]
    public void Numbers_WithATextAfterVeryMany_AreNotStoredAndReportTheLine()
    {
        Column column = Single([.. Enumerable.Range(0, 70_000).Select(i => FormattableString.Invariant($"{i}")), "oops", "1"]);

        Assert.Equal(ColumnKind.TooManyValues, column.Kind);
        ColumnProblem problem = Assert.Single(column.Problems);
        Assert.Equal((1, 70_002), (problem.Count, Assert.Single(problem.Lines)));
        Assert.Equal(["oops"], problem.Values);
    }

    [Fact]
    public void Numbers_BeyondExactIntegers_AreReported() =>
        Assert.Contains("2^53", Assert.Single(Single(["9007199254740993", "1"]).Problems).What, StringComparison.Ordinal);

    [Fact]
    public void Column_WithoutValues_IsEmpty()
    {
        Table table = Given.Table("a,b\n,1\n?,2\n");

        Assert.Equal(ColumnKind.Empty, table.Find("a")!.Kind);
        Assert.Equal(2, table.Find("a")!.MissingCount);
        Assert.True(table.Find("a")!.IsMissing(1));
    }

    [Fact]
    public void Dictionary_OfManyValues_FindsEveryOne()
    {
        var dictionary = new LevelDictionary();
        for (int i = 0; i < 5_000; i++)
        {
            byte[] value = Encoding.UTF8.GetBytes(new string((char)('a' + i % 26), i % 40) + i);
            Assert.Equal(-1, dictionary.Find(value, out uint hash));
            dictionary.Add(value, hash, i);
        }

        for (int i = 0; i < 5_000; i++)
        {
            byte[] value = Encoding.UTF8.GetBytes(new string((char)('a' + i % 26), i % 40) + i);
            Assert.Equal(i, dictionary.Find(value, out _));
            Assert.True(value.AsSpan().SequenceEqual(dictionary[i]));
        }
    }

    private static Column Single(string[] values, string[]? missing = null)
    {
        var options = new CsvOptions { HasHeader = true, Delimiter = "," };
        if (missing is not null) options = options with { Missing = missing };
        return Given.Table("a,b\n" + string.Concat(values.Select(v => v + ",0\n")), options).Find("a")!;
    }
}
