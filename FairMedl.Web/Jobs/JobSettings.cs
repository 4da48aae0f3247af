namespace FairMedl.Web.Jobs;

/// <summary>The settings "Jobs:...".</summary>
public sealed record JobSettings
{
    /// <summary>Number of fits that run at once, each on one thread. Default: one for each processor core.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
