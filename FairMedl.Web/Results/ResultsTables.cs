using FairMedl.Core.Data;
using FairMedl.Core.Experiments;
using FairMedl.Core.Interpretation;
using FairMedl.Core.Reports;
using FairMedl.Web.Studies;

namespace FairMedl.Web.Results;

/// <summary>
/// The tables of each part of the results under a choice: those of the reports, over the chosen models, head and split. A
/// page draws them and an export writes them, so that an export is what is shown.
/// </summary>
public static class ResultsTables
{
    /// <summary>The tables of the open part, in the page's order.</summary>
    public static IReadOnlyList<ReportTable> Of(ResultsChoice choice) => choice.Address.Part switch
    {
        ResultsPart.Compare => [.. Comparison(choice) is { } comparison ? new[] { comparison } : [], Scatter(choice), .. Tests(choice) is { } tests ? new[] { tests } : [], Performance(choice)],
        ResultsPart.Groups => [Bars(choice), Worst(choice), Differences(choice), Groups(choice)],
        ResultsPart.Training => [Losses(choice), Fits(choice)],
        ResultsPart.Features => Features(choice),
        ResultsPart.Provenance => [OriginTable.Of(choice.Results), DefinitionTable.Of(choice.Task)],
    };

    /// <summary>What is shown, as a report of its own.</summary>
    public static StudyReport Report(ResultsChoice choice) =>
        StudyReport.OfShown(choice.Results, PartNames.Of(choice.Address.Part), string.Join(' ', [Sentence(choice), .. choice.OtherHeads]), Of(choice));

    /// <summary>The sentence that the page begins with: of the shown models and the shown attribute.</summary>
    public static string Sentence(ResultsChoice choice)
    {
        string sentence = choice.Compared is { } compared
            ? StudySentence.Of(choice.Results, choice.Baseline, compared, choice.Split, choice.Head, choice.Attribute)
            : StudySentence.Of(choice.Results with { Audits = [.. choice.Results.Audits.Where(a => choice.Models.Contains(a.Model))] }, choice.Split, choice.Head, choice.Attribute);
        // "95 %" stays on one line.
        return sentence.Replace(" %", "\u00a0%", StringComparison.Ordinal);
    }

    /// <summary>The compared model against the baseline, in the paper's manner; null where there is only one model.</summary>
    public static ReportTable? Comparison(ResultsChoice choice)
    {
        if (choice.Compared is not { } compared) return null;
        // Mixed effects against mixed effects; where one of the two has none but a plain baseline, its fixed effects stand in.
        bool fixedOnly = choice.HeadOf(choice.Baseline) == Head.MixedEffects && choice.HeadOf(compared) == Head.FixedEffects;
        StudyResults shown = fixedOnly ? OnlyHeads(choice, _ => Head.FixedEffects) : OnlyHeads(choice, choice.HeadOf);
        return ComparisonTable.Of(shown, choice.Baseline, compared, choice.Split);
    }

    /// <summary>The numbers behind the chart of accuracy against fairness.</summary>
    public static ReportTable Scatter(ResultsChoice choice)
    {
        ScatterView view = ScatterView.From(choice);
        bool classes = choice.Task == PredictionTask.Classification;
        Digits across = Digits.Of(view.Across.Id, classes), up = Digits.Of(view.Up.Id, classes);
        return new ReportTable(
            "scatter",
            $"{view.Up.Name} against {view.Across.Name}, {choice.Scope()}",
            [new("Model"), ReportColumn.Of(view.Across), new("95 % CI"), ReportColumn.Of(view.Up), new("95 % CI"), new("On the front")],
            [.. view.Points.Select(p => (ReportCell[])
            [
                ReportCell.Words(p.Label),
                ReportCell.Of(p.Across, across), ReportCell.Interval(p.Across, across),
                ReportCell.Of(p.Up, up), ReportCell.Interval(p.Up, up),
                ReportCell.Words(view.IsOnFront(p) ? "yes" : ""),
            ])],
            ["On the front: no other model here is at least as good in both numbers and better in one. Intervals are not looked at."]);
    }

    /// <summary>The numbers behind the bars: the chosen rate by group, a column a model.</summary>
    public static ReportTable Bars(ResultsChoice choice)
    {
        GroupBarsView view = GroupBarsView.From(choice);
        Digits digits = Digits.Of(view.Rate.Id, choice.Task == PredictionTask.Classification);
        return new ReportTable(
            "bars",
            $"{view.Rate.Name} by {choice.Attribute}, {choice.Scope(withAttribute: false)}",
            [
                new(choice.Attribute),
                ReportColumn.Number("Rows behind it"),
                .. view.Series.SelectMany(s => new[] { ReportColumn.Number(s.Label), new ReportColumn("95 % CI") }.Concat(view.HasChance ? [new ReportColumn($"Chance alone, {s.Label}")] : [])),
            ],
            [.. view.Groups.Select((group, g) => (ReportCell[])
            [
                ReportCell.Words(group),
                view.Series.Select(s => s.Bars[g].Estimate.N).FirstOrDefault(n => n is not null) is { } n ? ReportCell.Count(n) : ReportCell.Words("–"),
                .. view.Series.SelectMany(s => new[] { ReportCell.Of(s.Bars[g].Estimate, digits), ReportCell.Interval(s.Bars[g].Estimate, digits) }.Concat(view.HasChance ? [Chance(s.Bars[g])] : [])),
            ])],
            [$"{view.Rate.Name}: {view.Rate.Sentence} Rows behind it: the rate's denominator.", .. view.HasChance ? new[] { $"Chance alone: {GroupBarsView.ChanceIs}." } : []]);

        ReportCell Chance(GroupBar bar) => bar.Chance is { } chance ? ReportCell.Interval(chance.Lower, chance.Upper, digits) : ReportCell.Words("–");
    }

