using System.Globalization;
using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fairness.Tests;
using FairMedl.Core.Fits;
using FairMedl.Core.Numerics;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Figures;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Reports.Sentences;
using FairMedl.Core.Reports.Tables;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Document;

/// <summary>
/// One model of a study as a model card, with the headings of Mitchell et al., "Model Cards for Model Reporting", FAT* 2019.
/// What the study cannot know (intended use, users, review) comes from the report fields; where a field is empty, the card says
/// that it was not specified.
/// </summary>
public static class ModelCard
{
    /// <summary>The card of a model over all seeds; null where the study does not have the model.</summary>
    /// <param name="results">The study.</param>
    /// <param name="model">The model's id.</param>
    /// <param name="thresholds">Limits of the effect bands; null = the default.</param>
    /// <param name="details">The report fields; null = none filled in.</param>
    /// <param name="dataFile">The data file's name; null = unknown.</param>
    public static StudyReport? Of(StudyResults results, string model, EffectThresholds? thresholds = null, ReportDetails? details = null,
        string? dataFile = null)
    {
        StudyHeader header = results.Header;
        if (ModelCatalogue.Find(model) is not { } kind || header.Definition.Models.All(m => m.Model != model)) return null;
        StudyResults own = results with
        {
            Audits = [.. results.Audits.Where(a => a.Model == model)],
            Fits = [.. results.Fits.Where(f => f.Key.Model == model)],
        };
        ReportDetails filled = (details ?? ReportDetails.Empty).Trimmed();
        bool classification = header.Definition.Data.Target.Task == PredictionTask.Classification;
        Split[] splits = [.. Enum.GetValues<Split>().Where(s => own.Audits.Any(a => a.Split == s && a.Seed is null))];
        string[] attributes = [.. header.Definition.Data.Sensitive.Select(s => s.Column)];
        StudyComparison? comparison = StudyComparison.Of(header.Definition).FirstOrDefault(c => c.Fair == model);
        var card = new StudyReport(
            $"Model card: {kind.Name}",
            $"{kind.Name} predicts {Predicted(header)} in the study \"{header.Name}\", from " +
                $"{MessageText.Count(header.Definition.Data.Features.Count, "feature")} and rows clustered by " +
                $"{header.Definition.Data.Cluster.Column}.",
            [
                new(ReportPart.Origin, "Model details", [kind.Summary, $"Objective: {kind.Objective}", Copies(own)],
                    [Ownership(header, filled, dataFile), Hyperparameters(header.Definition, model), OriginTable.Of(own)]),
                new(ReportPart.Shown, "Intended use", [], [Use(header, filled)]),
                new(ReportPart.Shown, "Factors",
                    [$"Groups by {SentenceWords.List(attributes)}, as set in the study. Clusters by " +
                    $"{header.Definition.Data.Cluster.Column}: " +
                    $"{(header.UnseenRows > 0 ? "some were held out from training" : "all were used in training")}."],
                    [.. splits.Select(s => Sizes(own, model, s, classification))]),
                new(ReportPart.Performance, "Metrics: performance", [], [.. splits.Select(s => PerformanceTable.Of(own, s))]),
                new(ReportPart.Groups, "Metrics: groups", [],
                    [.. attributes.SelectMany(a => splits.SelectMany(s =>
                    new[] { SpreadTable.Of(own, a, s), GroupRatesTable.Of(own, a, s) }))],
                    [.. attributes.Select(a => splits.Length == 0 ? null : GroupFigure.Of(own, a, splits[0], [model]))
                        .OfType<GroupFigure>()]),
                .. comparison is null ? [] : new[]
                {
                    new ReportSection(ReportPart.Comparisons, $"Compared with {ResultNames.Model(comparison.Baseline)}",
                        [.. splits.SelectMany(s => StudySentence.WithOtherHeads(results, comparison.Baseline, model, s)),
                            .. NoEffect(results, comparison)],
                        [.. splits.Select(s => ComparisonTable.Of(results, comparison.Baseline, model, s, thresholds: thresholds))]),
                },
                new(ReportPart.Fits, "Thresholds", [], [ThresholdTable.Of(own)]),
                new(ReportPart.Shown, "Caveats and recommendations",
                    [.. header.Warnings, .. Cautions(own, model, splits), .. StudyReport.Limits(header.Definition.Data.Target.Task),
                    $"Legal and ethical review: {filled.Review ?? NotSpecified}"], []),
                new(ReportPart.Definitions, "Definitions", [], [DefinitionTable.Of(header.Definition.Data.Target.Task)]),
            ]);
        return card with { Sections = [.. card.Sections.Select(s => s with { Tables = [.. s.Tables.Select(StudyReport.Brief)] })] };
    }

    private static IEnumerable<string> NoEffect(StudyResults results, StudyComparison pair) =>
        DebiasingSentence.Of(RunComparison.Of(results, pair.Baseline, pair.Fair, Split.Seen)) is { } sentence ? [sentence.ToString()] : [];

