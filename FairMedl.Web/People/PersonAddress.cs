using System.Globalization;
using FairMedl.Core.Experiments;
using FairMedl.Core.Experiments.People;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace FairMedl.Web.People;

/// <summary>
/// What the page of a person shows, as it stands in the address bar: who was looked for, who was found, what was changed.
/// What cannot be read falls back to nothing chosen, so that an old link still opens.
/// </summary>
public sealed record PersonAddress
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
        var query = new QueryBuilder();
        if (Row is { } row) query.Add("row", row.ToString(CultureInfo.InvariantCulture));
        if (Model is not null) query.Add("model", Model);
        if (Head == Head.FixedEffects) query.Add("head", "fe");
        if (Split is { } split) query.Add("split", split == Core.Experiments.Split.Seen ? "seen" : "unseen");
        if (Attribute is not null) query.Add("attribute", Attribute);
        if (Group is not null) query.Add("group", Group);
        if (Outcome is { } outcome) query.Add("outcome", Words(outcome));
        foreach ((string column, string value) in Changes.OrderBy(c => c.Key, StringComparer.Ordinal)) query.Add("set", $"{Uri.EscapeDataString(column)}:{Uri.EscapeDataString(value)}");
        return FormattableString.Invariant($"/studies/{Study}/person{query.ToQueryString()}");
    }

    /// <summary>Reads the query of an address.</summary>
    public static PersonAddress Parse(int study, string uri)
    {
        int mark = uri.IndexOf('?', StringComparison.Ordinal), hash = uri.IndexOf('#', StringComparison.Ordinal);
        Dictionary<string, StringValues> query = QueryHelpers.ParseQuery(mark < 0 ? "" : uri[mark..(hash > mark ? hash : uri.Length)]);
        string? One(string name) => query.TryGetValue(name, out StringValues values) && values.Count > 0 && values[0] is { Length: > 0 } value ? value : null;
        var changes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string? change in query.GetValueOrDefault("set"))
        {
            // Both parts are escaped once more, since either may hold a colon.
            int colon = change?.IndexOf(':', StringComparison.Ordinal) ?? -1;
            if (colon > 0) changes[Uri.UnescapeDataString(change![..colon])] = Uri.UnescapeDataString(change[(colon + 1)..]);
        }

        return new PersonAddress
        {
            Study = study,
            Row = int.TryParse(One("row"), NumberStyles.None, CultureInfo.InvariantCulture, out int row) ? row : null,
            Model = One("model"),
            Head = One("head") == "fe" ? Head.FixedEffects : Head.MixedEffects,
            Split = One("split") switch { "seen" => Core.Experiments.Split.Seen, "unseen" => Core.Experiments.Split.Unseen, _ => null },
            Attribute = One("attribute"),
            Group = One("group"),
            Outcome = Enum.GetValues<Outcome>().Where(o => Words(o) == One("outcome")).Select(o => (Outcome?)o).FirstOrDefault(),
            Changes = changes,
        };
    }

    /// <summary>"false-negative".</summary>
    public static string Words(Outcome outcome) => outcome switch
    {
        Core.Experiments.People.Outcome.TruePositive => "true-positive",
        Core.Experiments.People.Outcome.FalsePositive => "false-positive",
        Core.Experiments.People.Outcome.FalseNegative => "false-negative",
        Core.Experiments.People.Outcome.TrueNegative => "true-negative",
    };
}
