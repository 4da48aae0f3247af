using FairMedl.Core.Reports.Document;

namespace FairMedl.Web.Reports;

/// <summary>The parts of a report that a person includes or leaves out, and their names in an address.</summary>
public static class ReportParts
{
    /// <summary>The parts of the report itself, with their names. Settings and hashes are always included.</summary>
    public static IReadOnlyList<(ReportPart Part, string Name)> Main { get; } =
    [
        (ReportPart.Summary, "Summary"),
        (ReportPart.Findings, "Findings by attribute"),
        (ReportPart.Exclusions, "Excluded rows"),
        (ReportPart.Method, "Method and limits"),
    ];

    /// <summary>The parts of the appendix, with their names.</summary>
    public static IReadOnlyList<(ReportPart Part, string Name)> Appendix { get; } =
    [
        (ReportPart.Performance, "Performance of each model"),
        (ReportPart.Comparisons, "Fair models against their baselines"),
        (ReportPart.Groups, "Groups of each attribute"),
        (ReportPart.Importance, "Feature importance and probes"),
        (ReportPart.RandomEffects, "Random effects by cluster"),
        (ReportPart.Fits, "Fits and thresholds"),
        (ReportPart.Definitions, "Definitions of all metrics"),
    ];

    /// <summary>All parts in the report's order.</summary>
    public static IReadOnlyList<(ReportPart Part, string Name)> All { get; } = [.. Main, .. Appendix];

    /// <summary>The parts of a report when nothing else is chosen: all but the appendix.</summary>
    public static IReadOnlySet<ReportPart> Default { get; } = Main.Select(p => p.Part).ToHashSet();

    /// <summary>"performance,groups" as parts; unknown names are ignored.</summary>
    public static IReadOnlySet<ReportPart> Parse(string text) =>
        text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .SelectMany(name => All.Where(p => p.Part.ToString().Equals(name, StringComparison.OrdinalIgnoreCase)).Select(p => p.Part))
            .ToHashSet();

    /// <summary>The parts as an address names them, in the report's order.</summary>
    public static string Format(IReadOnlySet<ReportPart> parts) =>
        string.Join(',', All.Where(p => parts.Contains(p.Part)).Select(p => p.Part.ToString().ToLowerInvariant()));
}
