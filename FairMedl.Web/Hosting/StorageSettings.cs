using FairMedl.Core.Storage;

namespace FairMedl.Web.Hosting;

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

/// <summary>The settings "Jobs:...".</summary>
public sealed record JobSettings
{
    /// <summary>Number of fits that run at once, each on one thread. By default one per core, and one on a GPU.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
