using FairMedl.Core.Fits.Engines;

namespace FairMedl.Core.Reports.Runs;

/// <summary>Whether compared runs were computed by the same engine on the same device, in a sentence.</summary>
public static class RunOrigins
{
    /// <summary>
    /// The sentence for runs of different engines, versions, devices or vector widths; null where all are the same, or where a run does
    /// not record its own.
    /// </summary>
    public static string? Difference(IReadOnlyList<Run> runs)
    {
        IReadOnlyList<ComputeOrigin>[] origins = [.. runs.Select(r => r.Results.Header.Origins)];
        if (runs.Count < 2 || origins.Any(o => o.Count == 0) || origins.All(o => o.ToHashSet().SetEquals(origins[0]))) return null;
        return "These runs were computed by different engines or devices: " +
            $"{string.Join("; ", runs.Select(r => $"{r.Name} on {r.Results.Header.Device}"))}. " +
            "Engines compute the same method and agree within rounding, which training can amplify. Do not interpret small differences.";
    }
}
