using System.Text;
using FairMedl.Core.Data.Csv;
using FairMedl.Core.Data.Profiling;

namespace FairMedl.Core.Data.Tables;

/// <summary>
/// Takes one column's fields while a file is read. It starts with codes of one byte, widens them to two, and leaves
/// codes altogether when the distinct values are too many: for plain doubles if all are numbers, else for bare counts.
/// </summary>
internal sealed class ColumnBuilder
{
    private const int ShownLines = 10, ShownBytes = 160;
    private const int EntryOverhead = CsvLimits.BytesPerLevel;

    /// <summary>From here on, numbers with fractions of which most rows have one of their own are measurements and not codes.</summary>
    private const int ManyFractions = 1_024;

    private enum State { Coded, Plain, Counted }

    private readonly string name;
    private readonly int position;
    private readonly IReadOnlyList<byte[]> missingCodes;
    private readonly List<double> levelNumbers = [];
    private readonly List<string> examples = [];
    private readonly List<(int Row, string Value)> strays = [];
    private State state = State.Coded;
    private LevelDictionary levels;
    private ChunkedValues<byte>? bytes = new();
    private ChunkedValues<ushort>? shorts;
    private ChunkedValues<double>? numbers;
    private int rows, missing, textLevels, finiteLevels, fractionLevels, distinctWhenCounted;
    private long strayCount;

    public ColumnBuilder(string name, int position, IReadOnlyList<byte[]> missingCodes)
    {
        this.name = name;
        this.position = position;
        this.missingCodes = missingCodes;
        levels = WithMissingCodes();
    }

    /// <summary>Memory that the distinct values take, for the budget that all columns share.</summary>
    public long DistinctBytes => state == State.Coded ? levels.TextBytes + (long)EntryOverhead * levels.Count : 0;

    /// <summary>Whether leaving codes for plain numbers would lose nothing.</summary>
    public bool IsAllNumbers => state == State.Coded && textLevels == 0 && finiteLevels > 0;

    /// <summary>Takes the next row's field, trimmed; returns by how many bytes the distinct values grew.</summary>
    public int Add(ReadOnlySpan<byte> value)
    {
        int code = levels.Find(value, out uint hash);
        int row = rows++;
        if (code == 0) missing++;
        if (state != State.Coded)
        {
            AddUncoded(value, code, row);
            return 0;
        }

        int grown = 0;
        if (code < 0)
        {
            if (levelNumbers.Count == CsvLimits.MaxLevels || (levelNumbers.Count >= ManyFractions && IsMeasurement))
            {
                LeaveCodes();
                AddUncoded(value, code, row);
                return 0;
            }

            code = AddLevel(value, hash);
            grown = value.Length + EntryOverhead;
        }

        if (shorts is not null) shorts.Add((ushort)code);
        else if (code <= byte.MaxValue) bytes!.Add((byte)code);
        else
        {
            Widen();
            shorts!.Add((ushort)code);
        }

        return grown;
    }

    /// <summary>Gives up codes: for doubles where every level is a number, else for counts.</summary>
    public void LeaveCodes()
    {
        if (IsAllNumbers)
        {
            numbers = new ChunkedValues<double>();
            for (int row = 0; row < (shorts?.Count ?? bytes!.Count); row++)
            {
                int code = shorts is not null ? shorts[row] : bytes![row];
                double number = code == 0 ? double.NaN : levelNumbers[code - 1];
                numbers.Add(number);
                if (double.IsInfinity(number)) NoteStray(row, LevelText(code));
            }

            state = State.Plain;
        }
        else
        {
            distinctWhenCounted = levelNumbers.Count;
            state = State.Counted;
        }

        bytes = null;
        shorts = null;
        levels = WithMissingCodes();
    }

    /// <summary>The finished column; the builder is of no use afterwards.</summary>
    public Column Finish(LineIndex lines)
    {
        if (state == State.Plain && textLevels == 0) return FinishPlain(lines);
        if (state != State.Coded) return FinishCounted(lines);

        int n = levelNumbers.Count;
        bool isNumber = textLevels == 0 && finiteLevels > 0;
        var order = new int[n];
        var entries = new int[n];
        for (int e = 0; e < levels.Count; e++)
        {
            if (levels.CodeOf(e) is > 0 and int code) entries[code - 1] = e;
        }

        for (int i = 0; i < n; i++) order[i] = i;
        Array.Sort(order, (a, b) => Compare(a, b, isNumber, entries));

        var stored = new int[n + 1];
        var sortedNumbers = new double[isNumber ? n : 0];
        var starts = new int[n + 1];
        for (int i = 0; i < n; i++)
        {
            stored[order[i] + 1] = i + 1;
            starts[i + 1] = starts[i] + levels[entries[order[i]]].Length;
            if (isNumber) sortedNumbers[i] = levelNumbers[order[i]];
        }

        var text = new byte[starts[n]];
        for (int i = 0; i < n; i++) levels[entries[order[i]]].CopyTo(text.AsSpan(starts[i]));

        byte[]? narrow = bytes?.ToArrayAndClear();
        ushort[]? wide = shorts?.ToArrayAndClear();
        for (int i = 0; i < narrow?.Length; i++) narrow[i] = (byte)stored[narrow[i]];
        for (int i = 0; i < wide?.Length; i++) wide[i] = (ushort)stored[wide[i]];

        bool isWhole = isNumber && Array.TrueForAll(sortedNumbers, x => !double.IsFinite(x) || x == Math.Floor(x));
        var levelTexts = new LevelTexts(text, starts);
        ColumnKind kind = n == 0 ? ColumnKind.Empty : isNumber ? ColumnKind.Number : ColumnKind.Text;
        int Stored(int row) => narrow is not null ? narrow[row] : wide![row];
        IReadOnlyList<ColumnProblem> problems = isNumber
            ? ColumnProblems.OfNumbers(rows, Stored, levelTexts, sortedNumbers, lines)
            : ColumnProblems.OfText(rows, rows - missing, Stored, levelTexts, lines);
        return new Column(name, position, kind, rows, narrow, wide, null, levelTexts, sortedNumbers)
        {
            DistinctCount = n,
            MissingCount = missing,
            IsWhole = isWhole,
            Examples = examples,
            Problems = problems,
        };
    }

