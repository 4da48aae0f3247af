using FairMedl.Core.Data;
using FairMedl.Core.Fairness;

namespace FairMedl.Web.Results;

/// <summary>A rate by group, a bar a model.</summary>
/// <param name="Rate">What the bars show.</param>
/// <param name="Groups">The groups in the data's order.</param>
/// <param name="Series">By model.</param>
/// <param name="Undefined">The bars that do not exist, and why, in words; empty where all do.</param>
/// <param name="Floors">What chance alone would show of the spread of the baseline, then of the compared model, a sentence each; empty where the data carries no noise floor.</param>
public sealed record GroupBarsView(
    MetricDescription Rate,
    IReadOnlyList<string> Groups,
    IReadOnlyList<GroupSeries> Series,
    IReadOnlyList<string> Undefined,
    IReadOnlyList<string> Floors)
{
    /// <summary>What the bands on the bars are, to be said of the grey and of its numbers.</summary>
    public const string ChanceIs = "where that model's rate would fall 95 times in 100 by chance alone, were its true rate the same in every group";

    /// <summary>Whether a bar has a band; numbers that are no rates have none.</summary>
    public bool HasChance => Series.Any(s => s.Bars.Any(b => b.Chance is not null));

    /// <summary>The chosen models under the chosen head, split, attribute and rate.</summary>
    public static GroupBarsView From(ResultsChoice choice)
    {
        string[] groups = [.. choice.Models.Select(choice.AttributeOf).OfType<AttributeAudit>().SelectMany(a => a.Groups).Select(g => g.Group).Distinct()];
        GroupSeries[] series =
        [
            .. choice.Models.Where(m => choice.AttributeOf(m) is not null).Select(m => new GroupSeries(
                m,
                choice.Label(m),
                Bars(choice, [.. groups.Select(g => Read(choice, m, g))], groups))),
        ];
        string[] undefined =
        [
            .. groups.Select((group, i) => (group, Reasons: series.Select(s => s.Bars[i].Estimate.Undefined).OfType<string>().Distinct().ToArray()))
                .Where(g => g.Reasons.Length > 0)
                .Select(g => $"{g.group}: – ({string.Join("; ", g.Reasons)})"),
        ];
        string[] floors = choice.Rate.Id == "group_accuracy" ? [] : [.. new[] { choice.Baseline, choice.Compared }.OfType<string>().Select(m => NoiseFloorText.Of(choice, m, SpreadOf(choice.Rate.Id))).OfType<string>()];
        return new GroupBarsView(choice.Rate, groups, series, undefined, floors);
    }

    private static GroupBar[] Bars(ResultsChoice choice, Estimate[] estimates, string[] groups)
    {
        IReadOnlyList<ChanceBand?> bands = choice.Task == PredictionTask.Classification ? ChanceBand.Of(estimates) : new ChanceBand?[estimates.Length];
        return [.. estimates.Select((e, i) => new GroupBar(groups[i], e, bands[i]))];
    }

    private static string SpreadOf(string rate) => rate switch
    {
        "tpr" => "tpr_sd",
        "fpr" => "fpr_sd",
        "group_mse" => "mse_sd",
        _ => "demographic_parity",
    };

    private static Estimate Read(ResultsChoice choice, string model, string group) =>
        choice.AttributeOf(model)?.Groups.FirstOrDefault(g => g.Group == group) is { } audit ? MetricDescriptions.Read(audit, choice.Rate.Id) : Estimate.None("group absent");
}

/// <summary>One model's bars, by group.</summary>
public sealed record GroupSeries(string Model, string Label, IReadOnlyList<GroupBar> Bars);

/// <summary>One group's number, or why it has none, and what chance alone would show of this model there; null where that is not known.</summary>
public sealed record GroupBar(string Group, Estimate Estimate, ChanceBand? Chance);
