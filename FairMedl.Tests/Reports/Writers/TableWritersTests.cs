using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fairness.Tests;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Document;
using FairMedl.Core.Reports.Writers;
using Markdig;
using Xunit;

namespace FairMedl.Tests.Reports.Writers;

public sealed class TableWritersTests
{
    private static readonly string[] Nasty =
        ["=1+1", "+SUM(A1)", "-x", "@cmd", "\tx", "a|b", "<script>x</script>", "x & y", "50 % of $5 #1 a_b {c} ~ ^ \\d", "*bold* `code` [l](u)", "[0.1 to 0.2", "quote \" and, comma", "line\nbreak", "-1.5", "1e5", "ünïcode ≤ λ √"];

    private static readonly ReportTable Table = new(
        "t_1 x", "Title | with <i> & 5 %",
        [new("Name"), ReportColumn.Number("Value (%)")],
        [.. Nasty.Select(n => new[] { ReportCell.Words(n), ReportCell.Number(-44.3, Digits.Fixed(1)) with { Effect = EffectSize.ModerateToLarge } }), [ReportCell.Words("low"), ReportCell.Number(6, Digits.Fixed(1)) with { Effect = EffectSize.Low }]],
        [$"A note with | and <b> and 5 %."]);

    [Fact]
    public void ToCsv_NastyCells_ReadBackAndRunNothing()
    {
        List<string[]> records = Csv.Read(Table.ToCsv());
        Assert.Equal(["Name", "Value (%)"], records[0]);
        Assert.Equal(Nasty.Length + 2, records.Count);
        for (int i = 0; i < Nasty.Length; i++)
        {
            string cell = records[i + 1][0];
            bool formula = "=+-@\t\r\n".Contains(Nasty[i][0], StringComparison.Ordinal) && Nasty[i] != "-1.5";
            Assert.Equal(formula ? "'" + Nasty[i] : Nasty[i], cell);
            Assert.Equal("-44.3", records[i + 1][1]);
        }
    }

    [Fact]
    public void ToMarkdown_NastyCells_RenderAsTheyAre()
    {
        string html = Markdown.ToHtml(Table.ToMarkdown(), new MarkdownPipelineBuilder().UsePipeTables().UseEmphasisExtras().Build());
        using var document = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(html);
        Assert.Empty(document.QuerySelectorAll("script, i, a, code"));
        var rows = document.QuerySelectorAll("tbody tr");
        Assert.Equal(Nasty.Length + 1, rows.Length);
        for (int i = 0; i < Nasty.Length; i++)
        {
            Assert.Equal(Nasty[i].Replace('\n', ' ').Replace('\t', ' ').Trim(), rows[i].Children[0].TextContent);
            Assert.Equal("<strong>-44.3</strong>", rows[i].Children[1].InnerHtml);
        }

        Assert.Equal("<em>6.0</em>", rows[^1].Children[1].InnerHtml);
        Assert.Contains("Title | with <i> & 5 %", document.QuerySelector("p strong")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void ToHtml_NastyCells_StayText()
    {
        using var document = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(Table.ToHtml());
        Assert.Empty(document.QuerySelectorAll("script, i, b"));
        var rows = document.QuerySelectorAll("tbody tr");
        for (int i = 0; i < Nasty.Length; i++) Assert.Equal(Nasty[i], rows[i].Children[0].TextContent);
        Assert.Equal("−44.3", rows[0].Children[1].TextContent);
        Assert.Contains("effect-large", rows[0].Children[1].ClassName, StringComparison.Ordinal);
        Assert.Equal("Title | with <i> & 5 %", document.QuerySelector("caption")!.TextContent);
    }

    [Fact]
    public void ToLatex_NastyCells_LeaveNoBareSpecial()
    {
        string latex = Table.ToLatex();
        Assert.StartsWith("% Needs \\usepackage{booktabs,graphicx,array}\n", latex, StringComparison.Ordinal);
        foreach (string rule in new[] { "\\toprule", "\\midrule", "\\bottomrule" }) Assert.Contains(rule, latex, StringComparison.Ordinal);
        string[] rows = latex.Split('\n').SkipWhile(l => l != "\\midrule").Skip(1).TakeWhile(l => l != "\\bottomrule").ToArray();
        Assert.Equal(Nasty.Length + 1, rows.Length);
        foreach (string row in rows)
        {
            string plain = System.Text.RegularExpressions.Regex.Replace(row, @"\\[\\{}$&#%_]|\\[a-zA-Z]+(\{\})?", "");
            Assert.Equal(1, plain.Count(c => c == '&'));
            Assert.DoesNotContain(plain, c => "#%_^~\\<".Contains(c) && !plain.Contains("$<$", StringComparison.Ordinal));
            Assert.Equal(0, plain.Count(c => c == '$') % 2);
            Assert.Equal(plain.Count(c => c == '{'), plain.Count(c => c == '}'));
            Assert.EndsWith(@" \\", row, StringComparison.Ordinal);
            Assert.False(row.StartsWith('[') || row.StartsWith('*'));
        }

        Assert.Contains(@"\textbf{$-$44.3}", latex, StringComparison.Ordinal);
        Assert.Contains(@"\textit{6.0}", latex, StringComparison.Ordinal);
        Assert.Contains(@"\label{tab:t-1-x}", latex, StringComparison.Ordinal);
        Assert.Contains(@"Title $|$ with $<$i$>$ \& 5 \%", latex, StringComparison.Ordinal);
    }

    [Fact]
    public void ReportLatex_IsAWholeDocument()
    {
        string latex = ReportLatex.Of(new StudyReport("T_1", "S", [new(ReportPart.Shown, "H", ["p"], [Table])]));
        Assert.StartsWith("\\documentclass", latex, StringComparison.Ordinal);
        Assert.EndsWith("\\end{document}\n", latex, StringComparison.Ordinal);
        foreach (string environment in new[] { "table", "tabular", "minipage", "document" })
            Assert.Equal(Count(latex, $"\\begin{{{environment}}}"), Count(latex, $"\\end{{{environment}}}"));
    }

    [Theory]
    [InlineData(-0.0001, 3, "0.000")]
    [InlineData(-0.0006, 3, "-0.001")]
    [InlineData(12, 0, "12")]
    public void Format_FixedDecimals_HasNoSignedZero(double value, int decimals, string text) => Assert.Equal(text, Digits.Fixed(decimals).Format(value));

    [Theory]
    [InlineData(123456.7, "123457")]
    [InlineData(12.3456, "12.35")]
    [InlineData(0.00123456, "0.001235")]
    [InlineData(0, "0.0000")]
    public void Format_SignificantDigits_KeepsFour(double value, string text) => Assert.Equal(text, Digits.Significant(4).Format(value));

    [Fact]
    public void Value_Undefined_IsADashWithItsReason() => Assert.Equal("– (0 positives)", ReportCell.Of(Estimate.None("0 positives"), Digits.Rate).Content);

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
