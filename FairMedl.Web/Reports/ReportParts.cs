using FairMedl.Core.Reports;

namespace FairMedl.Web.Reports;

/// <summary>The parts of a report that a person chooses from, and how an address names them.</summary>
public static class ReportParts
{
    /// <summary>All parts to choose from, with their names; the origin is always there.</summary>
    public static IReadOnlyList<(ReportPart Part, string Name)> All { get; } =
    [
        (ReportPart.Performance, "Performance of each model"),
        (ReportPart.Comparisons, "Fair models against their baselines"),
        (ReportPart.Groups, "Groups of each attribute"),
        (ReportPart.Importance, "Feature importance and probes"),
        (ReportPart.RandomEffects, "Random effects by cluster"),
        (ReportPart.Fits, "Fits and thresholds"),
        (ReportPart.Definitions, "Definitions of the metrics"),
    ];

    /// <summary>"performance,groups" as parts; what is not the name of one is passed over.</summary>
    public static IReadOnlySet<ReportPart> Parse(string text) =>
        text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .SelectMany(name => All.Where(p => p.Part.ToString().Equals(name, StringComparison.OrdinalIgnoreCase)).Select(p => p.Part))
            .ToHashSet();

    /// <summary>The parts as an address names them, in the report's order.</summary>
    public static string Format(IReadOnlySet<ReportPart> parts) => string.Join(',', All.Where(p => parts.Contains(p.Part)).Select(p => p.Part.ToString().ToLowerInvariant()));
}
