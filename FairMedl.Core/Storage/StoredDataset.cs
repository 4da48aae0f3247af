namespace FairMedl.Core.Storage;

/// <summary>A data set's row in the database; its bytes lie in the data folder.</summary>
public sealed class StoredDataset
{
    /// <summary>Primary key.</summary>
    public int Id { get; set; }

    /// <summary>What a person calls it.</summary>
    public required string Name { get; set; }

    /// <summary>The file's place below the data folder, with forward slashes. Data sets of the same bytes share one file.</summary>
    public required string File { get; set; }

    /// <summary>How the file is read, as JSON: delimiter and header as given or found out at the upload.</summary>
    public required string Options { get; set; }

    /// <summary>SHA-256 of the file's bytes, in lower-case hexadecimal.</summary>
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
