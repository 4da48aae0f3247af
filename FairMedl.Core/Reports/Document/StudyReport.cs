using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fairness.Tests;
using FairMedl.Core.Numerics;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Reports.Sentences;
using FairMedl.Core.Reports.Tables;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Document;

/// <summary>
/// A study as a document: a cover, then sections of paragraphs, figures and tables. All writers lay out the same sections. It
/// holds no clock time and no path, so the same study and the same report fields give the same report.
/// </summary>
public sealed record StudyReport(string Title, string Summary, IReadOnlyList<ReportSection> Sections)
{
    /// <summary>The cover; null for a model card and for the export of a page.</summary>
    public ReportCover? Cover { get; init; }

    /// <summary>The parts of the report itself; all others are its appendix.</summary>
    public static IReadOnlySet<ReportPart> MainParts { get; } =
        new HashSet<ReportPart> { ReportPart.Origin, ReportPart.Summary, ReportPart.Findings, ReportPart.Exclusions, ReportPart.Method };

    /// <summary>The report of a study, finished or not, with its appendix.</summary>
    /// <param name="results">The study.</param>
    /// <param name="thresholds">Limits of the effect bands; null = the default.</param>
    /// <param name="details">The cover's fields; null = none.</param>
    /// <param name="dataFile">The data file's name, for the cover; null = unknown.</param>
    public static StudyReport Of(StudyResults results, EffectThresholds? thresholds = null, ReportDetails? details = null,
        string? dataFile = null)
    {
        ReportCover cover = ReportCover.Of(results, details ?? ReportDetails.Empty, dataFile);
        IEnumerable<ReportSection> sections =
        [
            ReportSummary.Of(results),
            .. ReportOrder.Attributes(results).Select(a => AttributeFindings.Of(results, a)).OfType<ReportSection>(),
            new(ReportPart.Exclusions, "Excluded rows", ExclusionTable.Sentences(results.Header),
                [.. new[] { ExclusionTable.Of(results.Header) }.OfType<ReportTable>()]),
            new(ReportPart.Method, "Method and limits", MethodText.Of(results, thresholds ?? EffectThresholds.Default),
                [MethodText.Metrics(results)]),
            new(ReportPart.Origin, "Settings and hashes", [], [OriginTable.Of(results)]),
            .. ReportAppendix.Of(results, thresholds),
        ];
        return new StudyReport(cover.Title, StudySentence.Of(results),
            [.. sections.Select(s => s with { Tables = [.. s.Tables.Select(Brief)] })])
        { Cover = cover };
    }

    /// <summary>
    /// The content of a page as a report: its sentence and tables, then their provenance and the definitions of the metrics.
    /// </summary>
    /// <param name="results">The study.</param>
    /// <param name="heading">The content in a few words.</param>
    /// <param name="sentence">The page's sentence.</param>
    /// <param name="tables">The tables of the page, in order.</param>
    public static StudyReport OfShown(StudyResults results, string heading, string sentence, IReadOnlyList<ReportTable> tables)
    {
        ReportTable[] always = [OriginTable.Of(results), DefinitionTable.Of(results.Header.Definition.Data.Target.Task)];
        ReportTable[] missing = [.. always.Where(t => tables.All(shown => shown.Id != t.Id))];
        return new StudyReport(
            results.Header.Name,
            sentence,
            [
                new ReportSection(ReportPart.Shown, heading, results.Header.Warnings, tables),
                .. missing.Length > 0
                    ? new[] { new ReportSection(ReportPart.Origin, "Settings, hashes and definitions", [], missing) } : [],
            ]);
    }

    /// <summary>The report with these sections only. Settings and hashes always stay: numbers without them cannot be checked.</summary>
    public StudyReport Only(IReadOnlySet<ReportPart> parts) =>
        this with { Sections = [.. Sections.Where(s => s.Part == ReportPart.Origin || parts.Contains(s.Part))] };

    /// <summary>A table without the notes that the report's method section has. A table exported alone keeps them.</summary>
    internal static ReportTable Brief(ReportTable table) => table with { Notes = [.. table.Notes.Where(n => !General.Contains(n))] };

    private static readonly HashSet<NumericText> General = [.. TableNotes.Metrics(MetricDescriptions.All),
        .. TableNotes.Of(TableNotes.SpreadsByGroups, TableNotes.Corrected, TableNotes.Floor, TableNotes.Intervals, TableNotes.ByClusters)];

    /// <summary>The limits that apply to every study.</summary>
    internal static string[] Limits(PredictionTask task) =>
    [
        "A rate whose denominator is zero is undefined. It appears as a dash with its reason and is left out of the spread, which then " +
            "says how many groups it includes.",
        .. task == PredictionTask.Classification ? new[] { "A score equal to the threshold counts as a positive prediction." } : [],
        "Counterfactual fairness is measured by an attribute flip with all else fixed. It is not a causal claim.",
        .. task == PredictionTask.Regression
            ? new[] { "The spread of the groups' mean squared errors reflects both how unfair the model is and how much the " +
            "outcome varies within groups." } : [],
        TableNotes.SpreadsByGroups,
        TableNotes.Corrected,
        TableNotes.Floor,
        TableNotes.Intervals,
        TableNotes.ByClusters,
    ];
}
