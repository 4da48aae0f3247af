using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Tables;

/// <summary>Table of the rows excluded by the study's definition, by rule.</summary>
internal static class ExclusionTable
{
    /// <summary>A row for each rule; null where the study excludes none.</summary>
    public static ReportTable? Of(StudyHeader header)
    {
        IReadOnlyList<RowExclusion> rules = header.Definition.Data.Exclude;
        if (rules.Count == 0) return null;
        return new ReportTable(
            "exclusions",
            "Rows excluded, by rule",
            [new("Column"), new("Excluded values"), ReportColumn.Number("Rows excluded")],
            [
                .. rules.Select((rule, i) => (ReportCell[])
                [
                    ReportCell.Words(rule.Column),
                    ReportCell.Words(string.Join(", ", rule.Values.Select(v => v.Length == 0 ? "missing" : v))),
                    i < header.Excluded.Count ? ReportCell.Count(header.Excluded[i]) : ReportCell.None(),
                ]),
            ],
            rules.Count > 1 ? [.. TableNotes.Of("A row that several rules exclude counts once, under the first of them.")] : []);
    }

    /// <summary>How many rows were excluded and how many remain.</summary>
    public static string[] Sentences(StudyHeader header)
    {
        string remaining = $"{MessageText.Count(header.Rows, "row")} remain: {MessageText.Count(header.SeenRows)} of seen clusters and " +
            $"{MessageText.Count(header.UnseenRows)} of unseen clusters.";
        if (header.Definition.Data.Exclude.Count == 0) return [$"The study excludes no rows by rule. {remaining}"];
        long excluded = header.Excluded.Sum(n => (long)n);
        return header.Excluded.Count == 0
            ? [$"The study excludes rows by the rules below. {remaining}"]
            : [$"The rules below exclude {MessageText.Count(excluded, "row")}. {remaining}"];
    }
}
