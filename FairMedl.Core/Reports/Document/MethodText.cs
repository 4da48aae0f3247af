using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fairness.Tests;
using FairMedl.Core.Fits;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Sentences;
using FairMedl.Core.Reports.Tables;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Document;

/// <summary>Report section on methods and limits.</summary>
internal static class MethodText
{
    /// <summary>Its paragraphs: models, repetitions, thresholds, warnings about the data, limits.</summary>
    public static IReadOnlyList<string> Of(StudyResults results, EffectThresholds thresholds)
    {
        StudyDefinition definition = results.Header.Definition;
        return
        [
            .. definition.Models.Select(m => ModelCatalogue.Find(m.Model)).OfType<ModelKind>().Select(k => $"{k.Name}: {k.Summary}"),
            .. Enum.GetValues<Split>().Where(s => results.Audits.Any(a => a.Split == s))
            .Select(s => $"{Capital(ClusterWords.Of(results).Of(s))}: {TableNotes.Repetitions(results, s)}"),
            $"Decision threshold: {ThresholdTable.Rule(results.Threshold, results.Fits.SelectMany(f => new[] { f.FixedThreshold, f.MixedThreshold }))}.",
            .. CountedGroupsText.Version(results).Select(v => v.ToString()),
            .. results.Header.Warnings,
            .. StudyReport.Limits(definition.Data.Target.Task),
            TableNotes.Bands(thresholds).ToString(),
        ];
    }

    /// <summary>The metrics used in the main part of the report; the appendix defines all.</summary>
    public static ReportTable Metrics(StudyResults results)
    {
        bool classification = results.Header.Definition.Data.Target.Task == PredictionTask.Classification;
        (IReadOnlyList<string> overall, IReadOnlyList<string> spreads) = MetricDescriptions.Paper(classification);
        return new ReportTable(
            "main-metrics",
            "Metrics of this report",
            [new("Metric"), new("Meaning")],
            [.. overall.Select(MetricDescriptions.Get).Concat(MetricDescriptions.Main(MetricScope.Group, classification))
                .Concat(spreads.Select(MetricDescriptions.Get))
                .Select(m => new[] { ReportCell.Name(m), ReportCell.Words(m.Sentence) })],
            []);
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
