using FairMedl.Core.Data;
using FairMedl.Core.Fairness;

namespace FairMedl.Web.Results;

/// <summary>Accuracy against fairness: a point a model.</summary>
/// <param name="Across">What the horizontal axis shows.</param>
/// <param name="Up">What the vertical axis shows.</param>
/// <param name="Points">The models that have both numbers.</param>
/// <param name="Front">The points than which no other model is both fairer and more accurate, along the horizontal axis.</param>
/// <param name="Missing">The models that lack one, and why.</param>
public sealed record ScatterView(MetricDescription Across, MetricDescription Up, IReadOnlyList<ScatterPoint> Points, IReadOnlyList<ScatterPoint> Front, IReadOnlyList<string> Missing)
{
    /// <summary>The chosen models under the chosen head, split, attribute and spread.</summary>
    public static ScatterView From(ResultsChoice choice)
    {
        MetricDescription up = MetricDescriptions.Performance(choice.Task == PredictionTask.Classification);
        var points = new List<ScatterPoint>();
        var missing = new List<string>();
        foreach (string model in choice.Models)
        {
            Estimate? spread = choice.AttributeOf(model) is { } attribute ? MetricDescriptions.Read(attribute, choice.Spread.Id) : null;
            Estimate? performance = choice.Audit(model) is { } audit ? MetricDescriptions.Read(audit, up.Id) : null;
            if (spread?.Value is not null && performance?.Value is not null) points.Add(new ScatterPoint(model, choice.Label(model), spread, performance));
            else missing.Add($"{choice.Label(model)}: {spread?.Undefined ?? performance?.Undefined ?? "no numbers"}");
        }

        IReadOnlyList<int> front = ParetoFront.Of([.. points.Select(p => (p.Across.Value!.Value, p.Up.Value!.Value))], choice.Spread.Better, up.Better);
        return new ScatterView(choice.Spread, up, points, [.. front.Select(i => points[i])], missing);
    }

    /// <summary>Whether no other model beats this one in both numbers.</summary>
    public bool IsOnFront(ScatterPoint point) => Front.Contains(point);
}

/// <summary>One model; both numbers are defined.</summary>
public sealed record ScatterPoint(string Model, string Label, Estimate Across, Estimate Up);
