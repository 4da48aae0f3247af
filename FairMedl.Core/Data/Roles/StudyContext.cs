using System.Globalization;
using FairMedl.Core.Data.Csv;
using FairMedl.Core.Data.Tables;

namespace FairMedl.Core.Data.Roles;

/// <summary>A table under a definition while the study is built, with what was found wrong so far.</summary>
internal sealed class StudyContext(Table table, DataSpecification specification)
{
    private const int ShownLines = 5, ShownLacking = 10;
    private int lacking;

    public Table Table { get; } = table;

    public DataSpecification Specification { get; } = specification;

    public List<InputFault> Faults { get; } = [];

    public List<InputFault> Warnings { get; } = [];

    /// <summary>Rows after exclusions, ascending.</summary>
    public int[] Rows { get; set; } = [];

    /// <summary>Returns the column with this name; null, after adding an error with the closest name, if there is none.</summary>
    public Column? Find(string name, string path)
    {
        Column? column = Table.Find(name);
        if (column is null && (name.Length == 0 || lacking++ < ShownLacking))
        {
            Faults.Add(new InputFault(
                name.Length == 0 ? "No column is specified." : "The file has no column with this name.",
                NearestName.Suggest(name, [.. Table.Columns.Select(c => c.Name)]), Column: name.Length == 0 ? null : name, Path: path));
        }

        return column;
    }

    /// <summary>All faults, to be thrown. What the file lacks beyond the first few columns is a number.</summary>
    public InputException Failure()
    {
        if (lacking > ShownLacking)
            Faults.Add(new InputFault($"The file lacks {MessageText.Count(lacking - ShownLacking, "more column")}.",
                "If nearly all columns are missing, this is probably the wrong file. Use the study's data file."));
        return new InputException(Faults);
    }

    /// <summary>Adds a single error if the file has none of the columns in the definition: it is probably the wrong file.</summary>
    public void RefuseAnotherFile()
    {
        string[] named = [.. Specification.Columns.Where(c => c.Length > 0).Distinct(StringComparer.Ordinal)];
        if (named.Length < 2 || named.Any(c => Table.Find(c) is not null)) return;
        throw new InputException(new InputFault(
            $"The file has none of the {MessageText.Count(named.Length)} columns in the definition ({MessageText.List(named)}). Its " +
                $"columns are {MessageText.List(Table.Columns.Select(c => c.Name))}.",
            "Use the study's data file, or correct the column names in the definition. If the header was split " +
                "incorrectly, set the delimiter.", Path: "$.data"));
    }

    public void Fault(string path, Column column, string what, string remedy, string? value = null) =>
        Faults.Add(new InputFault(what, remedy, Column: column.Name, Value: value is null ? null : MessageText.Shorten(value), Path: path));

    public void Warn(string path, Column column, string what, string remedy) =>
        Warnings.Add(new InputFault(what, remedy, Column: column.Name, Path: path));

    /// <summary>
    /// Adds one error for all rows that match a condition, with their count, first lines and first value; returns whether there
    /// are any.
    /// </summary>
    public bool FaultRows(string path, Column column, Func<int, bool> isHit, Func<long, string> what, string remedy)
    {
        long count = 0;
        var at = new List<long>();
        string? value = null;
        foreach (int row in Rows)
        {
            if (!isHit(row)) continue;
            if (count++ == 0) value = column.Text(row);
            if (at.Count < ShownLines) at.Add(Table.LineOf(row));
        }

        if (count == 0) return false;
        string more = count > 1 ? $" ({MessageText.Lines(at, count)})" : "";
        Faults.Add(new InputFault($"{what(count)}{more}.", remedy, at[0], column.Name, value is null
            ? null : MessageText.Shorten(value), path));
        return true;
    }

    /// <summary>Refuses a column that holds no usable values for a role; true if it did.</summary>
    public bool RefuseUnusable(Column column, string path, string role)
    {
        switch (column.Kind)
        {
            case ColumnKind.Empty:
                Fault(path, column, "Every value of the column is missing.", $"Choose another {role}.");
                return true;
            case ColumnKind.TooManyValues:
                Fault(path, column, string.Create(CultureInfo.InvariantCulture,
                    $"The column has more than {CsvLimits.MaxLevels:N0} distinct text values, so its values are not stored."),
                    $"Choose another {role}, or merge rare values before you upload the file.");
                return true;
            case ColumnKind.Number or ColumnKind.Text:
            default:
                return false;
        }
    }

    /// <summary>Refuses a column of plain numbers where levels are needed; true if it did.</summary>
    public bool RefuseWithoutLevels(Column column, string path, string role)
    {
        if (column.HasLevels) return false;
        Fault(path, column, $"The column has {MessageText.Count(column.DistinctCount)} distinct numbers.",
            $"Choose a column with fewer values as {role}.");
        return true;
    }

    /// <summary>Refuses non-finite numbers among the remaining rows; true if there were any.</summary>
    public bool RefuseNonFinite(Column column, string path) => FaultRows(path, column, row => double.IsInfinity(column.Number(row)),
        n => $"{MessageText.Count(n)} {(n == 1 ? "value is" : "values are")} infinite or NaN",
        "Exclude the rows, or mark the value as missing.");

    /// <summary>Refuses text where numbers are needed; true if it did.</summary>
    public bool RefuseText(Column column, string path, string purpose)
    {
        if (column.Kind == ColumnKind.Number) return false;
        var isText = new bool[column.Levels.Count];
        for (int l = 0; l < isText.Length; l++) isText[l] = !NumberText.TryFinite(column.Levels[l], out _);
        if (!FaultRows(path, column, row => column.Code(row) is >= 0 and int code && isText[code],
            n => $"{purpose} must be numeric, but {MessageText.Count(n)} {(n == 1 ? "value is" : "values are")} text",
            "Correct the values, mark them as missing, or choose another column."))
        {
            Fault(path, column, $"{purpose} must be numeric, but the column is read as text because of values in excluded rows.",
                "Remove these rows from the file, or mark their values as missing.");
        }

        return true;
    }
}
