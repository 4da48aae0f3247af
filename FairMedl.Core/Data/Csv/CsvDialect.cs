using System.Text;
using CsvHelper;
using FairMedl.Core.Data.Roles;

namespace FairMedl.Core.Data.Csv;

/// <summary>How a file is written, found out from its first lines where the person did not say.</summary>
/// <param name="Delimiter">Comma, semicolon, tab or bar; null leaves it to a first line of the form <c>sep=;</c>.</param>
/// <param name="HasHeader">Whether the first record names the columns.</param>
internal readonly record struct CsvDialect(char? Delimiter, bool HasHeader)
{
    private const int Looked = 200;
    private const string Candidates = ",;\t|";

    /// <summary>Reads the head of the file, which is UTF-8 and may end anywhere.</summary>
    public static CsvDialect Find(ReadOnlyMemory<byte> head, bool isWhole, CsvOptions options)
    {
        char? delimiter = options.Delimiter is { } given ? given[0] : SniffDelimiter(head, isWhole);
        bool hasHeader = options.HasHeader ?? SniffHeader(Records(head, isWhole, delimiter), options.Missing);
        return new CsvDialect(delimiter, hasHeader);
    }

    /// <summary>The reader's options for this dialect; spaces and tabs around a value never count.</summary>
    public static CsvReaderOptions ReaderOptions(char? delimiter, int maxRecordBytes) => new()
    {
        Separator = delimiter,
        HasHeader = false,
        TrimWhitespace = true,
        TrimInsideQuotes = true,
        TrackLineNumbers = true,
        SkipEmptyLines = true,
        MaxRecordSize = maxRecordBytes,
        Encoding = null,
    };

    private static char? SniffDelimiter(ReadOnlyMemory<byte> head, bool isWhole)
    {
        ReadOnlySpan<byte> text = head.Span;
        if (text.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) text = text[3..];
        if (text.StartsWith("sep="u8)) return null;

        char best = ',';
        (double Share, int Fields) score = (0, 0);
        foreach (char candidate in Candidates)
        {
            List<string[]> records = Records(head, isWhole, candidate);
            if (records.Count == 0 || records[0].Length < 2) continue;
            int fields = records[0].Length;
            double share = records.Count(r => r.Length == fields) / (double)records.Count;
            if ((share, fields).CompareTo(score) <= 0) continue;
            score = (share, fields);
            best = candidate;
        }

        return best;
    }

    /// <summary>
    /// A column votes "header" if its first value is text above numbers, and "data" if its first value is a number or a
    /// missing code. One vote for a header decides; without any vote, names are taken for data only where most of
    /// them come again below.
    /// </summary>
    private static bool SniffHeader(List<string[]> records, IReadOnlyList<string> missing)
    {
        if (records.Count == 0) return true;
        string[] first = records[0];
        bool isNumberFirst = false;
        int again = 0;
        for (int c = 0; c < first.Length; c++)
        {
            string name = first[c];
            bool isMissing = name.Length == 0 || missing.Contains(name, StringComparer.Ordinal);
            bool isNumber = IsNumber(name);
            List<string> below = [.. records.Skip(1).Where(r => r.Length > c && r[c].Length > 0
                && !missing.Contains(r[c], StringComparer.Ordinal)).Select(r => r[c])];
            if (!isMissing && !isNumber && below.Count > 0 && below.TrueForAll(IsNumber)) return true;
            isNumberFirst |= isNumber;
            if (isMissing || below.Contains(name)) again++;
        }

        return !isNumberFirst && (again == 0 || 2 * again <= first.Length);
    }

    private static bool IsNumber(string text) => NumberText.Read(Encoding.UTF8.GetBytes(text), out _) == ValueShape.Number;

    private static List<string[]> Records(ReadOnlyMemory<byte> head, bool isWhole, char? delimiter)
    {
        var records = new List<string[]>();
        using CsvReader reader = CsvReader.Create(head, ReaderOptions(delimiter, int.MaxValue / 4));
        while (records.Count <= Looked && reader.Read())
        {
            var fields = new string[reader.FieldCount];
            for (int i = 0; i < fields.Length; i++) fields[i] = reader.GetString(i);
            records.Add(fields);
        }

        if (!isWhole && records.Count is > 1 and <= Looked) records.RemoveAt(records.Count - 1);
        return records;
    }
}
