using System.Text;
using CsvHelper;

namespace FairMedl.Tests.Reports;

/// <summary>Reads what was written, with a reader that is not ours.</summary>
internal static class Csv
{
    public static List<string[]> Read(string text)
    {
        using CsvReader reader = CsvReader.Create(new MemoryStream(Encoding.UTF8.GetBytes(text)), CsvReaderOptions.Default with { Separator = ',', HasHeader = false });
        var records = new List<string[]>();
        while (reader.Read()) records.Add(Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetString(i) ?? "").ToArray());
        return records;
    }
}
