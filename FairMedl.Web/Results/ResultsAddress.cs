using System.Globalization;
using FairMedl.Core.Experiments;
using FairMedl.Core.Reports;
using FairMedl.Web.Components;
using FairMedl.Web.Studies;

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
/// What the page of results shows, as it stands in the address bar. What is at its default is left out; what cannot
/// be read falls back to the default, so that an old link still opens.
/// </summary>
public sealed record ResultsAddress
{
    /// <summary>The study's number.</summary>
    public required int Study { get; init; }

    /// <summary>Which part is open.</summary>
    public ResultsPart Part { get; init; }

    /// <summary>Which head; a model without random effects shows its fixed effects under either. Null = the split's own (<see cref="StudyResults.MainHead(Split)"/>).</summary>
    public Head? Head { get; init; }

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
    public string ToUri() => new PageQuery()
        .Add("part", Part == ResultsPart.Compare ? null : Word(Part))
        .Add("head", Head is { } head ? ResultNames.Id(head) : null)
        .Add("split", Split == Split.Seen ? null : ResultNames.Id(Split))
        .Add("attribute", Attribute)
        .Add("with", With)
        .Add("threshold", Threshold?.ToString("0.###", CultureInfo.InvariantCulture))
        .Add("baseline", Baseline)
        .Add("compared", Compared)
        .Add("hide", Hidden)
        .Add("spread", Spread)
        .Add("rate", Rate)
        .Add("loss", Loss == LossKind.Predictor ? null : Word(Loss))
        .Add("model", Model)
        .On(StudyAddresses.Results(Study));

    /// <summary>Reads the query of an address.</summary>
    /// <param name="study">The study's number, from the path.</param>
    /// <param name="uri">The whole address, or its query with the question mark.</param>
    public static ResultsAddress Parse(int study, string uri)
    {
        PageQuery query = PageQuery.Of(uri);
        return new ResultsAddress
        {
            Study = study,
            Part = query.Choice<ResultsPart>("part", Word) ?? ResultsPart.Compare,
            Head = query.Choice<Head>("head", ResultNames.Id),
            Split = query.Choice<Split>("split", ResultNames.Id) ?? Split.Seen,
            Attribute = query.One("attribute"),
            With = query.One("with"),
            Threshold = query.Share("threshold"),
            Baseline = query.One("baseline"),
            Compared = query.One("compared"),
            Hidden = query.List("hide"),
            Spread = query.One("spread"),
            Rate = query.One("rate"),
            Loss = query.Choice<LossKind>("loss", Word) ?? LossKind.Predictor,
            Model = query.One("model"),
        };
    }

    /// <summary>Whether Back is to lead from here to <paramref name="before"/>: not from one moved threshold to the next.</summary>
    public bool IsStepFrom(ResultsAddress before) =>
        Threshold is null || before.Threshold is null || (this with { Threshold = before.Threshold }).ToUri() != before.ToUri();

    private static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