    /// <summary>Text of a card for an empty field.</summary>
    private const string NotSpecified = "not specified by the author of this card.";

    private static string Predicted(StudyHeader header) =>
        header.Definition.Data.Target.Task == PredictionTask.Classification
            ? $"the probability that {header.TargetDescription}" : header.TargetDescription;

    private static ReportTable Ownership(StudyHeader header, ReportDetails details, string? dataFile)
    {
        (string Name, string? Value)[] facts =
        [
            ("Organization", details.Organisation ?? NotSpecified),
            ("Author of this card", details.Author ?? NotSpecified),
            ("Date", details.Date?.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)),
            ("Data file", dataFile),
            ("Data file hash (SHA-256)", header.DataHash),
        ];
        return Facts("card-owner", "Responsibility", facts);
    }

    private static ReportTable Use(StudyHeader header, ReportDetails details) => Facts("card-use", "Intended use",
    [
        ("Prediction", $"{Predicted(header)}, for rows like those of this study"),
        ("Primary use", details.IntendedUse ?? NotSpecified),
        ("Users", details.IntendedUsers ?? NotSpecified),
        ("Out of scope", details.OutOfScope
            ?? $"{NotSpecified} The study says nothing about other populations, other outcomes or data with other " +
            $"columns{(header.UnseenRows == 0 ? $", nor about a {header.Definition.Data.Cluster.Column} that was not in training" : "")}."),
        ("Purpose of the audit", details.Purpose),
    ]);

    private static ReportTable Facts(string id, string title, (string Name, string? Value)[] facts) => new(
        id, title, [new("Field"), new("Value")],
        [.. facts.Where(f => f.Value is not null).Select(f => new[] { ReportCell.Words(f.Name), ReportCell.Words(f.Value!) })],
        []);

    private static string Copies(StudyResults own) => string.Create(
        CultureInfo.InvariantCulture,
        $"All numbers describe {own.Fits.Count:N0} fits of the model, one for each fold and seed. Each is tested on " +
            $"rows that it did not train on.");

    private static ReportTable Hyperparameters(StudyDefinition definition, string model) => new(
        $"constants-{model}",
        $"Hyperparameters of {ResultNames.Model(model)}",
        [new("Hyperparameter"), new("Symbol"), new("Value"), new("Meaning"), new("Source of the default")],
        [.. EffectiveSetting.Of(definition, model).Select(s =>
            new[] { s.Setting.Name, s.Setting.Symbol, s.Value, s.Setting.Meaning, s.Setting.Source }.Select(ReportCell.Words).ToArray())],
        []);

    private static ReportTable Sizes(StudyResults own, string model, Split split, bool classification)
    {
        AttributeAudit[] attributes = own.Find(model, Head.FixedEffects, split) is { } audit ? [.. audit.Audit.Attributes] : [];
        return new ReportTable(
            $"sizes-{ResultNames.Id(split)}",
            $"Evaluation data: groups, {ClusterWords.Of(own).Of(split)}",
            [new("Attribute"), new("Group"), ReportColumn.Number("n"), .. classification
                ? new[] { ReportColumn.Number("Positives"), ReportColumn.Number("Negatives") } : []],
            [.. attributes.SelectMany(a => a.Groups.Select(g => (ReportCell[])
            [
                ReportCell.Words(a.Attribute), ReportCell.Words(g.Group), ReportCell.Count(g.N),
                .. classification ? new[] { ReportCell.Count(g.Positives), ReportCell.Count(g.Negatives) } : [],
            ]))],
            []);
    }

    /// <summary>Groups that are too small to compare, and spreads below their noise floor, by name.</summary>
    private static IEnumerable<string> Cautions(StudyResults own, string model, Split[] splits)
    {
        bool classification = own.Header.Definition.Data.Target.Task == PredictionTask.Classification;
        foreach (Split split in splits)
        {
            if (own.Find(model, StudyResults.MainHead(model, split), split) is not { } audit) continue;
            foreach (AttributeAudit attribute in audit.Audit.Attributes)
            {
                string[] small = [.. attribute.Groups.Where(g => GroupFigure.IsSmall(g, classification, attribute.MinimumCount)).Select(g => g.Group)];
                if (small.Length > 0) yield return $"Groups of {attribute.Attribute} with too few rows to compare on " +
                    $"{ClusterWords.Of(own).Of(split)}: {string.Join(", ", small)}.";
                foreach (NumericText leftOut in CountedGroupsText.LeftOut(attribute, classification)) yield return leftOut.ToString();
                foreach (string metric in MetricDescriptions.Of(MetricScope.Attribute, classification).Select(m => m.Id))
                {
                    if (MetricDescriptions.Floor(attribute, metric) is not { } floor
                        || MetricDescriptions.Read(attribute, metric).Value is not { } value || value > floor.Percentile95) continue;
                    yield return $"{MetricDescriptions.Get(metric).Name} by {attribute.Attribute} on {ClusterWords.Of(own).Of(split)} " +
                        "is below its noise floor: it is evidence neither of unfairness nor of fairness.";
                }
            }
        }
    }
}
