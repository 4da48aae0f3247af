namespace FairMedl.Core.Reports;

/// <summary>What a section is about: what a person includes in a report, or leaves out.</summary>
public enum ReportPart
{
    /// <summary>What a page shows.</summary>
    Shown,

    /// <summary>Settings and hashes: what the study was computed from.</summary>
    Origin,

    /// <summary>The main results on one page.</summary>
    Summary,

    /// <summary>Findings by attribute, with charts by group.</summary>
    Findings,

    /// <summary>Rows that were excluded, and why.</summary>
    Exclusions,

    /// <summary>Method and limits.</summary>
    Method,

    /// <summary>Appendix: how well each model predicts.</summary>
    Performance,

    /// <summary>Appendix: each fair model against its baseline.</summary>
    Comparisons,

    /// <summary>Appendix: each attribute, group by group.</summary>
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
public sealed record ReportSection(ReportPart Part, string Heading, IReadOnlyList<string> Paragraphs, IReadOnlyList<ReportTable> Tables, IReadOnlyList<IReportFigure>? Figures = null)
{
    /// <summary>Whether it belongs to the appendix, whose tables are wide and print in landscape.</summary>
    public bool IsAppendix { get; init; }
}
