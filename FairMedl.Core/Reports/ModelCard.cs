using System.Globalization;
using FairMedl.Core.Data;
using FairMedl.Core.Experiments;
using FairMedl.Core.Fairness;
using FairMedl.Core.Models;

namespace FairMedl.Core.Reports;

/// <summary>
/// One model of a study as a model card: what it is, what it was trained on, what it does to every group, and what speaks
/// against trusting it. The headings are those of Mitchell et al., "Model Cards for Model Reporting", FAT* 2019. What the
/// study cannot know (who is to use the model, and for what) is left open in plain sight, to be filled in by its owner.
/// </summary>
public static class ModelCard
{
    /// <summary>The card of a model over all seeds; null where the study does not have the model.</summary>
    public static StudyReport? Of(StudyResults results, string model, EffectThresholds? thresholds = null)
    {
        StudyHeader header = results.Header;
        if (ModelCatalogue.Find(model) is not { } kind || header.Definition.Models.All(m => m.Model != model)) return null;
        StudyResults own = results with
        {
            Audits = [.. results.Audits.Where(a => a.Model == model)],
            Fits = [.. results.Fits.Where(f => f.Key.Model == model)],
        };
        bool classification = header.Definition.Data.Target.Task == PredictionTask.Classification;
        Split[] splits = [.. Enum.GetValues<Split>().Where(s => own.Audits.Any(a => a.Split == s && a.Seed is null))];
        string[] attributes = [.. header.Definition.Data.Sensitive.Select(s => s.Column)];
        StudyComparison? comparison = StudyComparison.Of(header.Definition).FirstOrDefault(c => c.Fair == model);
        string task = classification ? $"the probability that {header.TargetDescription}" : header.TargetDescription;
        return new StudyReport(
            $"Model card: {kind.Name}",
            $"{kind.Name} predicts {task} in the study \"{header.Name}\", from {header.Definition.Data.Features.Count.ToString(CultureInfo.InvariantCulture)} features and rows clustered by {header.Definition.Data.Cluster.Column}.",
            [
                new(ReportPart.Origin, "Model details", [kind.Summary, $"Objective: {kind.Objective}", Copies(own)], [Constants(header.Definition, model), OriginTable.Of(own)]),
                new(ReportPart.Shown, "Intended use", ["Not part of the study. Primary use: ______. Users: ______. Uses out of scope: ______."], []),
                new(ReportPart.Shown, "Factors", [$"Groups by {string.Join(", ", attributes)}, named before any result was seen; clusters by {header.Definition.Data.Cluster.Column}, {(header.UnseenRows > 0 ? "of which some were kept out of the training" : "all of them in the training")}."],
                    [.. splits.Select(s => Sizes(own, model, s, classification))]),
                new(ReportPart.Performance, "Metrics: performance", [], [.. splits.Select(s => PerformanceTable.Of(own, s))]),
                new(ReportPart.Groups, "Metrics: groups", [], [.. attributes.SelectMany(a => splits.SelectMany(s => new[] { SpreadTable.Of(own, a, s), GroupRatesTable.Of(own, a, s) }))]),
                .. comparison is null ? [] : new[]
                {
                    new ReportSection(ReportPart.Comparisons, $"Against {ResultNames.Model(comparison.Baseline)}",
                        [.. splits.SelectMany(s => StudySentence.WithOtherHeads(results, comparison.Baseline, model, s))],
                        [.. splits.Select(s => ComparisonTable.Of(results, comparison.Baseline, model, s, thresholds: thresholds))]),
                },
                new(ReportPart.Fits, "Thresholds", [], [ThresholdTable.Of(own)]),
                new(ReportPart.Shown, "Caveats and recommendations", [.. header.Warnings, .. Cautions(own, model, splits), .. StudyReport.Limits(header.Definition.Data.Target.Task), "Legal and ethical review is not part of the study: ______."], []),
                new(ReportPart.Definitions, "Definitions", [], [DefinitionTable.Of(header.Definition.Data.Target.Task)]),
            ]);
    }

    private static string Copies(StudyResults own) => string.Create(
        CultureInfo.InvariantCulture,
        $"Every figure describes {own.Fits.Count} trained copies, one for each fold and seed, each tested on rows that it was not trained on; no single copy is the model.");

    private static ReportTable Constants(ExperimentDefinition definition, string model) => new(
        $"constants-{model}",
        $"Constants of {ResultNames.Model(model)}",
        [new("Constant"), new("Symbol"), new("Value"), new("Meaning"), new("Where the default comes from")],
        [.. EffectiveSetting.Of(definition, model).Select(s => new[] { s.Setting.Name, s.Setting.Symbol, s.Value, s.Setting.Meaning, s.Setting.Source }.Select(ReportCell.Words).ToArray())],
        []);

    private static ReportTable Sizes(StudyResults own, string model, Split split, bool classification)
    {
        AttributeAudit[] attributes = own.Find(model, Head.FixedEffects, split) is { } audit ? [.. audit.Audit.Attributes] : [];
        return new ReportTable(
            $"sizes-{ResultNames.Id(split)}",
            $"Evaluation data: groups, {ResultNames.Long(split)}",
            [new("Attribute"), new("Group"), ReportColumn.Number("n"), .. classification ? new[] { ReportColumn.Number("Positives"), ReportColumn.Number("Negatives") } : []],
            [.. attributes.SelectMany(a => a.Groups.Select(g => (ReportCell[])
            [
                ReportCell.Words(a.Attribute), ReportCell.Words(g.Group), ReportCell.Count(g.N),
                .. classification ? new[] { ReportCell.Count(g.Positives), ReportCell.Count(g.Negatives) } : [],
            ]))],
            []);
    }

    /// <summary>Groups that are too thin for their rates to say much, and rates that do not exist, by name.</summary>
    private static IEnumerable<string> Cautions(StudyResults own, string model, Split[] splits)
    {
        foreach (Split split in splits)
        {
            if (own.Find(model, StudyResults.MainHead(model, split), split) is not { } audit) continue;
            foreach (AttributeAudit attribute in audit.Audit.Attributes)
            {
                string[] thin = [.. attribute.Groups.Where(IsSmall).Select(g => g.Group)];
                if (thin.Length > 0) yield return $"Too few rows for firm figures ({attribute.Attribute}, {ResultNames.Long(split)}): {string.Join(", ", thin)}.";
                foreach (string metric in MetricDescriptions.Of(MetricScope.Attribute, own.Header.Definition.Data.Target.Task == PredictionTask.Classification).Select(m => m.Id))
                {
                    if (MetricDescriptions.Floor(attribute, metric) is not { } floor || MetricDescriptions.Read(attribute, metric).Value is not { } value || value > floor.Percentile95) continue;
                    yield return $"{MetricDescriptions.Get(metric).Name} by {attribute.Attribute} on {ResultNames.Long(split)} lies below its noise floor: it is no evidence of unfairness, nor of fairness.";
                }
            }
        }

        bool IsSmall(GroupAudit group) => own.Header.Definition.Data.Target.Task == PredictionTask.Classification
            ? Math.Min(group.Positives, group.Negatives) < GroupTable.MinimumCount
            : group.N < GroupTable.MinimumCount;
    }
}
