using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Numerics;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Figures;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Reports.Sentences;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Document;

/// <summary>Report section on one attribute: a sentence, a chart of its groups and a table of its spreads.</summary>
internal static class AttributeFindings
{
    /// <summary>The section; null while there are no audits of the attribute.</summary>
    public static ReportSection? Of(StudyResults results, string attribute)
    {
        Split[] splits = [.. Enum.GetValues<Split>().Where(s =>
            results.Audits.Any(a => a.Seed is null && a.Split == s && a.Audit.Attributes.Any(x => x.Attribute == attribute)))];
        if (splits.Length == 0) return null;
        return new ReportSection(
            ReportPart.Findings,
            $"Findings by {attribute}",
            [.. splits.Select(s => StudySentence.Of(results, s, attribute: attribute)),
                .. CountedGroupsText.LeftOut(results, splits[0], [attribute]).Select(n => n.ToString())],
            [Spreads(results, attribute, splits)],
            [.. new[] { GroupFigure.Of(results, attribute, splits[0], Shown(results)) }.OfType<GroupFigure>()]);
    }

    /// <summary>The models that a figure shows: all where there are few, else the main comparison.</summary>
    internal static IReadOnlyList<string> Shown(StudyResults results)
    {
        IReadOnlyList<string> models = ReportOrder.Models(results);
        if (models.Count <= FigureMark.MostModels) return models;
        return [.. models.Take(StudyComparison.Main(results.Header.Definition, models) is null ? FigureMark.MostModels : 2)];
    }

    private static ReportTable Spreads(StudyResults results, string attribute, Split[] splits)
    {
        bool classification = results.Header.Definition.Data.Target.Task == PredictionTask.Classification;
        MetricDescription[] metrics = [.. MetricDescriptions.Paper(classification).Spreads.Select(MetricDescriptions.Get)];
        ClusterWords words = ClusterWords.Of(results);
        var rows = new List<IReadOnlyList<ReportCell>>();
        foreach (AuditResult audit in splits.SelectMany(s =>
            ReportOrder.Models(results).Select(m => results.Find(m, StudyResults.MainHead(m, s), s)).OfType<AuditResult>()))
        {
            rows.Add(
            [
                ReportCell.Words(ResultNames.Model(audit.Model, audit.Head)),
                ReportCell.Words(audit.Split == Split.Seen ? "seen" : "not seen"),
                .. metrics.Select(m => CompactCell.Of(results, audit, SeedSpread.Attribute(attribute, m.Id),
                    Digits.Of(m, classification))),
            ]);
        }

        return new ReportTable(
            $"findings-{attribute}",
            $"Differences between groups of {attribute}; 0 means no difference",
            [new("Model"), new(ColumnWords.Title(words.Many), Description: $"Seen: {words.Seen}. Not seen: {words.Unseen}."),
                .. metrics.Select(m => new ReportColumn(m.Name, Description: m.Sentence, Metric: m.Id))],
            rows,
            [CompactCell.Note(results), .. Corrected(results, attribute, splits[0], metrics),
                .. Floors(results, attribute, splits[0], metrics)]);
    }

    /// <summary>The SDs of each model corrected for chance.</summary>
    private static IEnumerable<NumericText> Corrected(StudyResults results, string attribute, Split split, MetricDescription[] metrics)
    {
        bool classification = results.Header.Definition.Data.Target.Task == PredictionTask.Classification;
        NumericText[] models =
        [
            .. from model in ReportOrder.Models(results)
               let found = results.Find(model, StudyResults.MainHead(model, split), split)
               let audit = found?.Audit.Attributes.FirstOrDefault(a => a.Attribute == attribute)
               where audit is not null
               let values = metrics.Select(m => (Metric: m, MetricDescriptions.Corrected(audit, m.Id)?.Value)).Where(m => m.Value is not null)
                   .Select(m => NumericText.Of($"{m.Metric.NameInText} {Digits.Of(m.Metric, classification).Number(m.Value!.Value)}"))
                   .ToArray()
               where values.Length > 0
               select NumericText.Of($"{ResultNames.Model(found.Model, found.Head)} {NumericText.Join(", ", values)}"),
        ];
        if (models.Length > 0)
            yield return $"Corrected for chance, on {ClusterWords.Of(results).Of(split)}: {NumericText.Join("; ", models)}.";
    }

    /// <summary>The noise floors of the baseline, as in the figures.</summary>
    private static IEnumerable<NumericText> Floors(StudyResults results, string attribute, Split split, MetricDescription[] metrics)
    {
        bool classification = results.Header.Definition.Data.Target.Task == PredictionTask.Classification;
        AuditResult? baseline = ReportOrder.Baseline(results, split);
        if (baseline?.Audit.Attributes.FirstOrDefault(a => a.Attribute == attribute) is not { } found) yield break;
        NumericText[] floors =
        [
            .. from metric in metrics
               let floor = MetricDescriptions.Floor(found, metric.Id)
               where floor is not null
               select NumericText.Of($"{metric.NameInText} {Digits.Of(metric, classification).Number(floor.Percentile95)}"),
        ];
        if (floors.Length > 0)
            yield return $"Noise floor, the spread expected by chance at these group sizes (95th percentile), for " +
                $"{ResultNames.Model(baseline.Model, baseline.Head)} on {ClusterWords.Of(results).Of(split)}: " +
                $"{NumericText.Join(", ", floors)}.";
    }
}