    private Column FinishPlain(LineIndex lines)
    {
        double[] values = numbers!.ToArrayAndClear();
        double[] sorted = Array.FindAll(values, x => !double.IsNaN(x));
        Array.Sort(sorted);
        int distinct = sorted.Length == 0 ? 0 : 1;
        bool isWhole = true, isInexact = false;
        for (int i = 0; i < sorted.Length; i++)
        {
            if (i > 0 && sorted[i] != sorted[i - 1]) distinct++;
            if (!double.IsFinite(sorted[i])) continue;
            isWhole &= sorted[i] == Math.Floor(sorted[i]);
            isInexact |= Math.Abs(sorted[i]) >= NumberText.ExactWhole;
        }

        var problems = new List<ColumnProblem>();
        if (strayCount > 0) problems.Add(ColumnProblems.NonFinite(strayCount, Lines(lines), Values()));
        if (isWhole && isInexact) problems.Add(ColumnProblems.Inexact());
        return new Column(name, position, ColumnKind.Number, rows, null, null, values, new LevelTexts([], [0]), [])
        {
            DistinctCount = distinct,
            MissingCount = missing,
            IsWhole = isWhole,
            Examples = examples,
            Problems = problems,
        };
    }

    private Column FinishCounted(LineIndex lines)
    {
        int distinct = state == State.Plain ? CsvLimits.MaxLevels : distinctWhenCounted;
        ColumnProblem problem = state == State.Plain
            ? ColumnProblems.TextAmongManyNumbers(strayCount, Lines(lines), Values())
            : ColumnProblems.TooManyValues(distinct);
        return new Column(name, position, ColumnKind.TooManyValues, rows, null, null, null, new LevelTexts([], [0]), [])
        {
            DistinctCount = distinct,
            MissingCount = missing,
            IsWhole = false,
            Examples = examples,
            Problems = [problem],
        };
    }

    private bool IsMeasurement => textLevels == 0 && 2 * fractionLevels > levelNumbers.Count && 2 * levelNumbers.Count > rows - missing;

    private int AddLevel(ReadOnlySpan<byte> value, uint hash)
    {
        ValueShape shape = NumberText.Read(value, out double number);
        if (shape == ValueShape.Text) textLevels++;
        if (shape == ValueShape.Number)
        {
            finiteLevels++;
            if (number != Math.Floor(number)) fractionLevels++;
        }

        if (examples.Count < 3) examples.Add(Shorten(value));
        levelNumbers.Add(number);
        levels.Add(value, hash, levelNumbers.Count);
        return levelNumbers.Count;
    }

    private void AddUncoded(ReadOnlySpan<byte> value, int code, int row)
    {
        if (state != State.Plain) return;
        if (code == 0)
        {
            numbers!.Add(double.NaN);
            return;
        }

        ValueShape shape = NumberText.Read(value, out double number);
        numbers!.Add(number);
        if (shape == ValueShape.Number) return;
        if (shape == ValueShape.Text && textLevels++ == 0)
        {
            strays.Clear();
            strayCount = 0;
        }

        if (textLevels == 0 || shape == ValueShape.Text) NoteStray(row, Shorten(value));
    }

    private void NoteStray(int row, string value)
    {
        strayCount++;
        if (strays.Count < ShownLines) strays.Add((row, value));
    }

    private void Widen()
    {
        shorts = new ChunkedValues<ushort>();
        for (int row = 0; row < bytes!.Count; row++) shorts.Add(bytes[row]);
        bytes = null;
    }

    private LevelDictionary WithMissingCodes()
    {
        var dictionary = new LevelDictionary();
        foreach (byte[] code in missingCodes)
        {
            if (dictionary.Find(code, out uint hash) < 0) dictionary.Add(code, hash, 0);
        }

        return dictionary;
    }

    private int Compare(int a, int b, bool isNumber, int[] entries)
    {
        int byNumber = isNumber ? levelNumbers[a].CompareTo(levelNumbers[b]) : 0;
        return byNumber != 0 ? byNumber : levels[entries[a]].SequenceCompareTo(levels[entries[b]]);
    }

    private string LevelText(int code)
    {
        for (int e = 0; e < levels.Count; e++)
        {
            if (levels.CodeOf(e) == code) return Shorten(levels[e]);
        }

        return "";
    }

    private List<long> Lines(LineIndex lines) => strays.ConvertAll(s => lines.LineOf(s.Row));

    private List<string> Values() => strays.ConvertAll(s => s.Value);

    private static string Shorten(ReadOnlySpan<byte> value)
    {
        string text = Encoding.UTF8.GetString(value.Length > ShownBytes ? value[..ShownBytes] : value);
        return MessageText.Shorten(text);
    }
}
