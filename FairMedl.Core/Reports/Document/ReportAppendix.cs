using FairMedl.Core.Fairness.Tests;
using FairMedl.Core.Numerics;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Figures;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Reports.Sentences;
using FairMedl.Core.Reports.Tables;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Document;

/// <summary>The appendix of a study's report: every table in full.</summary>
internal static class ReportAppendix
{
    /// <summary>Its sections.</summary>
    public static IEnumerable<ReportSection> Of(StudyResults results, EffectThresholds? thresholds)
    {
        StudyDefinition definition = results.Header.Definition;
        Split[] splits = [.. Enum.GetValues<Split>().Where(s => results.Audits.Any(a => a.Split == s && a.Seed is null))];
        List<ReportSection> sections =
        [
            new(ReportPart.Performance, "Performance", [],
                [.. splits.Select(s => PerformanceTable.Of(results, s, StudyComparison.BaselineOf(definition)))]),
            .. StudyComparison.Of(definition).Select(c => Comparison(results, c, splits, thresholds)),
            .. ReportOrder.Attributes(results).Select(attribute => new ReportSection(
                ReportPart.Groups,
                $"Groups of {attribute}",
                [],
                [.. splits.SelectMany(s => new[] { GroupRatesTable.Of(results, attribute, s), SpreadTable.Of(results, attribute, s) })])),
        ];
        if (results.Importance.Count > 0) sections.Add(Importance(results));
        if (results.RandomEffects.Count > 0) sections.Add(Effects(results));
        sections.Add(new(ReportPart.Fits, "Fits and thresholds", [], [ThresholdTable.Of(results)]));
        sections.Add(new(ReportPart.Definitions, "Definitions of all metrics", [], [DefinitionTable.Of(definition.Data.Target.Task)]));
        return sections.Select(s => s with { IsAppendix = true });
    }

    private static ReportSection Comparison(StudyResults results, StudyComparison comparison, Split[] splits,
        EffectThresholds? thresholds) => new(
        ReportPart.Comparisons,
        $"{ResultNames.Model(comparison.Fair)} against {ResultNames.Model(comparison.Baseline)}",
        [
            .. splits.SelectMany(s => StudySentence.WithOtherHeads(results, comparison.Baseline, comparison.Fair, s)),
            .. splits.Select(s => DebiasingSentence.Of(RunComparison.Of(results, comparison.Baseline, comparison.Fair, s))).Take(1)
                .OfType<NumericText>().Select(s => s.ToString()),
        ],
        [
            .. splits.Select(s => ComparisonTable.Of(results, comparison.Baseline, comparison.Fair, s, thresholds: thresholds)),
            .. splits.Select(s => PairedTestTable.Of(results, comparison.Baseline, comparison.Fair, s)).OfType<ReportTable>(),
        ],
        [.. splits.Select(s => DisparityFigure.Of(results,
            [.. new[] { comparison.Baseline, comparison.Fair }.Select(m => (m, StudyResults.MainHead(m, s)))], s))
            .OfType<DisparityFigure>()]);

    private static ReportSection Effects(StudyResults results)
    {
        ShownEffects[] shown = [.. results.RandomEffects.Select(effects => ShownEffects.Of(results, effects))];
        return new(ReportPart.RandomEffects, "Random effects", [.. shown.Select(s => s.Meaning).Distinct(), shown[0].IntervalMeaning],
            [.. shown.SelectMany(s => new[] { RandomEffectsTable.Effects(s), RandomEffectsTable.Slopes(s) })]);
    }

    private static ReportSection Importance(StudyResults results)
    {
        ReportTable?[] tables =
        [
            results.Importance.Any(m => m.Columns is { Count: > 0 }) ? ImportanceTable.Columns(results) : null,
            ImportanceTable.Of(results),
            ImportanceTable.Probes(results),
        ];
        return new(ReportPart.Importance, "Feature importance", [.. ImportanceNotes.Of(results), .. ProbeSentence.Of(results)],
            [.. tables.OfType<ReportTable>()]);
    }
}
