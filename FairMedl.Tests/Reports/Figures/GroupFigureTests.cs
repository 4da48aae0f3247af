using AngleSharp.Html.Parser;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Reports.Figures;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Studies.Gathering;
using Xunit;

namespace FairMedl.Tests.Reports.Figures;

public sealed class GroupFigureTests
{
    private static readonly StudyResults Study = SampleStudy.Classification();

    [Fact]
    public void Figure_OfAnAttribute_HasARowForEachGroupAndItsSize()
    {
        GroupFigure figure = GroupFigure.Of(Study, "age", Split.Seen, ["medl", "fair-adb-medl"])!;
        Assert.Equal(["<=30", "31-45", ">45"], figure.Rows.Select(r => r.Group));
        // Means over two seeds, each rounded.
        Assert.All(figure.Rows, r => Assert.InRange((r.Positives + r.Negatives - r.N) ?? 99, -1, 1));
        using var svg = new HtmlParser().ParseDocument(figure.ToSvg());
        Assert.Equal(3 * 2 * 2, svg.QuerySelectorAll("g > path").Length);
        Assert.Equal([ModelStyle.OfModel("medl"), ModelStyle.OfModel("fair-adb-medl")], figure.Styles);
        Assert.Equal(["#0072b2", "#d55e00"], svg.QuerySelectorAll("svg > path").Select(p => p.GetAttribute("stroke")));
        Assert.Contains(FormattableString.Invariant($"n = {figure.Rows[0].N:N0}"), svg.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_WithFewPositivesOrNegatives_AreFadedAndMarked()
    {
        GroupFigure figure = GroupFigure.Of(WithGroups(3, positives: 29), "age", Split.Seen, ["medl"])!;
        Assert.All(figure.Rows, r => Assert.True(r.IsSmall));
        Assert.Contains("fewer than 30 positives or negatives", figure.Note, StringComparison.Ordinal);
        using var svg = new HtmlParser().ParseDocument(figure.ToSvg());
        Assert.Equal(6, svg.QuerySelectorAll("g[opacity]").Length);
        Assert.Contains("†", svg.Body!.TextContent, StringComparison.Ordinal);

        GroupFigure large = GroupFigure.Of(WithGroups(3), "age", Split.Seen, ["medl"])!;
        Assert.Null(large.Note);
        Assert.DoesNotContain("†", large.ToSvg(), StringComparison.Ordinal);
    }

    [Fact]
    public void Rate_Undefined_HasAReason()
    {
        string svg = GroupFigure.Of(Study, SampleStudy.Race, Split.Seen, ["medl"])!.ToSvg();
        Assert.Contains("– (0 positives)", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_TooManyForAPage_AreTheLowestAndTheHighest()
    {
        GroupFigure figure = GroupFigure.Of(WithGroups(40), "age", Split.Seen, ["medl"])!;
        Assert.Equal([.. Enumerable.Range(0, 8), .. Enumerable.Range(33, 7)], figure.Rows.Select(r => int.Parse(r.Group[1..], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Contains("15 groups with the highest and lowest values of 40", figure.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Figure_OfAModelWithoutAudits_IsNull() => Assert.Null(GroupFigure.Of(Study, "age", Split.Seen, ["nnet"]));

    private static StudyResults WithGroups(int count, int positives = 100)
    {
        GroupAudit[] groups =
        [
            .. Enumerable.Range(0, count).Select(g => new GroupAudit($"g{g}", positives + 100, positives, 100,
                new Estimate(.2 + .01 * g, Lower: .1, Upper: .9, N: 100), new Estimate(.1, N: 100), new Estimate(.1, N: 200), new Estimate(.5, N: 200), Estimate.None("not measured"), Estimate.None("not measured"))),
        ];
        return Study with
        {
            Audits = [.. Study.Audits.Select(a => a with { Audit = a.Audit with { Attributes = [.. a.Audit.Attributes.Select(x => x.Attribute == "age" ? x with { Groups = groups } : x)] } })],
        };
    }
}
