using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Reports.Document;
using FairMedl.Core.Reports.Writers;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;
using Xunit;

namespace FairMedl.Tests.Reports.Document;

public sealed class ReportCoverTests
{
    private static readonly StudyResults Study = SampleStudy.Classification();

    [Fact]
    public void Cover_WithoutFields_HasTheStudysNameItsDataAndAPurpose()
    {
        ReportCover cover = StudyReport.Of(Study).Cover!;
        Assert.Equal(Study.Header.Name, cover.Title);
        Assert.Equal([new ReportFact("Data file hash (SHA-256)", "da7a")], cover.Facts);
        Assert.Equal(["Purpose", "Intended use of the models"], cover.Statements.Select(s => s.Name));
        Assert.Equal("Not specified", cover.Statements[1].Value);
        Assert.Contains("2 models that predict whether income = >50K", cover.Statements[0].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Cover_WithFields_IsTheFirstPageOfEveryDocument()
    {
        var details = new ReportDetails { Title = "Audit <1>", Organisation = "Ærø & Co", Author = "A. Author", Date = new DateOnly(2026, 3, 31), Purpose = "First line\nsecond line", IntendedUse = "Screening" };
        StudyReport report = StudyReport.Of(Study, details: details, dataFile: "adult.csv");
        Assert.Equal("Audit <1>", report.Title);
        using var html = new HtmlParser().ParseDocument(ReportHtml.Of(report));
        IElement cover = html.QuerySelector(".cover")!;
        Assert.Equal("Audit <1>", cover.QuerySelector("h1")!.TextContent);
        Assert.Equal(["Ærø & Co", "A. Author", "31 March 2026", Study.Header.Name, "adult.csv", "da7a"], cover.QuerySelectorAll("dd").Select(d => d.TextContent));
        Assert.Equal(2, cover.QuerySelectorAll(".statement").Length);
        foreach (string text in new[] { ReportMarkdown.Of(report), ReportLatex.Of(report), ReportJson.Of(report) })
            foreach (string value in new[] { "A. Author", "31 March 2026", "adult.csv", "Screening" })
                Assert.Contains(value, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Style_TitleWithQuotesAndTags_StaysInItsString()
    {
        const string Title = "\"; } </style><script>alert(1)</script> \\";
        string html = ReportHtml.Of(StudyReport.Of(Study, details: new ReportDetails { Title = Title, Organisation = Title }));
        using var document = new HtmlParser().ParseDocument(html);
        Assert.Empty(document.QuerySelectorAll("script"));
        Assert.Equal(Title, document.QuerySelector("h1")!.TextContent);
        Assert.Contains("counter(page)", document.QuerySelector("style")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Exclusions_ByRule_AreCountedAndExplained()
    {
        StudyDefinition definition = Study.Header.Definition;
        StudyResults excluding = Study with
        {
            Header = Study.Header with
            {
                Definition = definition with { Data = definition.Data with { Exclude = [new RowExclusion("occupation", ["", "Armed-Forces"]), new RowExclusion("hours", ["0"])] } },
                Excluded = [1_200, 34],
            },
        };
        ReportSection section = StudyReport.Of(excluding).Sections.Single(s => s.Part == ReportPart.Exclusions);
        Assert.Equal(["The rules below exclude 1,234 rows. 120 rows remain: 80 of seen clusters and 40 of unseen clusters."], section.Paragraphs);
        Assert.Equal(["occupation", "missing, Armed-Forces", "1,200"], Assert.Single(section.Tables).Rows[0].Select(c => c.Content));
        ReportSection none = StudyReport.Of(Study).Sections.Single(s => s.Part == ReportPart.Exclusions);
        Assert.StartsWith("The study excludes no rows by rule.", Assert.Single(none.Paragraphs), StringComparison.Ordinal);
        Assert.Empty(none.Tables);
    }
}
