using System.Globalization;
using System.Text;

namespace FairMedl.Benchmarks;

/// <summary>The results as Markdown: on the terminal as they come, and kept for a file.</summary>
internal sealed class Page
{
    private readonly StringBuilder text = new();

    public void Heading(string heading) => Line($"\n## {heading}\n");

    public void Line(FormattableString line) => Line(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>A table: its first column is text, the others are numbers.</summary>
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
