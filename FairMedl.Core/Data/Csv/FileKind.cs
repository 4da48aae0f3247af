namespace FairMedl.Core.Data.Csv;

/// <summary>
/// Detects the kind of a file that is not a CSV by its first bytes, so that the error message can name it.
/// </summary>
internal static class FileKind
{
    /// <summary>Number of bytes to inspect.</summary>
    public const int Bytes = 64;

    private const string Export = "Export the table as a UTF-8 CSV file and upload that.",
        OtherFile = "Upload the CSV file that contains the data.";

    private static readonly (byte[] Begin, string Kind, string Remedy)[] Known =
    [
        ([.. "PK\x03\x04"u8], "an Excel workbook or a ZIP archive", "Save the sheet as CSV UTF-8, or extract the archive."),
        ([0xD0, 0xCF, 0x11, 0xE0], "an Excel 97-2003 workbook (.xls)", "Save the sheet as CSV UTF-8."),
        ([0x1F, 0x8B], "compressed with gzip", "Decompress it first."),
        ([.. "BZh"u8], "compressed with bzip2", "Decompress it first."),
        ([0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0], "compressed with xz", "Decompress it first."),
        ([0x28, 0xB5, 0x2F, 0xFD], "compressed with Zstandard", "Decompress it first."),
        ([(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C], "a 7-Zip archive", "Decompress it first."),
        ([0x89, .. "PNG"u8], "a PNG image", OtherFile),
        ([0xFF, 0xD8, 0xFF], "a JPEG image", OtherFile),
        ([.. "GIF8"u8], "a GIF image", OtherFile),
        ([.. "%PDF-"u8], "a PDF", OtherFile),
        ([.. "PAR1"u8], "a Parquet file", Export),
        ([.. "ARROW1"u8], "an Arrow (Feather) file", Export),
        ([.. "SQLite format 3"u8], "an SQLite database", Export),
        ([.. "$FL2"u8], "an SPSS file", Export),
        ([.. "<stata_dta>"u8], "a Stata file", Export),
        ([0x7F, .. "ELF"u8], "a program", OtherFile),
    ];

    /// <summary>Returns the error for a file that starts with these bytes; null if it may be a CSV file.</summary>
    public static InputFault? Fault(ReadOnlySpan<byte> begin)
    {
        foreach ((byte[] known, string kind, string remedy) in Known)
            if (begin.StartsWith(known)) return NotACsv(kind, remedy);
        if (IsWideText(begin))
            return new InputFault("The file looks like UTF-16 text without a byte-order mark.", "Save it as a UTF-8 CSV file.");

        ReadOnlySpan<byte> text = (begin.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? begin[3..] : begin).TrimStart(" \t\r\n"u8);
        if (BeginsWithTag(text, "<!doctype html"u8) || BeginsWithTag(text, "<html"u8))
            return NotACsv("a web page (HTML)",
                "The download address probably returned a web page. Open it in a browser and download the data file.");
        if (BeginsWithTag(text, "<?xml"u8)) return NotACsv("XML", Export);
        return IsJson(text) ? NotACsv("JSON",
            "Upload the CSV file that contains the data. If this file is a study definition, load it on the roles page.") : null;
    }

    private static InputFault NotACsv(string kind, string remedy) => new($"The file is {kind}, not a CSV.", remedy);

    /// <summary>Letters of the Latin alphabet in two bytes each, in either order.</summary>
    private static bool IsWideText(ReadOnlySpan<byte> begin)
    {
        (int even, int odd) = (0, 0);
        for (int i = 0; i < begin.Length; i++)
        {
            if (begin[i] != 0) continue;
            if (i % 2 == 0) even++;
            else odd++;
        }

        return Math.Min(even, odd) == 0 && 8 * Math.Max(even, odd) >= 3 * begin.Length && begin.Length >= 4;
    }

    /// <summary>Compares without regard to case.</summary>
    private static bool BeginsWithTag(ReadOnlySpan<byte> text, ReadOnlySpan<byte> tag) =>
        text.Length >= tag.Length && System.Text.Ascii.EqualsIgnoreCase(text[..tag.Length], tag);

    /// <summary>An object with its first name, or a list of objects or lists: a header in brackets, [id],[age], is none of them.</summary>
    private static bool IsJson(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text[0] is not ((byte)'{' or (byte)'[')) return false;
        ReadOnlySpan<byte> inside = text[1..].TrimStart(" \t\r\n"u8);
        return !inside.IsEmpty && (text[0] == '{' ? inside[0] == '"' : inside[0] is (byte)'{' or (byte)'[');
    }
}
