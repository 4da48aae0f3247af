using FairMedl.Core.Storage;

namespace FairMedl.Web.Services;

/// <summary>The settings "Storage:..." (or Storage__... in the environment).</summary>
public sealed record StorageSettings
{
    /// <summary>The data folder, with the database and the files; by default in the user's folder for application data.</summary>
    public string? Folder { get; init; }

    /// <summary>Number of data sets kept in memory.</summary>
    public int TablesInMemory { get; init; } = 3;

    /// <summary>The data folder of these settings.</summary>
    public StorageFolder Open() => new(string.IsNullOrWhiteSpace(Folder) ? StorageFolder.Default : Folder);
}
