using System.Text.RegularExpressions;

namespace FairMedl.Core.Data;

/// <summary>What there is to say about a column's values. Nothing is mended: the person decides.</summary>
internal static partial class ColumnProblems
{
    private const int ShownLines = 10;
    private const double NearlyAll = .9;

    /// <summary>Of a column whose levels are all numbers.</summary>
    public static IReadOnlyList<ColumnProblem> OfNumbers(int rows, Func<int, int> stored, LevelTexts levels, double[] numbers, LineIndex lines)
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
            return [new ColumnProblem("Numbers are written with a comma, so the column is read as text.",
                "Save the file with a decimal point and without thousands separators if they are to be numbers.", count, at, values)];
        }

        if (numeric >= NearlyAll * present)
        {
            (long count, List<long> at, List<string> values) = Where(rows, stored, levels, lines, l => shapes[l] != ValueShape.Number);
            return [new ColumnProblem($"Nearly all values are numbers, but {MessageText.Count(count)} are not, so the column is read as text.",
                "Correct those values, or add them to the codes that mean missing.", count, at, values)];
        }

        return [];
    }

    /// <summary>Values such as inf or 1e999 among numbers.</summary>
    public static ColumnProblem NonFinite(long count, IReadOnlyList<long> lines, IReadOnlyList<string> values) =>
        new("The column holds values that are not finite numbers.",
            "Exclude those rows or add the values to the codes that mean missing; as they stand the column cannot be used as a number.", count, lines, values);

    /// <summary>Whole numbers that double precision does not hold.</summary>
    public static ColumnProblem Inexact() =>
        new("Some whole numbers are 2^53 or more and may not be exact as numbers.", "If the column is an identifier, ignore it.", 0, [], []);

    /// <summary>More distinct texts than are kept.</summary>
    public static ColumnProblem TooManyValues(int distinct) =>
        new($"More than {MessageText.Count(distinct)} distinct texts: the values are not kept.",
            "Ignore the column, or group its values before uploading the file.", 0, [], []);

    /// <summary>Text in a column whose numbers were already too many to keep as they were written.</summary>
    public static ColumnProblem TextAmongManyNumbers(long count, IReadOnlyList<long> lines, IReadOnlyList<string> values) =>
        new($"More than {MessageText.Count(CsvLimits.MaxLevels)} distinct numbers, and {MessageText.Count(count)} values that are not numbers: the values are not kept.",
            "Correct those values, or add them to the codes that mean missing.", count, lines, values);

    private static (long Count, List<long> Lines, List<string> Values) Where(int rows, Func<int, int> stored, LevelTexts levels, LineIndex lines, Func<int, bool> isHit)
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
