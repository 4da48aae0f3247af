using FairMedl.Core.Data;

namespace FairMedl.Web.Datasets;

/// <summary>How the person says that a file is to be read, as the upload form holds it.</summary>
public sealed class UploadChoices
{
    /// <summary>Comma, semicolon, tab or bar; empty = found out.</summary>
    public string Delimiter { get; set; } = "";

    /// <summary>"yes", "no" or empty = found out.</summary>
    public string Header { get; set; } = "";

    /// <summary>Values that mean missing, separated by spaces or commas.</summary>
    public string Missing { get; set; } = string.Join(" ", new CsvOptions().Missing);

    /// <summary>The same for the reader.</summary>
    public CsvOptions ToOptions() => new()
    {
        Delimiter = Delimiter.Length == 0 ? null : Delimiter,
        HasHeader = Header switch { "yes" => true, "no" => false, _ => null },
        Missing = [.. Missing.Split([' ', ',', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)],
    };
}
