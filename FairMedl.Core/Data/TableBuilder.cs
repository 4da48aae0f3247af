using System.Globalization;
using System.Text;
using CsvHelper;

namespace FairMedl.Core.Data;

/// <summary>Takes records into columns and gathers what is wrong with them.</summary>
internal sealed class TableBuilder(string name, CsvOptions options, CsvLimits limits)
{
    private const int ShownFaults = 20;

    private readonly byte[][] missingCodes = [[], .. options.Missing.Select(m => Encoding.UTF8.GetBytes(m.Trim()))];
    private readonly LineIndex lines = new();
    private readonly List<InputFault> faults = [];
    private readonly List<ColumnProblem> problems = [];
    private readonly List<long> strayQuotes = [];
    private ColumnBuilder[]? columns;
    private string[] names = [];
    private long distinctBytes, unlistedFaults, strayQuoteCount;
    private InputFault? cutOff;
    private InputFault? lastRagged;

    /// <summary>Whether the first record names the columns.</summary>
    public bool HasHeader { get; set; }

    /// <summary>Data rows so far.</summary>
    public int RowCount { get; private set; }

    /// <summary>Takes the reader's current record.</summary>
    public void Accept(CsvReader reader)
    {
        int fields = reader.FieldCount;
        if (fields == 1 && reader.GetSpan(0).IsEmpty && IsBlank(reader.RawRecord)) return;
        if (columns is null)
        {
            Begin(reader, fields);
            if (HasHeader) return;
        }

        lastRagged = null;
        if (fields != columns!.Length)
        {
            lastRagged = new InputFault(
                string.Create(CultureInfo.InvariantCulture, $"The record has {fields} {(fields == 1 ? "field" : "fields")}, the {(HasHeader ? "header" : "first record")} has {columns.Length}."),
                "Complete or remove it; a value that holds the delimiter must stand in quotes.", reader.LineNumber);
            AddFault(lastRagged);
            return;
        }

        if (RowCount == limits.MaxRows)
        {
            throw FaultsWith(new InputFault($"The file has more than {ShownText.Count(limits.MaxRows)} rows.", "Upload fewer rows.", reader.LineNumber));
        }

        lines.Add(RowCount, reader.LineNumber);
        RowCount++;
        for (int c = 0; c < columns.Length; c++) distinctBytes += columns[c].Add(reader.GetSpan(c));
        if (distinctBytes > limits.MaxDistinctTextBytes) Relieve();
    }

    /// <summary>Takes what the reader reports about quotes.</summary>
    public void AcceptMalformed(CsvMalformedRecord record)
    {
        switch (record.Reason)
        {
            case CsvMalformedReason.UnterminatedQuote:
                cutOff = new InputFault("The file ends inside a quoted value of the record that begins here.",
                    "Close the quote; if the file was cut off, upload the whole of it.", record.LineNumber, Value: ShownText.Shorten(record.RawRecord));
                break;
            case CsvMalformedReason.TextAfterClosingQuote:
                AddFault(new InputFault("Text follows a closing quote.", "Double the quotes inside a quoted value, or remove them.",
                    record.LineNumber, Value: ShownText.Shorten(record.RawRecord)));
                break;
            default:
                strayQuoteCount++;
                if (strayQuotes.Count < 10) strayQuotes.Add(record.LineNumber);
                break;
        }
    }

