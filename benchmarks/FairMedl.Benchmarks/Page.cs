using System.Globalization;
using System.Text;

namespace FairMedl.Benchmarks;

/// <summary>The results as Markdown, printed as they arrive and collected for a file.</summary>
internal sealed class Page
{
    private readonly StringBuilder text = new();

    public void Heading(string heading) => Line($"\n## {heading}\n");

    public void Line(FormattableString line) => Line(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds a table whose first column is text and whose other columns are numbers.</summary>
    public void Table(string header, IEnumerable<FormattableString> rows)
    {
        Line(header);
        Line(string.Concat(header.Where(c => c == '|').Skip(1).Select((_, i) => i == 0 ? "|---|" : "---:|")));
        foreach (FormattableString row in rows) Line(row);
        Line("");
    }

    public override string ToString() => text.ToString();

    private void Line(string line)
    {
        Console.WriteLine(line);
        text.Append(line).Append('\n');
    }
}
