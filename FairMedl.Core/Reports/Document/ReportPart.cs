using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Figures;

namespace FairMedl.Core.Reports.Document;

/// <summary>Part of a report, which the user can include or omit.</summary>
public enum ReportPart
{
    /// <summary>The tables of a page.</summary>
    Shown,

    /// <summary>Provenance: settings, hashes and versions.</summary>
    Origin,

    /// <summary>The main results on one page.</summary>
    Summary,

    /// <summary>Findings by attribute, with charts by group.</summary>
    Findings,

    /// <summary>Excluded rows, by rule.</summary>
    Exclusions,

    /// <summary>Method and limits.</summary>
    Method,

    /// <summary>Appendix: performance of each model.</summary>
    Performance,

    /// <summary>Appendix: each fair model compared with its baseline.</summary>
    Comparisons,

    /// <summary>Appendix: each attribute by group.</summary>
    Groups,

    /// <summary>Appendix: feature importance and probes.</summary>
    Importance,

    /// <summary>Appendix: intercepts and slopes by cluster.</summary>
    RandomEffects,

    /// <summary>Appendix: fits and their thresholds.</summary>
    Fits,

    /// <summary>Appendix: definitions of all metrics.</summary>
    Definitions,
}

/// <summary>A heading with its paragraphs, figures and tables, in that order.</summary>
public sealed record ReportSection(ReportPart Part, string Heading, IReadOnlyList<string> Paragraphs, IReadOnlyList<ReportTable> Tables,
    IReadOnlyList<IReportFigure>? Figures = null)
{
    /// <summary>Whether it belongs to the appendix, whose tables are wide and print in landscape.</summary>
    public bool IsAppendix { get; init; }
}
