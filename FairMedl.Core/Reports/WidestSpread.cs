using FairMedl.Core.Experiments;
using FairMedl.Core.Fairness;

namespace FairMedl.Core.Reports;

/// <summary>
/// Which of a study's attributes has the widest spread under a model: a sentence that speaks of one attribute says whether it is
/// that one. Intersection attributes are not counted, nor those whose spread is undefined.
/// </summary>
/// <param name="Attribute">Its name.</param>
/// <param name="Spread">Its spread.</param>
/// <param name="Metric">Which spread.</param>
/// <param name="Of">Among how many attributes.</param>
public sealed record WidestSpread(string Attribute, Estimate Spread, MetricDescription Metric, int Of)
{
    // A ratio is the further from no difference the lower it is.
    private string Word => Metric.Better == BetterDirection.Higher ? "lowest" : "widest";

    /// <summary>The widest under a model; null where no spread is defined.</summary>
    public static WidestSpread? Among(StudyResults results, SplitAudit audit, MetricDescription metric)
    {
        HashSet<string> asked = [.. results.Header.Definition.Data.Sensitive.Select(s => s.Column)];
        (string Name, Estimate Spread)[] defined = [.. audit.Attributes.Where(a => asked.Contains(a.Attribute)).Select(a => (a.Attribute, MetricDescriptions.Read(a, metric.Id))).Where(a => a.Item2.Value is not null)];
        if (defined.Length == 0) return null;
        (string name, Estimate spread) = metric.Better == BetterDirection.Higher ? defined.MinBy(a => a.Spread.Value) : defined.MaxBy(a => a.Spread.Value);
        return new WidestSpread(name, spread, metric, defined.Length);
    }

    /// <summary>", the widest of 3 attributes" where the attribute is that one; else, and of a single attribute, nothing.</summary>
    public string Standing(string attribute) => attribute == Attribute && Of > 1 ? $", the {Word} of {Of} attributes" : "";

    /// <summary>A sentence that names the widest where it is not the attribute that was spoken of; else nothing.</summary>
    /// <param name="attribute">What was spoken of.</param>
    /// <param name="name">What the spread is called there.</param>
    /// <param name="model">Under which model.</param>
    /// <param name="digits">How the spread is written.</param>
    public string Instead(string attribute, string name, string model, Digits digits) =>
        attribute == Attribute ? "" : $" Of {Of} {(Of == 1 ? "attribute" : "attributes")} {Attribute} has the {Word} {name} under {model}, {digits.Format(Spread.Value!.Value)}.";
}
