using System.Globalization;
using CsvHelper;
using FairMedl.Core.Data.Tables;

namespace FairMedl.Core.Data.Csv;

/// <summary>
/// Checks records against the header and collects the faults of the file: names, numbers of fields, quotes. The first faults of
/// each kind are listed and the others counted, so that the user sees all kinds at once on one screen.
/// </summary>
internal sealed class RecordCheck(CsvLimits limits)
{
    private const int ShownAlike = 10, ShownFaults = 30;
    private readonly List<InputFault> faults = [];
    private readonly Dictionary<string, int> alike = new(StringComparer.Ordinal);
    private readonly List<long> strayQuotes = [];
    private long unlistedFaults, strayQuoteCount;
    private InputFault? cutOff, lastRagged;

    /// <summary>Whether the first record names the columns.</summary>
    public bool HasHeader { get; set; }

    /// <summary>Column names; null before the first record.</summary>
    public string[]? Names { get; private set; }

    /// <summary>Number of data rows read so far.</summary>
    public int RowCount { get; private set; }

    /// <summary>Whether anything is wrong so far.</summary>
    public bool HasFaults => faults.Count > 0;

    /// <summary>Whether the reader's current record is a data row with as many fields as there are columns.</summary>
    /// <exception cref="InputException">The file has too many columns or rows.</exception>
    public bool Take(CsvReader reader)
    {
        int fields = reader.FieldCount;
        if (fields == 1 && reader.GetSpan(0).IsEmpty && IsBlank(reader.RawRecord)) return false;
        if (Names is null)
        {
            Begin(reader, fields);
            if (HasHeader) return false;
        }

        lastRagged = null;
        if (fields != Names!.Length)
        {
            lastRagged = new InputFault(
                string.Create(CultureInfo.InvariantCulture,
                    $"The record has {fields} {(fields == 1 ? "field" : "fields")}, but the " +
                    $"{(HasHeader ? "header" : "first record")} has {Names.Length}."),
                "Correct or remove the record. Values that contain the delimiter need quotes.", reader.LineNumber);
            AddFault(lastRagged);
            return false;
        }

        if (RowCount == limits.MaxRows)
        {
            throw FaultsWith(new InputFault($"The file has more than {MessageText.Count(limits.MaxRows)} rows.", "Upload fewer rows.",
                reader.LineNumber));
        }

        RowCount++;
        return true;
    }

    /// <summary>Takes what the reader reports about quotes.</summary>
    public void TakeMalformed(CsvMalformedRecord record)
    {
        switch (record.Reason)
        {
            case CsvMalformedReason.UnterminatedQuote:
                cutOff = new InputFault("The file ends inside a quoted value. The record starts here.",
                    "Close the quote. If the file is truncated, upload the complete file.", record.LineNumber,
                    Value: MessageText.Shorten(record.RawRecord));
                break;
            case CsvMalformedReason.TextAfterClosingQuote:
                AddFault(new InputFault("Text follows a closing quote.", "Double the quotes inside a quoted value, or remove them.",
                    record.LineNumber, Value: MessageText.Shorten(record.RawRecord)));
                break;
            default:
                strayQuoteCount++;
                if (strayQuotes.Count < 10) strayQuotes.Add(record.LineNumber);
                break;
        }
    }

    /// <summary>Adds an error. Errors with the same remedy count as one kind.</summary>
    public void AddFault(InputFault fault)
    {
        int before = alike.GetValueOrDefault(fault.Remedy);
        alike[fault.Remedy] = before + 1;
        if (before < ShownAlike && faults.Count < ShownFaults) faults.Add(fault);
        else unlistedFaults++;
    }

    /// <summary>At the end of the file: what a person should know about it as a whole.</summary>
    /// <exception cref="InputException">With every fault that was found.</exception>
    public IReadOnlyList<ColumnProblem> Finish()
    {
        if (cutOff is not null)
        {
            // The swallowed rest of the file makes a ragged record as well; the quote is the cause.
            if (lastRagged is not null) faults.Remove(lastRagged);
            faults.Add(cutOff);
        }
        else if (lastRagged is not null && faults.Contains(lastRagged))
        {
            faults[faults.IndexOf(lastRagged)] = lastRagged with
            {
                Remedy =
                "The file ends here and may be truncated. Upload the complete file, or correct or remove the record."
            };
        }

        if (Names is null && faults.Count == 0)
            faults.Add(new InputFault("The file is empty.", "Upload a CSV with a header and at least one row."));
        else if (RowCount == 0 && faults.Count == 0)
            faults.Add(new InputFault("The file has a header but no rows.", "Upload a CSV with at least one row.", 1));
        if (faults.Count > 0) throw Failure();
        return strayQuoteCount == 0
            ? []
            : [new ColumnProblem("Some values contain a quote but do not start with one. The quote is kept as text.",
                "No action is needed if the quote is part of the value.", strayQuoteCount, strayQuotes, [])];
    }

    /// <summary>The faults so far with one more that ends the reading, which is listed however many there are.</summary>
    public InputException FaultsWith(InputFault last)
    {
        faults.Add(last);
        return Failure();
    }

    private InputException Failure()
    {
        if (unlistedFaults > 0)
        {
            faults.Add(new InputFault($"The file has {MessageText.Count(unlistedFaults, "more problem")} of this kind.",
                "If most records are affected, the delimiter is probably wrong. Set it explicitly."));
        }

        return new InputException(faults);
    }

    private void Begin(CsvReader reader, int fields)
    {
        long line = reader.LineNumber;
        if (fields > limits.MaxColumns)
        {
            throw FaultsWith(new InputFault($"The file has {MessageText.Count(fields)} columns. The maximum is " +
                $"{MessageText.Count(limits.MaxColumns)}.", "Upload fewer columns.", line));
        }

        Names = new string[fields];
        var met = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int c = 0; c < fields; c++)
        {
            Names[c] = HasHeader ? reader.GetString(c).Trim() : string.Create(CultureInfo.InvariantCulture, $"column{c + 1}");
            if (Names[c].Length == 0)
            {
                AddFault(new InputFault(string.Create(CultureInfo.InvariantCulture, $"Column {c + 1} has no name."),
                    "Add a name to the header, or remove the column.", line));
            }
            else if (Names[c].Length > 200)
            {
                AddFault(new InputFault(string.Create(CultureInfo.InvariantCulture,
                    $"The name of column {c + 1} is longer than 200 characters."), "Shorten it.", line,
                    Value: MessageText.Shorten(Names[c])));
            }
            else if (!met.TryAdd(Names[c], c))
            {
                AddFault(new InputFault(string.Create(CultureInfo.InvariantCulture,
                    $"Columns {met[Names[c]] + 1} and {c + 1} have the same name."), "Rename one of them.", line, Names[c]));
            }
        }
    }

    private static bool IsBlank(ReadOnlySpan<byte> raw) => raw.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0;
}
