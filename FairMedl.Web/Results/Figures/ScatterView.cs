using FairMedl.Core.Fairness.Metrics;

namespace FairMedl.Web.Results.Figures;

/// <summary>Accuracy and fairness of each model as points.</summary>
/// <param name="Across">The fairness metric, on the horizontal axis.</param>
/// <param name="Up">The performance metric, on the vertical axis.</param>
/// <param name="Points">The models that have both numbers.</param>
/// <param name="Front">The Pareto front along the horizontal axis: no other model is both fairer and more accurate.</param>
/// <param name="Missing">The models that lack a number, and why.</param>
public sealed record ScatterView(MetricDescription Across, MetricDescription Up, IReadOnlyList<ScatterPoint> Points, IReadOnlyList<ScatterPoint> Front, IReadOnlyList<string> Missing)
{
    private IReadOnlyDictionary<string, (Estimate Across, Estimate Up)> all = new Dictionary<string, (Estimate, Estimate)>();

    /// <summary>The chosen models under the chosen head, split, attribute and fairness metric.</summary>
    public static ScatterView From(ResultsChoice choice)
    {
        MetricDescription up = MetricDescriptions.Performance(choice.IsClassification);
        Dictionary<string, (Estimate Across, Estimate Up)> all = choice.Models.ToDictionary(m => m, m => (
            choice.AttributeOf(m) is { } attribute ? MetricDescriptions.Read(attribute, choice.Spread.Id) : Estimate.None("no numbers"),
            choice.Audit(m) is { } audit ? MetricDescriptions.Read(audit, up.Id) : Estimate.None("no numbers")));
        ScatterPoint[] points = [.. choice.Models.Where(m => all[m] is { Across.Value: not null, Up.Value: not null }).Select(m => new ScatterPoint(m, choice.Label(m), all[m].Across, all[m].Up))];
        string[] missing = [.. choice.Models.Where(m => all[m].Across.Value is null || all[m].Up.Value is null).Select(m => $"{choice.Label(m)}: {all[m].Across.Undefined ?? all[m].Up.Undefined}")];
        IReadOnlyList<int> front = ParetoFront.Of([.. points.Select(p => (p.Across.Value!.Value, p.Up.Value!.Value))], choice.Spread.Better, up.Better);
        return new ScatterView(choice.Spread, up, points, [.. front.Select(i => points[i])], missing) { all = all };
    }

    /// <summary>A model's fairness, or why it has none.</summary>
    public Estimate AcrossOf(string model) => all[model].Across;

    /// <summary>A model's performance, or why it has none.</summary>
    public Estimate UpOf(string model) => all[model].Up;
}

/// <summary>One model; both numbers are defined.</summary>
/// <param name="Model">The model's id.</param>
/// <param name="Label">The model's name.</param>
/// <param name="Across">Its fairness.</param>
/// <param name="Up">Its performance.</param>
public sealed record ScatterPoint(string Model, string Label, Estimate Across, Estimate Up);
