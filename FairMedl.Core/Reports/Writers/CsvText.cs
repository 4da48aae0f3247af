using System.Globalization;
using System.Text;

namespace FairMedl.Core.Reports.Writers;

/// <summary>
/// Writes CSV records (RFC 4180, lines end with a line feed on every machine, so that files can be compared byte by
/// byte). Text that a spreadsheet would run as a formula (it begins with =, +, -, @, a tab or a line end) gets an
/// apostrophe in front, as OWASP advises; what reads as a number stays a number.
/// </summary>
internal sealed class CsvText(TextWriter writer)
{
    private readonly StringBuilder line = new();
    private bool started;

    /// <summary>Writes a record of constant words.</summary>
    public void Header(params ReadOnlySpan<string> names)
    {
        foreach (string name in names) Raw(name);
        End();
    }

    /// <summary>Writes text from the data.</summary>
    public CsvText Text(string text) => Raw(Safe(text));

    /// <summary>Writes a constant that needs no guard against formulas, such as a model's id; quoted where needed.</summary>
    public CsvText Raw(string text)
    {
        if (started) line.Append(',');
        started = true;
        if (text.AsSpan().ContainsAny(",\"\r\n"))
            line.Append('"').Append(text.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        else
            line.Append(text);
        return this;
    }

    /// <summary>Writes a number with the fewest digits that read back to the same value; empty for null.</summary>
    public CsvText Number(double? value) => Raw(value?.ToString("R", CultureInfo.InvariantCulture) ?? "");

    /// <summary>Writes a single-precision number with the fewest digits that read back to the same value; empty for null.</summary>
    public CsvText Number(float value) => Raw(value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>Writes an integer; empty for null.</summary>
    public CsvText Count(long? value) => Raw(value?.ToString(CultureInfo.InvariantCulture) ?? "");

    /// <summary>Ends the record.</summary>
    public void End()
    {
        line.Append('\n');
        writer.Write(line);
        line.Clear();
        started = false;
    }

    /// <summary>Text that spreadsheets do not run as a formula.</summary>
    public static string Safe(string text)
    {
        if (text.Length == 0 || text[0] is not ('=' or '+' or '-' or '@' or '\t' or '\r' or '\n')) return text;
        bool number = double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out double value);
        return number && double.IsFinite(value) ? text : "'" + text;
    }
}
