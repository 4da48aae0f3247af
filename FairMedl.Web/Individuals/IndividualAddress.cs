using System.Globalization;
using FairMedl.Core.Experiments;
using FairMedl.Core.Experiments.Individuals;
using FairMedl.Core.Reports;
using FairMedl.Web.Components;
using FairMedl.Web.Studies;

namespace FairMedl.Web.Individuals;

/// <summary>
/// What the page of a person shows, as it stands in the address bar: who was looked for, who was found, what was changed.
/// What cannot be read falls back to nothing chosen, so that an old link still opens.
/// </summary>
public sealed record IndividualAddress
{
    /// <summary>The study's number.</summary>
    public required int Study { get; init; }

    /// <summary>The data row in the file (1 is the first record after the header); null = nobody yet.</summary>
    public int? Row { get; init; }

    /// <summary>The model whose decision is looked at; null = the study's last.</summary>
    public string? Model { get; init; }

    /// <summary>Its head, where it has both.</summary>
    public Head Head { get; init; } = Head.MixedEffects;

    /// <summary>Seen or unseen clusters; null = either.</summary>
    public Split? Split { get; init; }

    /// <summary>The attribute's column; null = any.</summary>
    public string? Attribute { get; init; }

    /// <summary>The attribute's group; null = any.</summary>
    public string? Group { get; init; }

    /// <summary>How the decision stands to the target; null = any.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>By feature, what its value was changed to.</summary>
    public IReadOnlyDictionary<string, string> Changes { get; init; } = new Dictionary<string, string>();

    /// <summary>The address.</summary>
    public string ToUri()
    {
        PageQuery query = new PageQuery()
            .Add("row", Row?.ToString(CultureInfo.InvariantCulture))
            .Add("model", Model)
            .Add("head", Head == Head.MixedEffects ? null : ResultNames.Id(Head))
            .Add("split", Split is { } split ? ResultNames.Id(split) : null)
            .Add("attribute", Attribute)
            .Add("group", Group)
            .Add("outcome", Outcome is { } outcome ? Words(outcome) : null);
        foreach ((string column, string value) in Changes.OrderBy(c => c.Key, StringComparer.Ordinal)) query.Add("set", $"{Uri.EscapeDataString(column)}:{Uri.EscapeDataString(value)}");
        return query.On(StudyAddresses.Person(Study));
    }

    /// <summary>Reads the query of an address.</summary>
    public static IndividualAddress Parse(int study, string uri)
    {
        PageQuery query = PageQuery.Of(uri);
        var changes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string change in query.All("set"))
        {
            // Both parts are escaped once more, since either may hold a colon.
            int colon = change.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0) changes[Uri.UnescapeDataString(change[..colon])] = Uri.UnescapeDataString(change[(colon + 1)..]);
        }

        return new IndividualAddress
        {
            Study = study,
            Row = query.Number("row"),
            Model = query.One("model"),
            Head = query.Choice<Head>("head", ResultNames.Id) ?? Head.MixedEffects,
            Split = query.Choice<Split>("split", ResultNames.Id),
            Attribute = query.One("attribute"),
            Group = query.One("group"),
            Outcome = query.Choice<Outcome>("outcome", Words),
            Changes = changes,
        };
    }

    /// <summary>Whether Back is to lead from here to <paramref name="before"/>: not from one changed value to the next.</summary>
    public bool IsStepFrom(IndividualAddress before) =>
        Changes.Count == 0 || before.Changes.Count == 0 || (this with { Changes = before.Changes }).ToUri() != before.ToUri();

    /// <summary>"false-negative".</summary>
    public static string Words(Outcome outcome) => outcome switch
    {
        Core.Experiments.Individuals.Outcome.TruePositive => "true-positive",
        Core.Experiments.Individuals.Outcome.FalsePositive => "false-positive",
        Core.Experiments.Individuals.Outcome.FalseNegative => "false-negative",
        Core.Experiments.Individuals.Outcome.TrueNegative => "true-negative",
    };
}
