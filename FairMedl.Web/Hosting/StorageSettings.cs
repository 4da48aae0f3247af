using FairMedl.Core.Models;
using FairMedl.Core.Storage;

namespace FairMedl.Web.Hosting;

/// <summary>The settings "Storage:..." (or Storage__... in the environment).</summary>
public sealed record StorageSettings
{
    /// <summary>Where the database and the files lie; by default the user's folder for application data.</summary>
    public string? Folder { get; init; }

    /// <summary>How many tables are kept in memory at once.</summary>
    public int TablesInMemory { get; init; } = 3;

    /// <summary>The folder that these settings name.</summary>
    public StorageFolder Open() => new(string.IsNullOrWhiteSpace(Folder) ? StorageFolder.Default : Folder);
}

/// <summary>The settings "Jobs:...".</summary>
public sealed record JobSettings
{
    /// <summary>How many fits run at once, each on one thread; by default one a core, and one on a GPU.</summary>
    public int Threads { get; init; } = ComputeDevice.Parallelism;
}
