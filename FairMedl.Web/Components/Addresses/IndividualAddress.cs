using System.Globalization;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Core.Studies.Individuals;

namespace FairMedl.Web.Components.Addresses;

/// <summary>
/// The state of the page of individuals, as its address holds it: the filter, the row, the changed values. A part that cannot be
/// read falls back to its default, so that an old link still opens.
/// </summary>
public sealed record IndividualAddress
{
    /// <summary>The study's number.</summary>
    public required int Study { get; init; }

    /// <summary>The row's number in the file (1 is the first record after the header); null = none selected.</summary>
    public int? Row { get; init; }

    /// <summary>The model whose predictions are filtered; null = the study's last.</summary>
    public string? Model { get; init; }

    /// <summary>With or without its cluster effects, where it has both.</summary>
    public Head Head { get; init; } = Head.MixedEffects;

    /// <summary>Seen or unseen clusters; null = either.</summary>
    public Split? Split { get; init; }

    /// <summary>The attribute's column; null = any.</summary>
    public string? Attribute { get; init; }

    /// <summary>The attribute's group; null = any.</summary>
    public string? Group { get; init; }

    /// <summary>The prediction against the actual outcome; null = any.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>The attribute whose flips the figure shows; null = the one whose flips change predictions most.</summary>
    public string? Flip { get; init; }

    /// <summary>By feature, the value that the user set.</summary>
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
            .Add("outcome", Outcome is { } outcome ? Words(outcome) : null)
            .Add("flip", Flip);
        foreach ((string column, string value) in Changes.OrderBy(c => c.Key, StringComparer.Ordinal))
            query.Add("set", $"{Uri.EscapeDataString(column)}:{Uri.EscapeDataString(value)}");
        return query.On(StudyAddresses.Individuals(Study));
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
            Flip = query.One("flip"),
            Changes = changes,
        };
    }

    /// <summary>Whether Back leads from here to <paramref name="before"/>: not from one changed value to the next.</summary>
    public bool IsStepFrom(IndividualAddress before) =>
        Changes.Count == 0 || before.Changes.Count == 0 || (this with { Changes = before.Changes }).ToUri() != before.ToUri();

    /// <summary>An outcome's name in addresses, such as "false-negative".</summary>
    public static string Words(Outcome outcome) => outcome switch
    {
        Core.Studies.Individuals.Outcome.TruePositive => "true-positive",
        Core.Studies.Individuals.Outcome.FalsePositive => "false-positive",
        Core.Studies.Individuals.Outcome.FalseNegative => "false-negative",
        Core.Studies.Individuals.Outcome.TrueNegative => "true-negative",
    };
}
