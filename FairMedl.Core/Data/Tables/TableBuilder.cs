using System.Text;
using CsvHelper;
using FairMedl.Core.Data.Csv;
using FairMedl.Core.Data.Roles;

namespace FairMedl.Core.Data.Tables;

/// <summary>Builds the columns of a table from records.</summary>
internal sealed class TableBuilder(string name, CsvOptions options, CsvLimits limits, RecordCheck check)
{
    private readonly byte[][] missingCodes = [[], .. options.Missing.Select(m => Encoding.UTF8.GetBytes(m.Trim()))];
    private readonly LineIndex lines = new();
    private ColumnBuilder[]? columns;
    private long distinctBytes;

    /// <summary>Takes the reader's current record.</summary>
    public void Accept(CsvReader reader)
    {
        if (!check.Take(reader)) return;
        columns ??= [.. check.Names!.Select((column, c) => new ColumnBuilder(column, c, missingCodes))];
        lines.Add(check.RowCount - 1, reader.LineNumber);
        for (int c = 0; c < columns.Length; c++) distinctBytes += columns[c].Add(reader.GetSpan(c));
        if (distinctBytes > limits.MaxDistinctTextBytes) Relieve();
    }

    /// <summary>Returns the finished table.</summary>
    /// <exception cref="InputException">With every fault that was found.</exception>
    public Table Finish(char delimiter, long bytes, string fingerprint)
    {
        IReadOnlyList<ColumnProblem> problems = check.Finish();
        var finished = new Column[columns!.Length];
        for (int c = 0; c < finished.Length; c++)
        {
            finished[c] = columns[c].Finish(lines);
            columns[c] = null!;
        }

        return new Table(name, finished, check.RowCount, lines)
        {
            Fingerprint = fingerprint,
            ByteCount = bytes,
            ReadAs = options with { Delimiter = delimiter.ToString(), HasHeader = check.HasHeader },
            Problems = problems,
        };
    }

    /// <summary>Takes the codes from the widest column: of numbers if there is one, since that loses nothing.</summary>
    private void Relieve()
    {
        ColumnBuilder widest = columns!.Where(c => c.IsAllNumbers).DefaultIfEmpty().MaxBy(c => c?.DistinctBytes ?? 0) is { } numbers
            && numbers.DistinctBytes > 1 << 16
            ? numbers
            : columns!.MaxBy(c => c.DistinctBytes)!;
        widest.LeaveCodes();
        distinctBytes = columns!.Sum(c => c.DistinctBytes);
    }
}
