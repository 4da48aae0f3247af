using FairMedl.Core.Reports;
using FairMedl.Web.Studies;
using Microsoft.AspNetCore.WebUtilities;

namespace FairMedl.Web.Reports;

/// <summary>What a person wants a report of, as the builder's address has it: the whole study or parts of it, or one model's card.</summary>
/// <param name="Study">The study's number.</param>
/// <param name="Card">The model whose card it is; null for a report of the study.</param>
/// <param name="Parts">The report's parts; unused for a card.</param>
public sealed record ReportChoice(int Study, string? Card, IReadOnlySet<ReportPart> Parts)
{
    private static readonly HashSet<ReportPart> Everything = ReportParts.All.Select(p => p.Part).ToHashSet();

    /// <summary>Reads the builder's address; what makes no sense in it is passed over.</summary>
    public static ReportChoice Parse(int study, string uri, IReadOnlyCollection<string> models)
    {
        int at = uri.IndexOf('?', StringComparison.Ordinal);
        Dictionary<string, Microsoft.Extensions.Primitives.StringValues> query = QueryHelpers.ParseQuery(at < 0 ? "" : uri[at..]);
        string? card = query.TryGetValue("card", out var named) && models.Contains(named.ToString()) ? named.ToString() : null;
        return new ReportChoice(study, card, query.TryGetValue("parts", out var parts) ? ReportParts.Parse(parts.ToString()) : Everything);
    }

    /// <summary>Whether every part is in it.</summary>
    public bool IsWhole => Parts.Count == Everything.Count;

    /// <summary>With a part, or without it.</summary>
    public ReportChoice With(ReportPart part, bool wanted) => this with { Parts = wanted ? Parts.Append(part).ToHashSet() : Parts.Where(p => p != part).ToHashSet() };

    /// <summary>The builder's own address.</summary>
    public string ToUri() => StudyAddresses.ReportBuilder(Study) + (Card is not null ? $"?card={Uri.EscapeDataString(Card)}" : IsWhole ? "" : $"?parts={ReportParts.Format(Parts)}");

    /// <summary>Where the file is; a page opens in the browser unless it is wanted as a file.</summary>
    public string FileUri(string extension, bool download)
    {
        string address = Card is not null ? StudyAddresses.Card(Study, Card, extension) : StudyAddresses.Report(Study, extension) + (IsWhole ? "" : $"?parts={ReportParts.Format(Parts)}");
        return download ? address + (address.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "download=true" : address;
    }
}
