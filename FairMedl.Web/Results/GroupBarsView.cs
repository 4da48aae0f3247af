using FairMedl.Core.Fairness;

namespace FairMedl.Web.Results;

/// <summary>A rate by group, a bar a model.</summary>
/// <param name="Rate">What the bars show.</param>
/// <param name="Groups">The groups in the data's order.</param>
/// <param name="Series">By model.</param>
/// <param name="Undefined">The bars that do not exist, and why, in words; empty where all do.</param>
/// <param name="Floor">What chance alone would show, in a sentence; null where the data carries no noise floor.</param>
public sealed record GroupBarsView(
    MetricDescription Rate,
    IReadOnlyList<string> Groups,
    IReadOnlyList<GroupSeries> Series,
    IReadOnlyList<string> Undefined,
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
        return new GroupBarsView(choice.Rate, groups, series, undefined, choice.Rate.Id == "group_accuracy" ? null : NoiseFloorTold.Of(choice, choice.Baseline, SpreadOf(choice.Rate.Id)));
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

/// <summary>One group's number, or why it has none.</summary>
public sealed record GroupBar(string Group, Estimate Estimate);
