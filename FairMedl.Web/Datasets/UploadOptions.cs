namespace FairMedl.Web.Datasets;

/// <summary>The limits of uploads through the browser; section <c>FairMedl:Upload</c> of the settings.</summary>
public sealed class UploadOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "FairMedl:Upload";

    /// <summary>The largest file in bytes; 2 GB by default.</summary>
    public long MaxBytes { get; set; } = 2L << 30;
}
