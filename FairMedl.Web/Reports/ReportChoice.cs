using FairMedl.Core.Reports.Document;
using FairMedl.Web.Components.Addresses;

namespace FairMedl.Web.Reports;

/// <summary>What a report is about, as the page's address has it: parts of the study, or one model's card.</summary>
/// <param name="Study">The study's number.</param>
/// <param name="Card">The id of the model whose card it is; null for a report of the study.</param>
/// <param name="Parts">The report's parts; unused for a card.</param>
public sealed record ReportChoice(int Study, string? Card, IReadOnlySet<ReportPart> Parts)
{
    /// <summary>Reads the page's address; what is not valid in it is ignored.</summary>
    public static ReportChoice Parse(int study, string uri, IReadOnlyCollection<string> models)
    {
        PageQuery query = PageQuery.Of(uri);
        return new ReportChoice(study, models.FirstOrDefault(m => m == query.One("card")), query.Has("parts")
            ? ReportParts.Parse(query.One("parts") ?? "") : ReportParts.Default);
    }

    /// <summary>The page's own address.</summary>
    public string ToUri() => (Card is not null ? new PageQuery().Add("card", Card) : OfParts()).On(StudyAddresses.ReportBuilder(Study));

    /// <summary>The address of the file. HTML opens in the browser unless it is to be downloaded.</summary>
    public string FileUri(string extension, bool download) =>
        (Card is not null ? new PageQuery().Add("model", Card) : OfParts()).Add("download", download ? "true" : null)
            .On(Card is not null ? StudyAddresses.Card(Study, extension) : StudyAddresses.Report(Study, extension));

    private PageQuery OfParts() => new PageQuery().Add("parts", Parts.SetEquals(ReportParts.Default) ? null : ReportParts.Format(Parts));
}
