using Bunit;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Reports.Cells;
using FairMedl.Web.Components.Tables;
using Xunit;

namespace FairMedl.Tests.Web.Components.Tables;

public sealed class ReportTableViewTests : ComponentContext
{
    [Fact]
    public void Table_SortedByNumbers_OrdersThemByValueAndUndefinedOnesLast()
    {
        IRenderedComponent<ReportTableView> view = Show(Table(["10", "9", "–", "100"]));
        Assert.Equal(["10", "9", "–", "100"], Shown(view));

        view.FindAll("thead .sortable-column-header")[1].Click();

        view.WaitForAssertion(() => Assert.Equal(["9", "10", "100", "–"], Shown(view)));

        view.FindAll("thead .sortable-column-header")[1].Click();

        view.WaitForAssertion(() => Assert.Equal(["100", "10", "9", "–"], Shown(view)));
    }

    [Fact]
    public void Table_Short_HasNoTools_AndALongOneFiltersItsRows()
    {
        Assert.Empty(Show(Table(["1", "2"])).FindAll(".table-search"));

        IRenderedComponent<ReportTableView> view = Show(Table([.. Enumerable.Range(1, 20).Select(i => FormattableString.Invariant($"{i}"))]));
        view.Find(".table-search input").Input("group 7");

        view.WaitForAssertion(() => Assert.Equal(["7"], Shown(view)));
    }

    [Fact]
    public void Cell_UndefinedOrMetric_ShowsTheReasonOrDefinition()
    {
        ReportTable table = new("t", "T", [new("Metric"), ReportColumn.Number("Value")],
            [[ReportCell.Name(MetricDescriptions.Get("tpr_sd")), ReportCell.Of(Estimate.None("0 positives"), Digits.Fixed(3))]], []);

        IRenderedComponent<ReportTableView> view = Show(table);

        Assert.Contains("0 positives", Shown(view)[0], StringComparison.Ordinal);
        string target = view.Find(".metric-word").GetAttribute("popovertarget")!;
        Assert.Contains(MetricDescriptions.Get("tpr_sd").Sentence, view.Find($"#{target}").TextContent, StringComparison.Ordinal);
    }

    private static ReportTable Table(string[] values) => new("t", "T", [new("Group"), ReportColumn.Number("Value")],
        [.. values.Select(v => (IReadOnlyList<ReportCell>)[ReportCell.Words($"group {v}"), v == "–" ? ReportCell.Number(null, Digits.Fixed(0)) : ReportCell.Count(long.Parse(v, System.Globalization.CultureInfo.InvariantCulture))])], []);

    private static string[] Shown(IRenderedComponent<ReportTableView> view) => [.. view.FindAll("tbody tr td:nth-child(2)").Select(c => c.TextContent.Trim())];

    private IRenderedComponent<ReportTableView> Show(ReportTable table) => Render<ReportTableView>(p => p.Add(t => t.Table, table));
}
