using FairMedl.Core.Interpretation;
using FairMedl.Core.Numerics;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Document;
using FairMedl.Core.Reports.Figures;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Reports.Sentences;
using FairMedl.Core.Reports.Tables;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Web.Results.Parts;
using FairMedl.Web.Studies.Queue;

namespace FairMedl.Web.Results.Figures;

/// <summary>
/// The tables of the results page under a choice. The page draws them and an export writes them, so an export is what is shown.
/// </summary>
public static class ResultsTables
{
    /// <summary>The tables that are shown, in the page's order: the figure's, the open tab's, then those of the folds.</summary>
    public static IReadOnlyList<ReportTable> Of(ResultsChoice choice) => [.. Disparities(choice) is { } figure ? new[] { figure } : [], .. OfPart(choice), .. Folds(choice)];

    /// <summary>The tables of the open tab.</summary>
    public static IReadOnlyList<ReportTable> OfPart(ResultsChoice choice) => choice.Address.Part switch
    {
        ResultsPart.Groups => [.. choice.Shown.Select(a => GroupsTable.Of(choice, a))],
        ResultsPart.Compare => [Scatter(choice)],
        ResultsPart.Features => Features(choice),
        ResultsPart.Clusters => Clusters(choice),
        ResultsPart.Training => [Losses(choice), Fits(choice)],
        ResultsPart.Provenance => [OriginTable.Of(choice.Results), DefinitionTable.Of(choice.Task)],
    };

    /// <summary>The tables below the tabs.</summary>
    public static IReadOnlyList<ReportTable> Folds(ResultsChoice choice) =>
    [
        .. Comparison(choice) is { } comparison ? new[] { comparison } : [],
        Performance(choice),
        .. choice.Shown.Select(a => Groups(choice, a)),
        .. choice.Shown.Select(a => Differences(choice, a)),
        .. choice.Shown.Select(a => Worst(choice, a)),
    ];

    /// <summary>The compared model against the baseline; null where there is only one model.</summary>
    public static ReportTable? Comparison(ResultsChoice choice) => choice.Comparison is not { } runs ? null
        : BaselineTable.Of(runs, choice.Shown, $"comparison-{choice.Compared}-{choice.Baseline}-{ResultNames.Id(choice.Split)}", choice.Scope());

    /// <summary>What is shown, as a report.</summary>
    public static StudyReport Report(ResultsChoice choice) =>
        StudyReport.OfShown(choice.Results, PartNames.Of(choice.Address.Part, choice.Clusters), string.Join(' ', [Sentence(choice).ToString(), .. choice.NoEffect is { } none ? new[] { none.ToString() } : [], .. choice.OtherHeads.Select(t => t.ToString())]), Of(choice));

    /// <summary>The sentence that the page begins with, about the shown models and attributes.</summary>
    public static SentenceParts Sentence(ResultsChoice choice)
    {
        string? attribute = choice.IsAll ? null : choice.Attribute;
        return choice.Comparison is { } comparison
            ? StudySentence.Parts(comparison, attribute)
            : StudySentence.Parts(choice.Results with { Audits = [.. choice.Results.Audits.Where(a => choice.Models.Contains(a.Model))] }, choice.Split, choice.Head, attribute);
    }

    /// <summary>The main figure's data: every shown attribute and model; null where nothing is defined.</summary>
    public static DisparityFigure? Figure(ResultsChoice choice) =>
        choice.Models.Count == 0 ? null : DisparityFigure.Of([.. choice.BaselineFirst.Select(choice.RunOf)], choice.Split, [.. choice.Shown]);

