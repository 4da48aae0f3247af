using System.Globalization;
using System.Text.Json;
using AngleSharp.Html.Parser;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Document;
using FairMedl.Core.Reports.Figures;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Reports.Sentences;
using FairMedl.Core.Reports.Writers;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Tests.Web.Results;
using FairMedl.Web.Results;
using FairMedl.Web.Results.Figures;
using Markdig;
using Xunit;

namespace FairMedl.Tests.Reports.Document;

public sealed class StudyReportTests
{
    private static readonly StudyResults Study = SampleStudy.Classification();

    [Fact]
    public void Html_WholeStudy_IsSelfContainedAndEscapesNames()
    {
        string html = Text(w => ReportHtml.Write(Study, w));
        using var document = new HtmlParser().ParseDocument(html);
        Assert.Empty(document.QuerySelectorAll("script, img, link, iframe, object, i, b, of"));
        Assert.DoesNotContain("http", html.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal).Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(Study.Header.Name, document.QuerySelector("h1")!.TextContent);
        Assert.Equal(StudySentence.Of(Study), document.QuerySelector(".summary")!.TextContent);
        Assert.NotEmpty(document.QuerySelectorAll("svg path"));
        Assert.Contains(document.QuerySelectorAll("tbody th"), cell => cell.TextContent == SampleStudy.Groups[1]);
        foreach (var table in document.QuerySelectorAll("table"))
        {
            int columns = table.QuerySelectorAll("thead th").Length;
            Assert.All(table.QuerySelectorAll("tbody tr"), row => Assert.Equal(columns, row.Children.Length));
        }

        Assert.Distinct(document.QuerySelectorAll("[id]").Select(e => e.Id));
        Assert.DoesNotContain(document.QuerySelectorAll("[id]"), e => e.Id!.Contains(' ', StringComparison.Ordinal));
    }

