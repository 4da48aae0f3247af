using FairMedl.Core.Numerics;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Reports.Sentences;
using FairMedl.Core.Reports.Tables;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Core.Studies.Scoring;

namespace FairMedl.Core.Reports.Document;

/// <summary>Report on scoring a new file: notes, then the audit of the rows that have a target.</summary>
public static class ScoringDocument
{
    /// <summary>The document.</summary>
    public static StudyReport Of(ScoringReport report)
    {
        var sections = new List<ReportSection> { new(ReportPart.Origin, "What was predicted", report.Notes, []) };
        IReadOnlyList<ReportTable> tables = Tables(report);
        if (tables.Count > 0)
            sections.Add(new ReportSection(ReportPart.Groups, "Audit of the new data", TrainingOverlapSentence.Of(report) is { } overlap
                ? [overlap.ToString()] : [], tables));
        return new StudyReport($"{report.File}, scored by {ResultNames.Model(report.Model)}", Sentence(report).ToString(), sections);
    }

    /// <summary>Number of rows by known and unknown clusters.</summary>
    public static NumericText Sentence(ScoringReport report) =>
        $"{report.Predicted:N0} of {report.Summary.Rows:N0} rows predicted, {report.InSeenClusters:N0} of them in clusters " +
        $"seen in training, {report.Labelled:N0} with a target to audit against.";

    /// <summary>Whether a table is about an attribute.</summary>
    public static bool IsOf(ReportTable table, string attribute) =>
        Enum.GetValues<Split>().Any(s => table.Id == GroupRatesTable.IdOf(attribute, s) || table.Id == SpreadTable.IdOf(attribute, s));

    /// <summary>The audit's tables: performance, then each attribute's groups and differences; none without a target.</summary>
    public static IReadOnlyList<ReportTable> Tables(ScoringReport report)
    {
        if (report.Audit is not { } audit) return [];
        Split[] splits = [.. Enum.GetValues<Split>().Where(s => audit.Audits.Any(a => a.Split == s))];
        IEnumerable<ReportTable> tables = splits.Select(s => Titled(PerformanceTable.Of(audit, s), s, "Performance"));
        foreach (string attribute in audit.Header.Definition.Data.Sensitive.Select(s => s.Column))
        {
            tables = tables.Concat(splits.SelectMany(s => new[]
            {
                Titled(GroupRatesTable.Of(audit, attribute, s,
                    [.. audit.Audits.Where(a => a.Split == s).Select(a => (a.Model, a.Head))]), s,
                    $"Groups of {attribute}"),
                Titled(SpreadTable.Of(audit, attribute, s), s, $"Differences between groups of {attribute}"),
            }));
        }

        return [.. tables];

        // The first note of these tables is about the study's folds and seeds.
        ReportTable Titled(ReportTable table, Split split, string title) => table with
        {
            Title = $"{title}, clusters {(split == Split.Seen ? "seen" : "not seen")} in training",
            // The notes already say what was not measured.
            Rows = [.. table.Rows.Where(r => !(r[0].Metric == "counterfactual_fairness" && r[2].Value is null))],
            Notes = [$"Mean predictions of {report.Members}, on the rows of {report.File} that have a target.", .. table.Notes.Skip(1)],
        };
    }
}
