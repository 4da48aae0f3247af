using FairMedl.Core.Data.Roles;
using FairMedl.Core.Interpretation;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Tables;

/// <summary>Feature importance of each model side by side: by column of the file, by encoded feature, and of the confounding probes.</summary>
public static class ImportanceTable
{
    /// <summary>Permutation and gradient importance by column of the file, in the models' shared order.</summary>
    public static ReportTable Columns(StudyResults results)
    {
        Digits change = ChangeDigits(results);
        bool permuted = results.Importance.Any(m => m.Permutation is not null);
        var columns = new List<ReportColumn> { new("Column"), new("Probe") };
        foreach (ImportanceResult model in results.Importance)
        {
            string name = ResultNames.Model(model.Model);
            if (permuted)
            {
                columns.Add(ReportColumn.Number($"Permutation importance, {name}", "With its 95% interval."));
                columns.Add(ReportColumn.Number($"Rank, {name}", "By permutation importance."));
            }

            columns.Add(ReportColumn.Number($"Gradient importance, {name}"));
            columns.Add(ReportColumn.Number($"Gradient rank, {name}"));
        }

        HashSet<string> probes = [.. results.Importance.SelectMany(m => m.Columns ?? []).Where(c => c.IsProbe).Select(c => c.Column)];
        return new ReportTable(
            "importance-columns",
            "Feature importance by column",
            columns,
            [.. OrderOfColumns(results.Importance).Select(column => (ReportCell[])
            [
                ReportCell.Words(column),
                ReportCell.Words(probes.Contains(column) ? "probe" : ""),
                .. results.Importance.SelectMany(m => Cells(m, column, permuted, change)),
            ])],
            [.. TableNotes.Of($"All columns. {ImportanceNotes.Order}")]);
    }

    /// <summary>
    /// Encoded features by gradient importance in the models' shared order, with each model's rank and importance; every probe is listed.
    /// </summary>
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
                    ? [ReportCell.Count(own.Rank), Spread(own), Importance(own)]
                    : new[] { ReportCell.Empty, ReportCell.Empty, ReportCell.Empty }),
            ])
            .ToArray();
        return new ReportTable("importance", "Gradient importance by encoded feature", columns, rows,
            [$"The first {top} features of every model, and every probe. {ImportanceNotes.Order}"]);
    }

    /// <summary>Importance and ranks of each probe in each model; null without probes.</summary>
    public static ReportTable? Probes(StudyResults results)
    {
        Digits digits = ChangeDigits(results);
        ReportCell[][] rows = [.. results.Importance.SelectMany(model => model.Features.Where(f => f.IsProbe).OrderBy(f => f.Rank)
            .Select(probe => Probe(model, probe, digits)))];
        if (rows.Length == 0) return null;
        return new ReportTable(
            "probes",
            "Ranks of the confounding probes",
            [
                new("Model"), new("Probe"), ReportColumn.Number("Permutation importance", "With its 95% interval."),
                ReportColumn.Number("Rank among columns", "By permutation importance."),
                ReportColumn.Number("Columns"), ReportColumn.Number("Gradient rank among columns"),
                ReportColumn.Number("Gradient rank among encoded features"), ReportColumn.Number("Encoded features"),
            ],
            rows,
            [.. TableNotes.Of("A probe is computed from the target's mean in the row's cluster and says nothing about the row itself. A " +
                "model that is not confounded ranks it low.")]);
    }

    /// <summary>The columns of all models, by permutation importance where it was measured.</summary>
    public static IReadOnlyList<string> OrderOfColumns(IReadOnlyList<ImportanceResult> models) =>
        [.. SharedOrder.ByPermutation(models).Union(SharedOrder.OfColumns(models), StringComparer.Ordinal)];

    /// <summary>Format of a permutation importance.</summary>
    public static Digits ChangeDigits(StudyResults results) =>
        results.Header.Definition.Data.Target.Task == PredictionTask.Classification ? Digits.Fixed(4) : Digits.Significant(3);

    private static IEnumerable<ReportCell> Cells(ImportanceResult model, string column, bool permuted, Digits digits)
    {
        if (permuted)
        {
            PermutationImportance? own = model.Permutation?.FirstOrDefault(c => c.Column == column);
            yield return own is null ? ReportCell.Empty : ReportCell.WithInterval(own.Change, digits);
            yield return own is null ? ReportCell.Empty : ReportCell.Count(own.Rank);
        }

        ColumnImportance? gradient = model.Columns?.FirstOrDefault(c => c.Column == column);
        yield return gradient is null ? ReportCell.Empty : ReportCell.Number(gradient.Importance, Digits.Significant(3));
        yield return gradient is null ? ReportCell.Empty : ReportCell.Count(gradient.Rank);
    }

    private static ReportCell[] Probe(ImportanceResult model, FeatureImportance probe, Digits digits)
    {
        PermutationImportance? permuted = model.Permutation?.FirstOrDefault(c => c.Column == probe.Column);
        ColumnImportance? column = model.Columns?.FirstOrDefault(c => c.Column == probe.Column);
        return
        [
            ReportCell.Words(ResultNames.Model(model.Model)),
            ReportCell.Words(probe.Feature),
            permuted is null ? ReportCell.None() : ReportCell.WithInterval(permuted.Change, digits),
            ReportCell.Number(permuted?.Rank, Digits.Count),
            ReportCell.Number(model.Columns?.Count, Digits.Count),
            ReportCell.Number(column?.Rank, Digits.Count),
            ReportCell.Count(probe.Rank),
            ReportCell.Count(model.Features.Count),
        ];
    }

    /// <summary>The importance with its value per unit of the encoded column as detail.</summary>
    private static ReportCell Importance(FeatureImportance feature)
    {
        Digits digits = Digits.Significant(3);
        ReportCell cell = ReportCell.Number(feature.Importance, digits);
        return feature.PerUnit is { } unit ? cell with { Details = [$"{digits.Number(unit)} per unit of the encoded column"] } : cell;
    }

    private static ReportCell Spread(FeatureImportance feature) => feature is { BestRank: { } best, WorstRank: { } worst }
        ? best == worst ? ReportCell.Count(best) : ReportCell.Interval(best, worst, Digits.Count)
        : ReportCell.Empty;
}
