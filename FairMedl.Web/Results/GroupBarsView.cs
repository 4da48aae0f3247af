using FairMedl.Core.Data;
using FairMedl.Core.Fairness;

namespace FairMedl.Web.Results;

/// <summary>A rate by group, a bar a model.</summary>
/// <param name="Rate">What the bars show.</param>
/// <param name="Groups">The groups in the data's order.</param>
/// <param name="Series">By model.</param>
/// <param name="Undefined">The bars that do not exist, and why, in words; empty where all do.</param>
/// <param name="Chance">What chance alone would show of each group; null where the numbers are no rates.</param>
/// <param name="Floor">What chance alone would show, in a sentence; null where the data carries no noise floor.</param>
public sealed record GroupBarsView(
    MetricDescription Rate,
    IReadOnlyList<string> Groups,
    IReadOnlyList<GroupSeries> Series,
    IReadOnlyList<string> Undefined,
    GroupChance? Chance,
    string? Floor)
{
    /// <summary>The chosen models under the chosen head, split, attribute and rate.</summary>
    public static GroupBarsView From(ResultsChoice choice)
    {
        string[] groups = [.. choice.Models.Select(choice.AttributeOf).OfType<AttributeAudit>().SelectMany(a => a.Groups).Select(g => g.Group).Distinct()];
        GroupSeries[] series =
        [
            .. choice.Models.Where(m => choice.AttributeOf(m) is not null).Select(m => new GroupSeries(
                m,
                choice.Label(m),
                [.. groups.Select(g => Bar(choice, m, g))])),
        ];
        string[] undefined =
        [
            .. groups.Select((group, i) => (group, Reasons: series.Select(s => s.Bars[i].Estimate.Undefined).OfType<string>().Distinct().ToArray()))
                .Where(g => g.Reasons.Length > 0)
                .Select(g => $"{g.group}: – ({string.Join("; ", g.Reasons)})"),
        ];
        return new GroupBarsView(choice.Rate, groups, series, undefined, ChanceOf(choice, series), choice.Rate.Id == "group_accuracy" ? null : NoiseFloorTold.Of(choice, choice.Baseline, SpreadOf(choice.Rate.Id)));
    }

    // The compared model is the one whose fairness is in question; alone, a model stands for itself.
    private static GroupChance? ChanceOf(ResultsChoice choice, GroupSeries[] series)
    {
        if (choice.Task != PredictionTask.Classification || series.FirstOrDefault(s => s.Model == (choice.Compared ?? choice.Baseline)) is not { } of) return null;
        IReadOnlyList<ChanceBand?> bands = ChanceBand.Of([.. of.Bars.Select(b => b.Estimate)]);
        return bands.Any(b => b is not null) ? new GroupChance(of.Label, bands) : null;
    }

    private static string SpreadOf(string rate) => rate switch
    {
        "tpr" => "tpr_sd",
        "fpr" => "fpr_sd",
        "group_mse" => "mse_sd",
        _ => "demographic_parity",
    };

    private static GroupBar Bar(ResultsChoice choice, string model, string group)
    {
        GroupAudit? audit = choice.AttributeOf(model)?.Groups.FirstOrDefault(g => g.Group == group);
        Estimate estimate = audit is null ? Estimate.None("group absent") : MetricDescriptions.Read(audit, choice.Rate.Id);
        return new GroupBar(group, estimate);
    }
}

/// <summary>One model's bars, by group.</summary>
public sealed record GroupSeries(string Model, string Label, IReadOnlyList<GroupBar> Bars);

/// <summary>What chance alone would show of a model that treats every group alike.</summary>
/// <param name="Label">The model.</param>
/// <param name="Bands">By group; null where it has none.</param>
public sealed record GroupChance(string Label, IReadOnlyList<ChanceBand?> Bands)
{
    /// <summary>What the bands are, to be said of the grey and of its numbers.</summary>
    public string Where => $"where a group's rate would fall 95 times in 100 by chance alone, for {Label}, were its true rate the same in every group";
}

/// <summary>One group's number, or why it has none.</summary>
public sealed record GroupBar(string Group, Estimate Estimate);
