using FairMedl.Core.Data.Csv;

namespace FairMedl.Core.Data.Tables;

/// <summary>What the values of a column are.</summary>
public enum ColumnKind
{
    /// <summary>Every value that is not missing is a number; a few may be non-finite, which its problems then say.</summary>
    Number,

    /// <summary>Text values, used as categories.</summary>
    Text,

    /// <summary>A column whose values are all missing.</summary>
    Empty,

    /// <summary>Text with more distinct values than are kept (<see cref="CsvLimits.MaxLevels"/>): known by name and counts alone.</summary>
    TooManyValues,
}

/// <summary>Something in a column that a person should know before using it.</summary>
/// <param name="What">What was found, in a sentence.</param>
/// <param name="Remedy">What to do about it, in a sentence.</param>
/// <param name="Count">How many rows it concerns.</param>
/// <param name="Lines">The first physical lines it was found on.</param>
/// <param name="Values">The values on those lines.</param>
public sealed record ColumnProblem(string What, string Remedy, long Count, IReadOnlyList<long> Lines, IReadOnlyList<string> Values);

/// <summary>
/// One column of a <see cref="Table"/>. Values are codes of one or two bytes into the distinct levels (text in ordinal
/// order, numbers ascending); a column of numbers with more than <see cref="CsvLimits.MaxLevels"/> distinct values, or of
/// measurements (numbers with fractions, more than a thousand of them, most in one row only), is an array of doubles instead and has
/// no levels. Double, because a float would change 0.1 in silence.
/// </summary>
public sealed class Column
{
    private readonly byte[]? bytes;
    private readonly ushort[]? shorts;
    private readonly double[]? numbers;
    private readonly double[] levelNumbers;
    private readonly LevelTexts levels;

    internal Column(string name, int position, ColumnKind kind, int rowCount, byte[]? bytes, ushort[]? shorts, double[]? numbers,
        LevelTexts levels, double[] levelNumbers)
    {
        Name = name;
        Position = position;
        Kind = kind;
        RowCount = rowCount;
        this.bytes = bytes;
        this.shorts = shorts;
        this.numbers = numbers;
        this.levels = levels;
        this.levelNumbers = levelNumbers;
    }

    /// <summary>Column name in the file, trimmed.</summary>
    public string Name { get; }

    /// <summary>0 for the first column of the file.</summary>
    public int Position { get; }

    /// <summary>Kind of values in the column.</summary>
    public ColumnKind Kind { get; }

    /// <summary>How many data rows the table has.</summary>
    public int RowCount { get; }

    /// <summary>The distinct values; empty where <see cref="HasLevels"/> is false.</summary>
    public IReadOnlyList<string> Levels => levels;

    /// <summary>Whether values are coded, so that the column can be a cluster, a category or a sensitive attribute without bins.</summary>
    public bool HasLevels => bytes is not null || shorts is not null;

    /// <summary>
    /// How many distinct values there are, missing not counted; for <see cref="ColumnKind.TooManyValues"/> a lower bound.
    /// </summary>
    public required int DistinctCount { get; init; }

    /// <summary>How many rows have no value.</summary>
    public required int MissingCount { get; init; }

    /// <summary>Whether it is a column of numbers and every finite one is whole.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>Up to three distinct values in the order of the file.</summary>
    public required IReadOnlyList<string> Examples { get; init; }

    /// <summary>What a person should know before using it.</summary>
    public required IReadOnlyList<ColumnProblem> Problems { get; init; }

    /// <summary>Whether a row has no value.</summary>
    public bool IsMissing(int row) =>
        bytes is not null ? bytes[row] == 0
        : shorts is not null ? shorts[row] == 0
        : numbers is not null ? double.IsNaN(numbers[row])
        : Kind == ColumnKind.Empty;

    /// <summary>The number in a row: NaN where missing or not a number, infinite where the file has a non-finite value.</summary>
    public double Number(int row)
    {
        if (numbers is not null) return numbers[row];
        int code = Code(row);
        return code < 0 || levelNumbers.Length == 0 ? double.NaN : levelNumbers[code];
    }

    /// <summary>The level's index in <see cref="Levels"/>, -1 where missing.</summary>
    /// <exception cref="InvalidOperationException">The column has no levels.</exception>
    public int Code(int row) =>
        bytes is not null ? bytes[row] - 1
        : shorts is not null ? shorts[row] - 1
        : throw new InvalidOperationException($"Column '{Name}' has no category levels.");

    /// <summary>The number that a level means; NaN for text.</summary>
    public double LevelNumber(int code) => levelNumbers.Length == 0 ? double.NaN : levelNumbers[code];

    /// <summary>The level that a text names exactly, or -1.</summary>
    public int FindLevel(string text) => levels.IndexOf(text);

    /// <summary>
    /// The value in a row as text; null where missing or not kept. Numbers without levels are written so that they read back the
    /// same.
    /// </summary>
    public string? Text(int row)
    {
        if (numbers is not null) return double.IsNaN(numbers[row]) ? null : NumberText.Show(numbers[row]);
        if (!HasLevels) return null;
        int code = Code(row);
        return code < 0 ? null : levels[code];
    }
}
