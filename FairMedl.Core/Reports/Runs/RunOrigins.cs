using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Runs;

/// <summary>Whether compared runs were computed by the same engine on the same device, in a sentence.</summary>
public static class RunOrigins
{
    /// <summary>
    /// The sentence for runs of different engines, versions, devices or vector widths; null where all are the same. A run that records
    /// none was computed by the managed engine, so it differs from runs of other engines only.
    /// </summary>
    public static string? Difference(IReadOnlyList<Run> runs)
    {
        if (runs.Count < 2) return null;
        HashSet<ComputeOrigin>[] recorded = [.. runs.Select(r => r.Results.Header.Origins.ToHashSet()).Where(o => o.Count > 0)];
        bool differ = recorded.Any(o => !o.SetEquals(recorded[0]));
        bool otherThanUnrecorded = recorded.Length < runs.Count
            && recorded.Any(o => o.Any(origin => origin.Engine != ComputeOrigin.FirstEngine));
        if (!differ && !otherThanUnrecorded) return null;
        return "These runs were computed by different engines or devices: " +
            $"{string.Join("; ", runs.Select(r => $"{r.Name} on {Device(r.Results.Header)}"))}. " +
            "Engines compute the same method and agree within rounding, which training can amplify. Do not interpret small differences.";
    }

    private static string Device(StudyHeader header) => header.Origins.Count == 0 ? "an engine that was not recorded" : header.Device;
}
