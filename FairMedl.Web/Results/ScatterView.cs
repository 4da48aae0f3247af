using FairMedl.Core.Data;
using FairMedl.Core.Fairness;

namespace FairMedl.Web.Results;

/// <summary>Accuracy against fairness: a point a model.</summary>
/// <param name="Across">What the horizontal axis shows.</param>
/// <param name="Up">What the vertical axis shows.</param>
/// <param name="Points">The models that have both numbers.</param>
/// <param name="Missing">The models that lack one, and why.</param>
public sealed record ScatterView(string Across, string Up, IReadOnlyList<ScatterPoint> Points, IReadOnlyList<string> Missing)
{
    /// <summary>The chosen models under the chosen head, split, attribute and spread.</summary>
    public static ScatterView From(ResultsChoice choice)
    {
        bool classes = choice.Task == PredictionTask.Classification;
        var points = new List<ScatterPoint>();
        var missing = new List<string>();
        foreach (string model in choice.Models)
        {
            Estimate? across = choice.AttributeOf(model) is { } attribute ? MetricDescriptions.Read(attribute, choice.Spread.Id) : null;
            Estimate? up = classes ? choice.Audit(model)?.BalancedAccuracy : choice.Audit(model)?.MeanSquaredError;
            if (across?.Value is not null && up?.Value is not null) points.Add(new ScatterPoint(model, choice.Label(model), across, up));
            else missing.Add($"{choice.Label(model)}: {across?.Undefined ?? up?.Undefined ?? "no numbers"}");
        }
        return new ScatterView($"{choice.Spread.Name} across {choice.Attribute} ({(choice.Spread.Better == BetterDirection.Higher ? 1 : 0)} = no difference)", classes ? "Balanced accuracy" : "Mean squared error", points, missing);
    }
}

/// <summary>One model; both numbers are defined.</summary>
public sealed record ScatterPoint(string Model, string Label, Estimate Across, Estimate Up);
