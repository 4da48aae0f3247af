using AngleSharp.Dom;
using Bunit;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Storage;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Tests.Reports;
using FairMedl.Tests.Web.Studies;
using FairMedl.Web.Components.Charts;
using FairMedl.Web.Components.Charts.Traces;
using FairMedl.Web.Results;
using FairMedl.Web.Results.Figures;
using Xunit;

namespace FairMedl.Tests.Web.Results;

/// <summary>The two versions of the spreads on the results page, and the notice on a debiasing term without effect.</summary>
public sealed class CountedGroupsTests : ResultsPages
{
    private readonly AddressScript address;

    public CountedGroupsTests()
    {
        address = new AddressScript(JSInterop);
        Service.Studies.Add(FakeStudyService.Study(1, StudyState.Done, FitState.Done));
    }

    [Fact]
    public void SmallGroups_OfAStudyThatLeavesThemOut_AreNamedAndCanBeCounted()
    {
        Service.Results = SampleStudy.Classification().Counting(CountedGroups.Large);
        IRenderedComponent<ResultsPage> page = Open();

        Assert.Equal("at least 30", Value(page, "counted-choice"));
        Assert.Contains("-1 (0 positives) from TPR SD", page.Find("[data-testid=groups-left-out]").TextContent, StringComparison.Ordinal);
        Assert.Contains("across groups with at least 30 positives", page.Find(".verdicts-head").TextContent, StringComparison.Ordinal);
        Assert.Contains("over groups with at least 30 positives", page.Find("[data-testid=results-sentence]").TextContent, StringComparison.Ordinal);

        Select(page, "counted-choice", "all");
        page.WaitForAssertion(() => Assert.Equal("all", Value(page, "counted-choice")));
        Assert.Empty(page.FindAll("[data-testid=groups-left-out]"));
        Assert.EndsWith("?count=all", address.Last, StringComparison.Ordinal);

        Select(page, "counted-choice", "at least 30");
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[data-testid=groups-left-out]")));
        Assert.EndsWith("/results", address.Last, StringComparison.Ordinal);
    }

    [Fact]
    public void SmallGroups_OfAStudyThatCountsThem_CanBeLeftOut()
    {
        Service.Results = SampleStudy.Classification();
        IRenderedComponent<ResultsPage> page = Open("?count=large");

        Assert.Equal("at least 30", Value(page, "counted-choice"));
        Assert.NotEmpty(page.FindAll("[data-testid=groups-left-out]"));
        Assert.Equal("all", Value(Open(), "counted-choice"));
    }

    [Fact]
    public void WithoutSmallGroups_ThereIsNothingToChoose()
    {
        StudyResults study = SampleStudy.Classification();
        Service.Results = study with { Audits = [.. study.Audits.Select(a => a with { Audit = a.Audit with { Attributes = [.. a.Audit.Attributes.Take(1)] } })] };

        IElement pill = Open("?count=large").Find("[data-testid=counted-choice] .pill");
        Assert.True(pill.HasAttribute("disabled"));
        Assert.Contains("every spread counts all groups", pill.GetAttribute("title"), StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_OfTheFigure_HaveTheSdsCorrectedForChance()
    {
        var choice = new ResultsChoice(SampleStudy.Classification().Counting(CountedGroups.Large), new ResultsAddress { Study = 1 });
        ReportTable table = ResultsTables.Disparities(choice)!;
        AttributeAudit age = choice.AttributeOf("medl", "age")!;

        int column = table.Columns.ToList().FindIndex(c => c.Name == "MEDL, corrected for chance");
        Assert.Contains("expected if all groups were equal", table.Columns[column].Description, StringComparison.Ordinal);
        Assert.Equal(age.LargeGroups!.Corrected!.TprSd.Value, table.Rows.Single(r => r[0].Content == "age" && r[1].Content == "TPR SD")[column].Value);
        Assert.Equal(ReportCell.Empty, table.Rows.Single(r => r[0].Content == "age" && r[1].Content == "Demographic parity")[column]);
        Assert.All(table.Rows, r => Assert.Equal(table.Columns.Count, r.Count));
        Assert.Contains(table.Notes, n => n.ToString().StartsWith("Left out by ", StringComparison.Ordinal));

        Service.Results = choice.Results;
        Chart panel = Open().FindComponents<ChartFigure>().First(c => c.Instance.Grid is not null).Instance.Grid!.Panels[0];
        Assert.Contains(panel.Traces.OfType<DotTrace>().First().Hover!.SelectMany(t => t.Lines), l => l.StartsWith("corrected for chance 0.", StringComparison.Ordinal));
    }

    [Fact]
    public void DebiasingWithoutEffect_IsSaidWithTheRemedy()
    {
        StudyResults study = SampleStudy.Classification(factor: 1);
        Service.Results = study with { Audits = [.. study.Audits.Select(a => a with { Audit = a.Audit with { Attributes = [.. a.Audit.Attributes.Select(t => t with { NoiseFloor = null })] } })] };
        IRenderedComponent<ResultsPage> page = Open();

        IElement notice = page.Find("[data-testid=no-debiasing-effect]");
        Assert.StartsWith("Debiasing had no measurable effect:", notice.TextContent.Trim(), StringComparison.Ordinal);
        Assert.EndsWith("from=1", notice.QuerySelector("a")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains("no measurable effect", ResultsTables.Report(new ResultsChoice(Service.Results, new ResultsAddress { Study = 1 })).Summary, StringComparison.Ordinal);

        Service.Results = SampleStudy.Classification();
        Assert.Empty(Open().FindAll("[data-testid=no-debiasing-effect]"));
    }
}
