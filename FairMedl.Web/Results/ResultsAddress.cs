using System.Globalization;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Web.Components.Addresses;
using FairMedl.Web.Studies.Queue;

namespace FairMedl.Web.Results;

/// <summary>The tabs of a study's results.</summary>
public enum ResultsPart
{
    /// <summary>Rates by group.</summary>
    Groups,

    /// <summary>Accuracy against fairness; named "compare" in addresses.</summary>
    Compare,

    /// <summary>Feature importance and probes.</summary>
    Features,

    /// <summary>Random effects by cluster.</summary>
    Clusters,

    /// <summary>Losses by epoch.</summary>
    Training,

    /// <summary>How the results were computed.</summary>
    Provenance,
}

/// <summary>
/// What the results page shows, as in the address bar. Defaults are left out. What cannot be read falls back to its default, so
/// that an old link still opens.
/// </summary>
public sealed record ResultsAddress
{
    /// <summary>The study's number.</summary>
    public required int Study { get; init; }

    /// <summary>The open tab.</summary>
    public ResultsPart Part { get; init; }

    /// <summary>With or without cluster effects; null = the split's main head (<see cref="StudyResults.MainHead(Split)"/>). A model without random effects is shown by its fixed effects under either.</summary>
    public Head? Head { get; init; }

    /// <summary>Seen or unseen clusters.</summary>
    public Split Split { get; init; }

    /// <summary>The attribute's column; null = all attributes.</summary>
    public string? Attribute { get; init; }

    /// <summary>The attribute that the first one is intersected with; null = none.</summary>
    public string? With { get; init; }

    /// <summary>One threshold for all fits; null = each model's own.</summary>
    public double? Threshold { get; init; }

    /// <summary>The groups that the spreads count; null = as the study says.</summary>
    public CountedGroups? Counted { get; init; }

    /// <summary>The baseline model; null = the unmitigated counterpart of the fair model.</summary>
    public string? Baseline { get; init; }

    /// <summary>The model that is compared with the baseline; null = its fair counterpart, or the first other model.</summary>
    public string? Compared { get; init; }

    /// <summary>The models that are not shown.</summary>
    public IReadOnlyList<string> Hidden { get; init; } = [];

    /// <summary>The fairness metric of the scatter plot, by its id; null = the task's first.</summary>
    public string? Spread { get; init; }

    /// <summary>The metric by group, by its id; null = the task's first.</summary>
    public string? Rate { get; init; }

    /// <summary>The reference groups, each as "attribute:group"; an attribute without one uses its largest group.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Whether attributes with many groups show all of them.</summary>
    public bool ShowAllGroups { get; init; }

    /// <summary>The loss that the training curves show.</summary>
    public LossKind Loss { get; init; }

    /// <summary>The model whose cluster effects are shown; null = the first that has them.</summary>
    public string? Model { get; init; }

    /// <summary>The reference group chosen for an attribute; null = none.</summary>
    public string? ReferenceOf(string attribute) => References.FirstOrDefault(r => r.StartsWith(attribute + ":", StringComparison.Ordinal))?[(attribute.Length + 1)..];

    /// <summary>This address with another reference group for an attribute.</summary>
    public ResultsAddress WithReference(string attribute, string group) =>
        this with { References = [.. References.Where(r => !r.StartsWith(attribute + ":", StringComparison.Ordinal)), $"{attribute}:{group}"] };

    /// <summary>The address as text.</summary>
    public string ToUri()
    {
        PageQuery query = new PageQuery()
            .Add("part", Part == ResultsPart.Groups ? null : Word(Part))
            .Add("head", Head is { } head ? ResultNames.Id(head) : null)
            .Add("split", Split == Split.Seen ? null : ResultNames.Id(Split))
            .Add("attribute", Attribute)
            .Add("with", With)
            .Add("threshold", Threshold?.ToString("0.###", CultureInfo.InvariantCulture))
            .Add("count", Counted is { } counted ? Word(counted) : null)
            .Add("baseline", Baseline)
            .Add("compared", Compared)
            .Add("hide", Hidden)
            .Add("spread", Spread)
            .Add("rate", Rate)
            .Add("groups", ShowAllGroups ? "all" : null)
            .Add("loss", Loss == LossKind.Predictor ? null : Word(Loss))
            .Add("model", Model);
        // Groups may have commas in their names.
        foreach (string reference in References) query.Add("reference", reference);
        return query.On(StudyAddresses.Results(Study));
    }

    /// <summary>Reads the query of an address.</summary>
    /// <param name="study">The study's number, from the path.</param>
    /// <param name="uri">The whole address, or its query with the question mark.</param>
    public static ResultsAddress Parse(int study, string uri)
    {
        PageQuery query = PageQuery.Of(uri);
        return new ResultsAddress
        {
            Study = study,
            Part = query.Choice<ResultsPart>("part", Word) ?? ResultsPart.Groups,
            Head = query.Choice<Head>("head", ResultNames.Id),
            Split = query.Choice<Split>("split", ResultNames.Id) ?? Split.Seen,
            Attribute = query.One("attribute"),
            With = query.One("with"),
            Threshold = query.Share("threshold"),
            Counted = query.Choice<CountedGroups>("count", Word),
            Baseline = query.One("baseline"),
            Compared = query.One("compared"),
            Hidden = query.List("hide"),
            Spread = query.One("spread"),
            Rate = query.One("rate"),
            References = [.. query.All("reference").Where(r => r.Length > 0)],
            ShowAllGroups = query.One("groups") == "all",
            Loss = query.Choice<LossKind>("loss", Word) ?? LossKind.Predictor,
            Model = query.One("model"),
        };
    }

    /// <summary>Whether Back leads from here to <paramref name="before"/>: not from one moved threshold to the next.</summary>
    public bool IsStepFrom(ResultsAddress before) =>
        Threshold is null || before.Threshold is null || (this with { Threshold = before.Threshold }).ToUri() != before.ToUri();

    private static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