    /// <summary>The numbers of the main figure; null where nothing is defined.</summary>
    public static ReportTable? Disparities(ResultsChoice choice)
    {
        if (Figure(choice) is not { } figure) return null;
        return new ReportTable(
            $"disparities-{ResultNames.Id(choice.Split)}",
            $"{figure.Title} {char.ToUpperInvariant(choice.Scope()[0])}{choice.Scope()[1..]}",
            [new("Attribute"), new("Metric"), .. figure.Series.Select(s => ReportColumn.Number($"{s} [95% CI]")), .. figure.Series.Select(s => ReportColumn.Number($"{s}, corrected for chance", CountedGroupsText.Corrected)), ReportColumn.Number($"Noise floor of {figure.Series[0]}"), new("Groups")],
            [.. figure.Panels[0].Rows.SelectMany((_, r) => figure.Panels.Select(panel => (panel, row: panel.Rows[r]))).Select(p =>
            {
                Digits digits = Digits.Of(p.panel.Metric, choice.IsClassification);
                return (ReportCell[])
                [
                    ReportCell.Words(p.row.Attribute),
                    ReportCell.Name(p.panel.Metric),
                    .. p.row.Values.Select(v => ReportCell.WithInterval(v.Estimate, digits)),
                    .. p.row.Values.Select(v => v.Corrected is { } corrected ? ReportCell.Number(corrected.Value, digits) : ReportCell.Empty),
                    ReportCell.Number(p.row.NoiseFloor, digits),
                    ReportCell.Words(p.row.SmallGroups ?? p.row.GroupsWords),
                ];
            })],
            [NumericText.Of(figure.Note), .. choice.LeftOut, NumericText.Of(CountedGroupsText.Corrected)]);
    }

    /// <summary>The numbers of the scatter plot of accuracy and fairness.</summary>
    public static ReportTable Scatter(ResultsChoice choice)
    {
        ScatterView view = ScatterView.From(choice);
        Digits across = Digits.Of(view.Across, choice.IsClassification), up = Digits.Of(view.Up, choice.IsClassification);
        return new ReportTable(
            "scatter",
            $"{view.Up.Name} and {view.Across.Name} of {choice.Attribute}, {choice.Scope()}",
            [
                new("Model"),
                ReportColumn.Of(view.Across) with { Name = $"{view.Across.Name} [95% CI]" },
                ReportColumn.Of(view.Up) with { Name = $"{view.Up.Name} [95% CI]" },
                new("Pareto front"),
            ],
            [.. choice.Models.Select(m => (ReportCell[])
            [
                ReportCell.Words(choice.Label(m)),
                ReportCell.WithInterval(view.AcrossOf(m), across),
                ReportCell.WithInterval(view.UpOf(m), up),
                ReportCell.Words(view.Front.Any(p => p.Model == m) ? "yes" : ""),
            ])],
            [NumericText.Of("Pareto front: no other model here is at least as good in both numbers and better in one. Intervals are not considered.")]);
    }

    /// <summary>How well the chosen models predict, with and without cluster effects.</summary>
    public static ReportTable Performance(ResultsChoice choice) => PerformanceTable.Of(
        choice.Results with { Audits = [.. choice.Results.Audits.Where(a => choice.Models.Contains(a.Model))] }, choice.Split, choice.Baseline, choice.Head);

    /// <summary>An attribute's spreads and differences by the chosen head.</summary>
    public static ReportTable Differences(ResultsChoice choice, string attribute) => SpreadTable.Of(
        choice.Results with { Audits = [.. choice.Results.Audits.Where(a => choice.Models.Contains(a.Model) && a.Head == choice.HeadOf(a.Model))] }, attribute, choice.Split);

    /// <summary>Every rate of an attribute by group.</summary>
    public static ReportTable Groups(ResultsChoice choice, string attribute) =>
        GroupRatesTable.Of(choice.Results, attribute, choice.Split, [.. choice.Models.Select(m => (m, choice.HeadOf(m)))]);

    /// <summary>Each model's worst group of an attribute.</summary>
    public static ReportTable Worst(ResultsChoice choice, string attribute) =>
        WorstGroupTable.Of(choice.Results, attribute, choice.Split, [.. choice.Models.Select(m => (m, choice.HeadOf(m)))]);

