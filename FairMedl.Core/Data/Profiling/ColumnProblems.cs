using System.Text.RegularExpressions;
using FairMedl.Core.Data.Csv;
using FairMedl.Core.Data.Tables;

namespace FairMedl.Core.Data.Profiling;

/// <summary>Problems of a column's values. Nothing is changed: the user decides.</summary>
internal static partial class ColumnProblems
{
    private const int ShownLines = 10;
    private const double NearlyAll = .9;

    /// <summary>Of a column whose levels are all numbers.</summary>
    public static IReadOnlyList<ColumnProblem> OfNumbers(int rows, Func<int, int> stored, LevelTexts levels,
        double[] numbers, LineIndex lines)
    {
        var problems = new List<ColumnProblem>();
        if (numbers.Any(double.IsInfinity))
        {
            (long count, List<long> at, List<string> values) = Where(rows, stored, levels, lines, l => double.IsInfinity(numbers[l]));
            problems.Add(NonFinite(count, at, values));
        }

        if (numbers.Any(x => double.IsFinite(x) && Math.Abs(x) >= NumberText.ExactWhole && x == Math.Floor(x))) problems.Add(Inexact());
        return problems;
    }

    /// <summary>Of a column of text: numbers with a few texts among them, or numbers in another notation.</summary>
    public static IReadOnlyList<ColumnProblem> OfText(int rows, int present, Func<int, int> stored, LevelTexts levels, LineIndex lines)
    {
        if (present == 0) return [];
        var shapes = new ValueShape[levels.Count];
        var foreign = new bool[levels.Count];
        for (int l = 0; l < levels.Count; l++)
        {
            shapes[l] = NumberText.Read(levels.Bytes(l), out _);
            foreign[l] = shapes[l] == ValueShape.Text && levels.Bytes(l).Length < 40 && ForeignNumber().IsMatch(levels[l]);
        }

        long numeric = 0, foreignRows = 0;
        for (int row = 0; row < rows; row++)
        {
            int level = stored(row) - 1;
            if (level < 0) continue;
            if (shapes[level] == ValueShape.Number) numeric++;
            else if (foreign[level]) foreignRows++;
        }

        if (foreignRows > 0 && numeric + foreignRows >= NearlyAll * present)
        {
            (long count, List<long> at, List<string> values) = Where(rows, stored, levels, lines, l => foreign[l]);
            return [new ColumnProblem("Numbers use a comma, so the column is read as text.",
                "To read them as numbers, save the file with a decimal point and no thousands separators.", count, at, values)];
        }

        if (numeric >= NearlyAll * present)
        {
            (long count, List<long> at, List<string> values) = Where(rows, stored, levels, lines, l => shapes[l] != ValueShape.Number);
            return [new ColumnProblem($"Nearly all values are numeric, but {MessageText.Count(count)} are not, so " +
                "the column is read as text.",
                "Correct these values, or mark them as missing.", count, at, values)];
        }

        return [];
    }

    /// <summary>Values such as inf or 1e999 among numbers.</summary>
    public static ColumnProblem NonFinite(long count, IReadOnlyList<long> lines, IReadOnlyList<string> values) =>
        new("The column contains infinite or NaN values.",
            "Exclude these rows or mark the values as missing. Until then, the column cannot be used as a number.", count, lines, values);

    /// <summary>Whole numbers that double precision does not hold.</summary>
    public static ColumnProblem Inexact() =>
        new("Some integers are 2^53 or larger and may lose precision.",
            "If the column is an identifier, set its role to ignored.", 0, [], []);

    /// <summary>More distinct texts than are kept.</summary>
    public static ColumnProblem TooManyValues(int distinct) =>
        new($"The column has more than {MessageText.Count(distinct)} distinct text values, so its values are not stored.",
            "Ignore the column, or merge rare values before you upload the file.", 0, [], []);

    /// <summary>Text in a column whose numbers were already too many to keep as they were written.</summary>
    public static ColumnProblem TextAmongManyNumbers(long count, IReadOnlyList<long> lines, IReadOnlyList<string> values) =>
        new($"The column has more than {MessageText.Count(CsvLimits.MaxLevels)} distinct numbers and {MessageText.Count(count)} values " +
            "that are not numeric, so its values are not stored.",
            "Correct these values, or mark them as missing.", count, lines, values);

    private static (long Count, List<long> Lines, List<string> Values) Where(int rows, Func<int, int> stored, LevelTexts levels,
        LineIndex lines, Func<int, bool> isHit)
    {
        var hit = new bool[levels.Count + 1];
        for (int l = 0; l < levels.Count; l++) hit[l + 1] = isHit(l);
        long count = 0;
        var at = new List<long>();
        var values = new List<string>();
        for (int row = 0; row < rows; row++)
        {
            int code = stored(row);
            if (!hit[code]) continue;
            count++;
            if (at.Count == ShownLines) continue;
            at.Add(lines.LineOf(row));
            values.Add(MessageText.Shorten(levels[code - 1]));
        }

        return (count, at, values);
    }

    [GeneratedRegex(@"^[+-]?(\d{1,3}(\.\d{3})+,\d+|\d{1,3}(,\d{3})+(\.\d+)?|\d+,\d+)$", RegexOptions.CultureInvariant)]
    private static partial Regex ForeignNumber();
}