    [Fact]
    public void Report_Header_HasTheDataToReproduceIt()
    {
        string markdown = Text(w => ReportMarkdown.Write(Study, w));
        foreach (string fact in new[] { "d1f0", "da7a", "0.1.0", "cpu (managed, 256-bit)", "1, 2", "income = \\>50K", "120 (80 of seen clusters, 40 of unseen clusters)", "0.450 (0.450 to 0.450)", "4 of 8" })
            Assert.Contains(fact, markdown, StringComparison.Ordinal);
        foreach (MetricDescription metric in MetricDescriptions.All.Where(m => m.Classification))
            Assert.Contains(MarkdownOf(metric.Sentence), markdown, StringComparison.Ordinal);
        Assert.Contains("One \\| warning \\<i\\>with\\</i\\> markup.", markdown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(1, true)]
    public void Report_Summary_SaysWhereNotAllFoldsAreRun(int? foldsToRun, bool isSaid)
    {
        StudyDefinition definition = Study.Header.Definition;
        StudyResults study = Study with
        {
            Header = Study.Header with { Definition = definition with { Protocol = definition.Protocol with { FoldsToRun = foldsToRun } } },
        };
        string markdown = Text(w => ReportMarkdown.Write(study, w));

        Assert.Equal(isSaid, markdown.Contains($"Only 1 of {definition.Protocol.Folds} folds is run, so not every row is predicted.", StringComparison.Ordinal));
        Assert.Contains("A row is predicted only by models that did not train on it.", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_ModelsAndAttributes_AreOrderedAsOnTheResultsPage()
    {
        StudyResults study = SampleResults.Create();
        study = study with { Audits = [.. study.Audits.Select(a => a with { Audit = a.Audit with { Attributes = [.. a.Audit.Attributes.Select(Narrow)] } })] };
        var page = new ResultsChoice(study, new ResultsAddress { Study = 1 });
        StudyReport report = StudyReport.Of(study);
        ReportSection summary = report.Sections.Single(s => s.Part == ReportPart.Summary);
        var figure = Assert.IsType<DisparityFigure>(Assert.Single(summary.Figures!));

        Assert.Equal(["MEDL", "Fair(ADB) MEDL", "NNet"], page.BaselineFirst.Select(page.Label));
        Assert.Equal(["race", "age"], page.Shown);
        Assert.Equal(ResultsTables.Figure(page)!.Styles, figure.Styles);
        Assert.Equal(page.BaselineFirst.Select(ModelStyle.OfModel), figure.Styles);
        Assert.Equal(page.Shown, figure.Panels[0].Rows.Select(r => r.Attribute));
        Assert.Equal(page.Shown.Select(a => $"TPR SD by {a}"), summary.Tables[0].Columns.Skip(2).Select(c => c.Name));
        Assert.Equal(page.Shown.Select(a => $"Findings by {a}"), report.Sections.Where(s => s.Part == ReportPart.Findings).Select(s => s.Heading));

        static AttributeAudit Narrow(AttributeAudit audit) => audit.Attribute == "age" ? audit with { TprSd = new Estimate(.01) } : audit;
    }

    [Fact]
    public void Markdown_WholeStudy_RendersEveryTable()
    {
        StudyReport report = StudyReport.Of(Study);
        string html = Markdown.ToHtml(ReportMarkdown.Of(report), new MarkdownPipelineBuilder().UsePipeTables().Build());
        using var document = new HtmlParser().ParseDocument(html);
        Assert.Empty(document.QuerySelectorAll("script, i"));
        ReportTable[] tables = report.Sections.SelectMany(s => s.Tables).ToArray();
        Assert.Equal(tables.Length, document.QuerySelectorAll("table").Length);
        Assert.Equal(tables.Sum(t => t.Rows.Count), document.QuerySelectorAll("tbody tr").Length);
        Assert.Equal(report.Sections.Select(s => s.Heading.Trim()), document.QuerySelectorAll("h2").Select(h => h.TextContent));
    }

    [Fact]
    public void Json_WholeStudy_HoldsTheNumbersAndTheReasons()
    {
        using JsonDocument json = JsonDocument.Parse(Text(w => ReportJson.Write(Study, w)));
        // The older name of bins is read, never written, not even as null.
        Assert.All(json.RootElement.GetProperty("header").GetProperty("definition").GetProperty("data").GetProperty("sensitive").EnumerateArray(), a =>
        {
            Assert.True(a.TryGetProperty("bins", out _));
            Assert.False(a.TryGetProperty("brackets", out _));
        });
        JsonElement root = json.RootElement;
        Assert.Equal("d1f0", root.GetProperty("header").GetProperty("definitionHash").GetString());
        Assert.Equal(Study.Audits.Count, root.GetProperty("audits").GetArrayLength());
        JsonElement rate = root.GetProperty("audits")[0].GetProperty("audit").GetProperty("attributes")[1].GetProperty("groups")[3].GetProperty("truePositiveRate");
        Assert.Equal(JsonValueKind.Null, rate.GetProperty("value").ValueKind);
        Assert.Equal("0 positives", rate.GetProperty("undefined").GetString());
        Assert.Equal("fixedEffects", root.GetProperty("audits")[0].GetProperty("head").GetString());
        Assert.Equal(StudySentence.Of(Study), root.GetProperty("summary").GetString());
    }

    [Fact]
    public void Reports_OtherCultureAndTimes_AreTheSame()
    {
        string markdown = Text(w => ReportMarkdown.Write(Study, w)), html = Text(w => ReportHtml.Write(Study, w));
        StudyResults slower = Study with { Fits = Study.Fits.Select(f => f with { TrainSeconds = 77.5 }).ToArray() };
        CultureInfo culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal(markdown, Text(w => ReportMarkdown.Write(slower, w)));
            Assert.Equal(html, Text(w => ReportHtml.Write(slower, w)));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Reports_RegressionAndEmptyStudy_AreWritten()
    {
        Assert.Contains("MSE SD", Text(w => ReportHtml.Write(SampleStudy.Regression(), w)), StringComparison.Ordinal);
        StudyResults empty = Study with { Audits = [], Fits = [], Importance = [], RandomEffects = [] };
        Assert.Contains("No fit has finished yet.", Text(w => ReportMarkdown.Write(empty, w)), StringComparison.Ordinal);
        Assert.Contains("No fit has finished yet.", Text(w => ReportHtml.Write(empty, w)), StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(Text(w => ReportJson.Write(empty, w)));
        Assert.Equal(0, json.RootElement.GetProperty("audits").GetArrayLength());
    }

    [Fact]
    public void Latex_EveryTableOfAStudy_HasBalancedBraces()
    {
        foreach (ReportTable table in StudyReport.Of(Study).Sections.SelectMany(s => s.Tables))
        {
            string plain = table.ToLatex().Replace(@"\{", "", StringComparison.Ordinal).Replace(@"\}", "", StringComparison.Ordinal);
            Assert.Equal(plain.Count(c => c == '{'), plain.Count(c => c == '}'));
            // Every sign of our own sentences has its command, so that any engine compiles it.
            Assert.DoesNotContain(plain, c => c > 0x17F);
        }
    }

    [Fact]
    public void Latex_AHash_CanBeBroken()
    {
        string text = ReportLatex.Of(StudyReport.Of(Study with { Header = Study.Header with { DataHash = new string('b', 64) } }));

        Assert.Contains(string.Join(@"\allowbreak{}", Enumerable.Repeat(new string('b', 16), 4)), text, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('b', 17), text, StringComparison.Ordinal);
    }

    private static string MarkdownOf(string sentence) => sentence.Replace("|", "\\|", StringComparison.Ordinal);

    private static string Text(Action<TextWriter> write)
    {
        using var writer = new StringWriter();
        write(writer);
        return writer.ToString();
    }
}