    /// <summary>The chosen loss by epoch: the mean over each model's fits.</summary>
    public static ReportTable Losses(ResultsChoice choice)
    {
        TrainingCurves curves = TrainingCurves.From(choice);
        double[] epochs = [.. curves.Curves.SelectMany(c => c.Mean.Epochs).Distinct().Order()];
        return new ReportTable(
            "losses",
            curves.Term.Title(),
            [ReportColumn.Number("Epoch"), .. curves.Curves.Select(c => ReportColumn.Number($"{c.Label}: {c.Symbols}"))],
            [.. epochs.Select(epoch => (ReportCell[])
            [
                ReportCell.Count((long)epoch),
                .. curves.Curves.Select(c => ReportCell.Number(c.MeanAt(epoch), Digits.Fixed(4))),
            ])],
            [NumericText.Of("Means over each model's fits."), NumericText.Of(curves.Term.Basis())]);
    }

    /// <summary>Thresholds and lengths of the chosen models' fits.</summary>
    public static ReportTable Fits(ResultsChoice choice) =>
        ThresholdTable.Of(choice.Results with { Fits = [.. choice.Results.Fits.Where(f => choice.Models.Contains(f.Key.Model))] });

    /// <summary>Every table of the chosen models' importance.</summary>
    public static IReadOnlyList<ReportTable> Features(ResultsChoice choice) => Importance(choice).Importance.Count == 0 ? []
        : [.. new[] { ImportanceByColumn(choice), ImportanceByFeature(choice), ProbeRanks(choice) }.OfType<ReportTable>()];

    /// <summary>The chosen models' importance by column of the file; null where there is none.</summary>
    public static ReportTable? ImportanceByColumn(ResultsChoice choice)
    {
        StudyResults shown = Importance(choice);
        return shown.Importance.Any(m => m.Columns is { Count: > 0 }) ? ImportanceTable.Columns(shown) : null;
    }

    /// <summary>The chosen models' importance by encoded feature.</summary>
    public static ReportTable ImportanceByFeature(ResultsChoice choice) => ImportanceTable.Of(Importance(choice));

    /// <summary>Ranks of the probes in the chosen models; null without probes.</summary>
    public static ReportTable? ProbeRanks(ResultsChoice choice) => ImportanceTable.Probes(Importance(choice));

    /// <summary>Notes on the importances of the chosen models.</summary>
    public static IReadOnlyList<string> ImportanceMeaning(ResultsChoice choice) => ImportanceNotes.Of(Importance(choice));

    /// <summary>One model's random effects.</summary>
    public static IReadOnlyList<ReportTable> Clusters(ResultsChoice choice) => Effects(choice) is { } effects
        && ShownEffects.Of(choice.Results, effects) is var shown ? [RandomEffectsTable.Effects(shown), RandomEffectsTable.Slopes(shown)] : [];

    /// <summary>Where the chosen models rank the probes, a sentence a model; empty without probes.</summary>
    public static IReadOnlyList<string> Probes(ResultsChoice choice) =>
        ProbeSentence.Of(Importance(choice));

    private static StudyResults Importance(ResultsChoice choice) =>
        choice.Results with { Importance = [.. choice.Results.Importance.Where(i => choice.Models.Contains(i.Model))] };

    /// <summary>The chosen models that have random effects.</summary>
    public static IReadOnlyList<string> EffectModels(ResultsChoice choice) => [.. choice.Models.Where(m => choice.Results.RandomEffects.Any(r => r.Model == m))];

    /// <summary>The random effects that are shown: of the address's model, the compared one or the first; null where no model has any.</summary>
    public static RandomEffectsResult? Effects(ResultsChoice choice)
    {
        IReadOnlyList<string> models = EffectModels(choice);
        string? model = models.FirstOrDefault(m => m == choice.Address.Model) ?? models.FirstOrDefault(m => m == choice.Compared) ?? (models.Count > 0 ? models[0] : null);
        return choice.Results.RandomEffects.FirstOrDefault(r => r.Model == model);
    }
}
