using FairMedl.Core.Data.Csv;
using FairMedl.Core.Data.Roles;

namespace FairMedl.Core.Data.Tables;

/// <summary>A CSV in columns, as read by <see cref="CsvTableReader"/>: nothing left out and nothing changed.</summary>
public sealed class Table
{
    private readonly Dictionary<string, Column> byName;
    private readonly LineIndex lines;

    internal Table(string name, IReadOnlyList<Column> columns, int rowCount, LineIndex lines)
    {
        Name = name;
        Columns = columns;
        RowCount = rowCount;
        this.lines = lines;
        byName = columns.ToDictionary(c => c.Name, StringComparer.Ordinal);
    }

    /// <summary>What the person calls it, usually the file's name.</summary>
    public string Name { get; }

    /// <summary>The columns in the order of the file.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>How many data rows there are.</summary>
    public int RowCount { get; }

    /// <summary>SHA-256 of the file's bytes, in lower-case hexadecimal.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>How many bytes the file has.</summary>
    public required long ByteCount { get; init; }

    /// <summary>How it was read: delimiter and header as given or found out, missing codes as given.</summary>
    public required CsvOptions ReadAs { get; init; }

    /// <summary>What a person should know about the file as a whole.</summary>
    public required IReadOnlyList<ColumnProblem> Problems { get; init; }

    /// <summary>The column of exactly this name, or null.</summary>
    public Column? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>The physical line (1 is the first of the file) at which a data row (0 is the first) begins.</summary>
    public long LineOf(int row) => lines.LineOf(row);
}
