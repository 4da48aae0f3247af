using FairMedl.Core.Data.Roles;

namespace FairMedl.Web.Datasets;

/// <summary>The options of the upload form.</summary>
public sealed class UploadChoices
{
    /// <summary>The separator between fields; empty = detected.</summary>
    public string Delimiter { get; set; } = "";

    /// <summary>Whether the first line holds the column names: "yes", "no", or empty = detected.</summary>
    public string Header { get; set; } = "";

    /// <summary>Values to treat as missing, separated by spaces or commas.</summary>
    public string Missing { get; set; } = string.Join(" ", new CsvOptions().Missing);

    /// <summary>The options of the CSV reader.</summary>
    public CsvOptions ToOptions() => new()
    {
        Delimiter = Delimiter.Length == 0 ? null : Delimiter,
        HasHeader = Header switch { "yes" => true, "no" => false, _ => null },
        Missing = [.. Missing.Split([' ', ',', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)],
    };
}
