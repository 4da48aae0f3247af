using FairMedl.Core.Interpretation;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Tables;

/// <summary>Feature importance of each model side by side, and the ranks of the confounding probes.</summary>
public static class ImportanceTable
{
    /// <summary>Note on what the numbers mean.</summary>
    public const string Meaning =
        "Importance is how much the prediction without cluster effects changes per standard deviation (SD) of an encoded feature. It is " +
        "the mean over test rows and the median over fits; for a regression, in SDs of the target.";

    /// <summary>Note on the order of features and columns.</summary>
    public const string Order = "Features are ordered by their best rank in any of these models.";

    /// <summary>Features in the models' shared order, with each model's rank and importance; every probe is listed.</summary>
    /// <param name="results">The study.</param>
    /// <param name="top">Number of each model's most important features that are listed.</param>
    public static ReportTable Of(StudyResults results, int top = 15)
    {
        var columns = new List<ReportColumn> { new("Feature"), new("Probe") };
        foreach (ImportanceResult model in results.Importance)
        {
            columns.Add(ReportColumn.Number($"Rank, {ResultNames.Model(model.Model)}", "By the median over the fits."));
            columns.Add(ReportColumn.Number($"Rank range, {ResultNames.Model(model.Model)}", "Best and worst rank in a single fit."));
            columns.Add(ReportColumn.Number($"Importance, {ResultNames.Model(model.Model)}"));
        }

        Dictionary<string, FeatureImportance>[] byName =
            results.Importance.Select(m => m.Features.ToDictionary(f => f.Feature, StringComparer.Ordinal)).ToArray();
        Dictionary<string, FeatureImportance> listed = results.Importance
            .SelectMany(m => m.Features.Where(f => f.Rank <= top || f.IsProbe))
            .DistinctBy(f => f.Feature)
            .ToDictionary(f => f.Feature, StringComparer.Ordinal);
        ReportCell[][] rows = SharedOrder.OfFeatures(results.Importance)
            .Where(listed.ContainsKey)
            .Select(name => listed[name])
            .Select(feature => (ReportCell[])
            [
                ReportCell.Words(feature.Feature),
                ReportCell.Words(feature.IsProbe ? "probe" : ""),
                .. byName.SelectMany(model => model.TryGetValue(feature.Feature, out FeatureImportance? own)
                    ? [ReportCell.Count(own.Rank), Spread(own), ReportCell.Number(own.Importance, Digits.Significant(3))]
                    : new[] { ReportCell.Empty, ReportCell.Empty, ReportCell.Empty }),
            ])
            .ToArray();
        return new ReportTable("importance", "Feature importance of the fixed effects", columns, rows,
            [$"The first {top} features of every model, and every probe. {Order}"]);
    }

    /// <summary>Importance by column of the file, with the levels of a category summed within each fit.</summary>
    public static ReportTable Columns(StudyResults results)
    {
        var columns = new List<ReportColumn> { new("Column"), new("Probe") };
        foreach (ImportanceResult model in results.Importance)
        {
            columns.Add(ReportColumn.Number($"Rank, {ResultNames.Model(model.Model)}"));
            columns.Add(ReportColumn.Number($"Importance, {ResultNames.Model(model.Model)}"));
        }

        Dictionary<string, ColumnImportance> all = results.Importance.SelectMany(m => m.Columns ?? []).DistinctBy(c => c.Column)
            .ToDictionary(c => c.Column, StringComparer.Ordinal);
        return new ReportTable(
            "importance-columns",
            "Feature importance by column",
            columns,
            [.. SharedOrder.OfColumns(results.Importance).Select(name => all[name]).Select(column => (ReportCell[])
            [
                ReportCell.Words(column.Column),
                ReportCell.Words(column.IsProbe ? "probe" : ""),
                .. results.Importance.SelectMany(m => m.Columns?.FirstOrDefault(c => c.Column == column.Column) is { } own
                    ? [ReportCell.Count(own.Rank), ReportCell.Number(own.Importance, Digits.Significant(3))]
                    : new[] { ReportCell.Empty, ReportCell.Empty }),
            ])],
            [.. TableNotes.Of("The importances of a category's levels are summed, so a column with many levels ranks higher than its single " +
                "levels. " + Order)]);
    }

    private static ReportCell Spread(FeatureImportance feature) => feature is { BestRank: { } best, WorstRank: { } worst }
        ? best == worst ? ReportCell.Count(best) : ReportCell.Interval(best, worst, Digits.Count)
        : ReportCell.Empty;

    /// <summary>The rank of each probe in each model; null without probes.</summary>
    public static ReportTable? Probes(StudyResults results)
    {
        string[] probes = results.Importance.SelectMany(m => m.Features).Where(f => f.IsProbe).Select(f => f.Feature)
            .Distinct(StringComparer.Ordinal).ToArray();
        if (probes.Length == 0) return null;
        return new ReportTable(
            "probes",
            "Ranks of the confounding probes",
            [new("Model"), ReportColumn.Number("Features"), .. probes.Select(p => ReportColumn.Number(p)),
                ReportColumn.Number("In the top ten")],
            results.Importance.Select(m => (ReportCell[])
            [
                ReportCell.Words(ResultNames.Model(m.Model)),
                ReportCell.Count(m.Features.Count),
                .. probes.Select(p => m.Features.FirstOrDefault(f => f.Feature == p) is { } found
                    ? ReportCell.Count(found.Rank) : ReportCell.Empty),
                ReportCell.Count(m.Features.Count(f => f.IsProbe && f.Rank <= 10)),
            ]).ToArray(),
            [.. TableNotes.Of("A probe is computed from the target's mean in the row's cluster and says nothing about the row itself. A " +
                "model that is not confounded ranks it low.")]);
    }
}
