namespace FairMedl.Web.Jobs;

/// <summary>The settings "Jobs:...".</summary>
public sealed record JobSettings
{
    /// <summary>Number of fits that run at once, each on one thread. By default one per core, and one on a GPU.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