    /// <summary>The table.</summary>
    /// <exception cref="InputException">With every fault that was found.</exception>
    public Table Finish(char delimiter, long bytes, string fingerprint)
    {
        if (cutOff is not null)
        {
            // The swallowed rest of the file makes a ragged record as well; the quote is the cause.
            if (lastRagged is not null) faults.Remove(lastRagged);
            AddFault(cutOff);
        }
        else if (lastRagged is not null && faults.Contains(lastRagged))
        {
            faults[faults.IndexOf(lastRagged)] = lastRagged with { Remedy = "The file ends here and may have been cut off: upload the whole of it, or complete or remove the record." };
        }

        if (columns is null && faults.Count == 0) faults.Add(new InputFault("The file is empty.", "Upload a CSV with a header and at least one row."));
        else if (RowCount == 0 && faults.Count == 0) faults.Add(new InputFault("The file has a header but no rows.", "Upload a CSV with at least one row.", 1));
        if (faults.Count > 0) throw Failure();

        if (strayQuoteCount > 0)
        {
            problems.Add(new ColumnProblem("Some values hold a quote although they do not begin with one; it is kept as text.",
                "Nothing, if the quote belongs to the value.", strayQuoteCount, strayQuotes, []));
        }

        var finished = new Column[columns!.Length];
        for (int c = 0; c < finished.Length; c++)
        {
            finished[c] = columns[c].Finish(lines);
            columns[c] = null!;
        }

        return new Table(name, finished, RowCount, lines)
        {
            Fingerprint = fingerprint,
            ByteCount = bytes,
            ReadAs = options with { Delimiter = delimiter.ToString(), HasHeader = HasHeader },
            Problems = problems,
        };
    }

    /// <summary>The faults so far with one more that ends the reading.</summary>
    public InputException FaultsWith(InputFault last)
    {
        AddFault(last);
        return Failure();
    }

    private InputException Failure()
    {
        if (unlistedFaults > 0)
        {
            faults.Add(new InputFault($"{ShownText.Count(unlistedFaults)} more records have such faults.",
                "If nearly all have, the delimiter was taken wrongly: name it."));
        }

        return new InputException(faults);
    }

    private void AddFault(InputFault fault)
    {
        if (faults.Count < ShownFaults) faults.Add(fault);
        else unlistedFaults++;
    }

    private void Begin(CsvReader reader, int fields)
    {
        long line = reader.LineNumber;
        if (fields > limits.MaxColumns)
        {
            throw FaultsWith(new InputFault($"The file has {ShownText.Count(fields)} columns; at most {ShownText.Count(limits.MaxColumns)} are read.", "Upload fewer columns.", line));
        }

        names = new string[fields];
        columns = new ColumnBuilder[fields];
        var met = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int c = 0; c < fields; c++)
        {
            names[c] = HasHeader ? reader.GetString(c).Trim() : string.Create(CultureInfo.InvariantCulture, $"column{c + 1}");
            if (names[c].Length == 0)
            {
                AddFault(new InputFault(string.Create(CultureInfo.InvariantCulture, $"Column {c + 1} has no name."), "Name it in the header, or remove the column.", line));
            }
            else if (names[c].Length > 200)
            {
                AddFault(new InputFault(string.Create(CultureInfo.InvariantCulture, $"The name of column {c + 1} is longer than 200 characters."), "Shorten it.", line, Value: ShownText.Shorten(names[c])));
            }
            else if (!met.TryAdd(names[c], c))
            {
                AddFault(new InputFault(string.Create(CultureInfo.InvariantCulture, $"Columns {met[names[c]] + 1} and {c + 1} have the same name."), "Rename one of them.", line, names[c]));
            }

            columns[c] = new ColumnBuilder(names[c], c, missingCodes);
        }
    }

    /// <summary>Takes the codes from the widest column: of numbers if there is one, since that loses nothing.</summary>
    private void Relieve()
    {
        ColumnBuilder widest = columns!.Where(c => c.IsAllNumbers).DefaultIfEmpty().MaxBy(c => c?.DistinctBytes ?? 0) is { } numbers && numbers.DistinctBytes > 1 << 16
            ? numbers
            : columns!.MaxBy(c => c.DistinctBytes)!;
        widest.LeaveCodes();
        distinctBytes = columns!.Sum(c => c.DistinctBytes);
    }

    private static bool IsBlank(ReadOnlySpan<byte> raw) => raw.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0;
}
