using System.Globalization;
using FairMedl.Core.Experiments;
using FairMedl.Web.Studies;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace FairMedl.Web.Results;

/// <summary>The parts of a study's results.</summary>
public enum ResultsPart
{
    /// <summary>Models against the baseline.</summary>
    Compare,

    /// <summary>Group by group.</summary>
    Groups,

    /// <summary>Losses by epoch.</summary>
    Training,

    /// <summary>Feature importance and random effects.</summary>
    Features,

    /// <summary>How it was made.</summary>
    Provenance,
}

/// <summary>
/// What the page of results shows, as it stands in the address bar: one place that writes it and reads it. What is at its
/// default is left out; what cannot be read falls back to the default, so that an old link still opens.
/// </summary>
public sealed record ResultsAddress
{
    /// <summary>The study's number.</summary>
    public required int Study { get; init; }

    /// <summary>Which part is open.</summary>
    public ResultsPart Part { get; init; }

    /// <summary>Which head; a model without random effects shows its fixed effects under either.</summary>
    public Head Head { get; init; } = Head.MixedEffects;

    /// <summary>Seen or unseen clusters.</summary>
    public Split Split { get; init; }

    /// <summary>The attribute's column; null = the one that the sentence speaks of.</summary>
    public string? Attribute { get; init; }

    /// <summary>A second attribute that the first is crossed with; null = none.</summary>
    public string? With { get; init; }

    /// <summary>One threshold for all fits; null = each fit's own.</summary>
    public double? Threshold { get; init; }

    /// <summary>The model that others are compared with; null = the unfair twin of the fair model.</summary>
    public string? Baseline { get; init; }

    /// <summary>The model that is held against the baseline; null = its fair twin, or the first other one.</summary>
    public string? Compared { get; init; }

    /// <summary>The models that are left out of what is shown.</summary>
    public IReadOnlyList<string> Hidden { get; init; } = [];

    /// <summary>The spread on the scatter's axis, by the name it has in files; null = the task's first.</summary>
    public string? Spread { get; init; }

    /// <summary>The rate that the bars show, by the name it has in files; null = the task's first.</summary>
    public string? Rate { get; init; }

    /// <summary>The loss that the curves show.</summary>
    public LossKind Loss { get; init; }

    /// <summary>The model whose features and random effects are shown; null = the first that has them.</summary>
    public string? Model { get; init; }

    /// <summary>The address.</summary>
    public string ToUri()
    {
        var query = new List<KeyValuePair<string, string?>>();
        void Add(string name, string? value, bool isDefault)
        {
            if (!isDefault && value is not null) query.Add(new(name, value));
        }

        Add("part", Lower(Part), Part == ResultsPart.Compare);
        Add("head", Head == Head.FixedEffects ? "fe" : "me", Head == Head.MixedEffects);
        Add("split", Lower(Split), Split == Split.Seen);
        Add("attribute", Attribute, Attribute is null);
        Add("with", With, With is null);
        Add("threshold", Threshold?.ToString("0.###", CultureInfo.InvariantCulture), Threshold is null);
        Add("baseline", Baseline, Baseline is null);
        Add("compared", Compared, Compared is null);
        Add("hide", string.Join(',', Hidden), Hidden.Count == 0);
        Add("spread", Spread, Spread is null);
        Add("rate", Rate, Rate is null);
        Add("loss", Lower(Loss), Loss == LossKind.Predictor);
        Add("model", Model, Model is null);
        return StudyAddresses.Results(Study) + QueryString.Create(query);
    }

    /// <summary>Reads the query of an address.</summary>
    /// <param name="study">The study's number, from the path.</param>
    /// <param name="uri">The whole address, or its query with the question mark.</param>
    public static ResultsAddress Parse(int study, string uri)
    {
        int mark = uri.IndexOf('?', StringComparison.Ordinal);
        int hash = uri.IndexOf('#', StringComparison.Ordinal);
        string text = mark < 0 ? "" : uri[mark..(hash > mark ? hash : uri.Length)];
        Dictionary<string, StringValues> query = QueryHelpers.ParseQuery(text);
        string? One(string name) => query.TryGetValue(name, out StringValues values) && values.Count > 0 && values[0] is { Length: > 0 } value ? value : null;
        return new ResultsAddress
        {
            Study = study,
            Part = Read(One("part"), ResultsPart.Compare),
            Head = One("head") == "fe" ? Head.FixedEffects : Head.MixedEffects,
            Split = Read(One("split"), Split.Seen),
            Attribute = One("attribute"),
            With = One("with"),
            Threshold = double.TryParse(One("threshold"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double threshold) && threshold <= 1 ? threshold : null,
            Baseline = One("baseline"),
            Compared = One("compared"),
            Hidden = One("hide")?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [],
            Spread = One("spread"),
            Rate = One("rate"),
            Loss = Read(One("loss"), LossKind.Predictor),
            Model = One("model"),
        };
    }

    private static string Lower<T>(T value) where T : struct, Enum => value.ToString().ToLower(CultureInfo.InvariantCulture);

    private static T Read<T>(string? text, T otherwise) where T : struct, Enum =>
        text is not null && char.IsLetter(text[0]) && Enum.TryParse(text, ignoreCase: true, out T value) && Enum.IsDefined(value) ? value : otherwise;
}