    /// <summary>Paired tests of the compared model against the baseline over the seeds; null with fewer than two seeds.</summary>
    public static ReportTable? Tests(ResultsChoice choice) =>
        choice.Compared is { } compared ? PairedTestTable.Of(choice.Results, choice.Baseline, compared, choice.Split, choice.Head) : null;

    /// <summary>How well the chosen models predict, both heads.</summary>
    public static ReportTable Performance(ResultsChoice choice) => PerformanceTable.Of(
        choice.Results with { Audits = [.. choice.Results.Audits.Where(a => choice.Models.Contains(a.Model))] }, choice.Split, choice.Baseline, choice.Head);

    /// <summary>The chosen attribute's spreads and practitioners' differences by the chosen head.</summary>
    public static ReportTable Differences(ResultsChoice choice) => SpreadTable.Of(OnlyHeads(choice, choice.HeadOf), choice.Attribute, choice.Split);

    /// <summary>The chosen attribute, group by group.</summary>
    public static ReportTable Groups(ResultsChoice choice) =>
        GroupRatesTable.Of(choice.Results, choice.Attribute, choice.Split, [.. choice.Models.Select(m => (m, choice.HeadOf(m)))]);

    /// <summary>Each model's worst group.</summary>
    public static ReportTable Worst(ResultsChoice choice) =>
        WorstGroupTable.Of(choice.Results, choice.Attribute, choice.Split, [.. choice.Models.Select(m => (m, choice.HeadOf(m)))]);

    /// <summary>The chosen loss by epoch: the mean over each model's fits.</summary>
    public static ReportTable Losses(ResultsChoice choice)
    {
        TrainingCurves curves = TrainingCurves.From(choice);
        int[] epochs = [.. curves.Curves.SelectMany(c => c.Points).Select(p => p.Epoch).Distinct().Order()];
        return new ReportTable(
            "losses",
            curves.Term.Title(),
            [ReportColumn.Number("Epoch"), .. curves.Curves.Select(c => ReportColumn.Number($"{c.Label}: {c.Symbols}"))],
            [.. epochs.Select(epoch => (ReportCell[])
            [
                ReportCell.Count(epoch),
                .. curves.Curves.Select(c => ReportCell.Number(c.Points.FirstOrDefault(p => p.Epoch == epoch)?.Mean, Digits.Fixed(4))),
            ])],
            ["Means over each model's fits.", curves.Term.Basis()]);
    }

    /// <summary>Thresholds and lengths of the chosen models' fits.</summary>
    public static ReportTable Fits(ResultsChoice choice) =>
        ThresholdTable.Of(choice.Results with { Fits = [.. choice.Results.Fits.Where(f => choice.Models.Contains(f.Key.Model))] });

    /// <summary>Importance of the chosen models side by side, probes, and one model's random effects.</summary>
    public static IReadOnlyList<ReportTable> Features(ResultsChoice choice)
    {
        StudyResults shown = choice.Results with { Importance = [.. choice.Results.Importance.Where(i => choice.Models.Contains(i.Model))] };
        var tables = new List<ReportTable>();
        if (shown.Importance.Count > 0) tables.Add(ImportanceTable.Of(shown));
        if (shown.Importance.Any(m => m.Columns is { Count: > 0 })) tables.Add(ImportanceTable.Columns(shown));
        if (ImportanceTable.Probes(shown) is { } probes) tables.Add(probes);
        if (choice.Results.RandomEffects.FirstOrDefault(r => r.Model == FeatureModel(choice)) is { } effects)
            tables.AddRange([RandomEffectsTable.Intercepts(effects), RandomEffectsTable.Slopes(effects)]);
        return tables;
    }

    /// <summary>Where the chosen models rank the probes, a sentence a model; empty without probes.</summary>
    public static IReadOnlyList<string> Probes(ResultsChoice choice) =>
        ProbeSentence.Of(choice.Results with { Importance = [.. choice.Results.Importance.Where(i => choice.Models.Contains(i.Model))] });

    /// <summary>The chosen models that have features to show.</summary>
    public static IReadOnlyList<string> FeatureModels(ResultsChoice choice) =>
        [.. choice.Models.Where(m => choice.Results.Importance.Any((ImportanceResult i) => i.Model == m) || choice.Results.RandomEffects.Any(r => r.Model == m))];

    /// <summary>The model whose random effects are shown: the address's, or the compared one, or the first.</summary>
    public static string FeatureModel(ResultsChoice choice)
    {
        IReadOnlyList<string> models = [.. FeatureModels(choice).Where(m => choice.Results.RandomEffects.Any(r => r.Model == m))];
        return models.FirstOrDefault(m => m == choice.Address.Model) ?? models.FirstOrDefault(m => m == choice.Compared) ?? (models.Count > 0 ? models[0] : "");
    }

    private static StudyResults OnlyHeads(ResultsChoice choice, Func<string, Head> head) => choice.Results with
    {
        Audits = [.. choice.Results.Audits.Where(a => choice.Models.Contains(a.Model) && a.Head == head(a.Model))],
    };
}
