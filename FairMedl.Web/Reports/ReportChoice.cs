using FairMedl.Core.Reports;
using FairMedl.Web.Components;
using FairMedl.Web.Studies;

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
        PageQuery query = PageQuery.Of(uri);
        return new ReportChoice(study, models.FirstOrDefault(m => m == query.One("card")), query.Has("parts") ? ReportParts.Parse(query.One("parts") ?? "") : Everything);
    }

    /// <summary>Whether every part is in it.</summary>
    public bool IsWhole => Parts.Count == Everything.Count;

    /// <summary>With a part, or without it.</summary>
    public ReportChoice With(ReportPart part, bool wanted) => this with { Parts = wanted ? Parts.Append(part).ToHashSet() : Parts.Where(p => p != part).ToHashSet() };

    /// <summary>The builder's own address.</summary>
    public string ToUri() => (Card is not null ? new PageQuery().Add("card", Card) : OfParts()).On(StudyAddresses.ReportBuilder(Study));

    /// <summary>Where the file is; a page opens in the browser unless it is wanted as a file.</summary>
    public string FileUri(string extension, bool download) =>
        (Card is not null ? new PageQuery().Add("model", Card) : OfParts()).Add("download", download ? "true" : null)
            .On(Card is not null ? StudyAddresses.Card(Study, extension) : StudyAddresses.Report(Study, extension));

    private PageQuery OfParts() => new PageQuery().Add("parts", IsWhole ? null : ReportParts.Format(Parts));
}
