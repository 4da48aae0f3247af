namespace FairMedl.Web.Jobs;

/// <summary>The settings "Jobs:...".</summary>
public sealed record JobSettings
{
    /// <summary>Number of fits that run at once, each on one thread. Default: as many as the configured engine and device run.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
