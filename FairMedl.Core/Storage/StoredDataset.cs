namespace FairMedl.Core.Storage;

/// <summary>Database row of a data set, whose file is in the data folder.</summary>
public sealed class StoredDataset
{
    /// <summary>Primary key.</summary>
    public int Id { get; set; }

    /// <summary>Name chosen by the user.</summary>
    public required string Name { get; set; }

    /// <summary>Path of the file below the data folder, with forward slashes. Data sets of the same content share one file.</summary>
    public required string File { get; set; }

    /// <summary>Reading options as JSON: delimiter and header as given or detected at the upload.</summary>
    public required string Options { get; set; }

    /// <summary>SHA-256 of the file, in lower-case hexadecimal.</summary>
    public required string Fingerprint { get; set; }

    /// <summary>Number of data rows.</summary>
    public int Rows { get; set; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; set; }

    /// <summary>File size in bytes.</summary>
    public long Bytes { get; set; }

    /// <summary>Time of the upload.</summary>
    public DateTimeOffset AddedAt { get; set; }

    /// <summary>Whether it is the simulated lending data.</summary>
    public bool IsSample { get; set; }
}
