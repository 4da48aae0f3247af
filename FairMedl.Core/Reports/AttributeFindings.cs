using FairMedl.Core.Data;
using FairMedl.Core.Experiments;
using FairMedl.Core.Fairness;

namespace FairMedl.Core.Reports;

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
            [.. splits.Select(s => StudySentence.Of(results, s, attribute: attribute))],
            [Spreads(results, attribute, splits)],
            [.. new[] { GroupFigure.Of(results, attribute, splits[0], Shown(results)) }.OfType<GroupFigure>()]);
    }

    /// <summary>The models that a figure shows: all where there are few, else the main comparison.</summary>
    internal static string[] Shown(StudyResults results)
    {
        string[] models = [.. results.Audits.Where(a => a.Seed is null).Select(a => a.Model).Distinct()];
        if (models.Length <= FigureMark.Count) return models;
        return StudyComparison.Main(results.Header.Definition) is { } main
            ? [main.Baseline, main.Fair] : [.. models.Take(FigureMark.Count)];
    }

    private static ReportTable Spreads(StudyResults results, string attribute, Split[] splits)
    {
        bool classification = results.Header.Definition.Data.Target.Task == PredictionTask.Classification;
        MetricDescription[] metrics = [.. MetricDescriptions.Paper(classification).Spreads.Select(MetricDescriptions.Get)];
        ClusterWords words = ClusterWords.Of(results);
        var rows = new List<IReadOnlyList<ReportCell>>();
        foreach (AuditResult audit in splits.SelectMany(s =>
            results.Audits.Where(a => a.Seed is null && a.Split == s && a.Head == StudyResults.MainHead(a.Model, s))))
        {
            rows.Add(
            [
                ReportCell.Words(ResultNames.Model(audit.Model, audit.Head)),
                ReportCell.Words(audit.Split == Split.Seen ? "seen" : "not seen"),
                .. metrics.Select(m => CompactCell.Of(results, audit, SeedSpread.Attribute(attribute, m.Id),
                    Digits.Of(m.Id, classification))),
            ]);
        }

        return new ReportTable(
            $"findings-{attribute}",
            $"Differences between groups of {attribute}; 0 means no difference",
            [new("Model"), new(ColumnWords.Title(words.Many), Description: $"Seen: {words.Seen}. Not seen: {words.Unseen}."),
                .. metrics.Select(m => new ReportColumn(m.Name, Description: m.Sentence, Metric: m.Id))],
            rows,
            [CompactCell.Note(results), .. Floors(results, attribute, splits[0], metrics)]);
    }

    /// <summary>The noise floors of the last model, which is the fair one where there is one.</summary>
    private static IEnumerable<string> Floors(StudyResults results, string attribute, Split split, MetricDescription[] metrics)
    {
        bool classification = results.Header.Definition.Data.Target.Task == PredictionTask.Classification;
        AuditResult? last = results.Audits.LastOrDefault(a => a.Seed is null && a.Split == split
            && a.Head == StudyResults.MainHead(a.Model, split));
        if (last?.Audit.Attributes.FirstOrDefault(a => a.Attribute == attribute) is not { } found) yield break;
        string[] floors =
        [
            .. from metric in metrics
               let floor = MetricDescriptions.Floor(found, metric.Id)
               where floor is not null
               select $"{metric.NameInText} {Digits.Of(metric.Id, classification).Format(floor.Percentile95)}",
        ];
        if (floors.Length > 0)
            yield return "Noise floor, the spread expected by chance at these group sizes (95th percentile), for " +
                $"{ResultNames.Model(last.Model, last.Head)} on {ClusterWords.Of(results).Of(split)}: {string.Join(", ", floors)}.";
    }
}
