using AngleSharp.Dom;
using Bunit;
using FairMedl.Core.Reports;
using FairMedl.Core.Storage;
using FairMedl.Tests.Web.Results;
using FairMedl.Tests.Web.Studies;
using FairMedl.Web.Reports;
using FairMedl.Web.Studies;
using Xunit;

namespace FairMedl.Tests.Web.Reports;

public sealed class ReportPageTests : StudyPages
{
    private AddressScript address = null!;

    private IRenderedComponent<ReportPage> Open(string query = "", bool done = true)
    {
        Service.Studies.Add(FakeStudyService.Study(1, done ? StudyState.Done : StudyState.Running, FitState.Done, FitState.Running));
        Service.Results = SampleResults.Create();
        address = new AddressScript(JSInterop);
        Navigation.NavigateTo(StudyAddresses.ReportBuilder(1) + query);
        return Render<ReportPage>(p => p.Add(r => r.Id, 1));
    }

    [Fact]
    public void Report_ByDefault_IsTheWholeStudyInEveryForm()
    {
        IRenderedComponent<ReportPage> page = Open();

        foreach (ReportFormat format in ReportFormat.All)
            Assert.Equal($"/studies/1/report.{format.Extension}?download=true", page.Find($"[data-testid=report-{format.Extension}]").GetAttribute("href"));
        Assert.Equal("/studies/1/report.html", page.Find("[data-testid=report-preview]").GetAttribute("src"));
        Assert.Equal("", page.Find("[data-testid=report-preview]").GetAttribute("sandbox"));
    }

    [Fact]
    public void Part_TakenOut_IsOutOfThePreviewTheFilesAndTheAddress()
    {
        IRenderedComponent<ReportPage> page = Open();

        page.Find("[data-testid=part-groups]").Change(false);

        const string Parts = "parts=performance,comparisons,importance,randomeffects,fits,definitions";
        Assert.Equal($"/studies/1/report.html?{Parts}", page.Find("[data-testid=report-preview]").GetAttribute("src"));
        Assert.Equal($"/studies/1/report.xlsx?{Parts}&download=true", page.Find("[data-testid=report-xlsx]").GetAttribute("href"));
        Assert.Equal(("push", $"/studies/1/report?{Parts}"), Assert.Single(address.Written));

        Navigation.NavigateTo(StudyAddresses.ReportBuilder(1));
        Assert.Equal("/studies/1/report.html", page.Find("[data-testid=report-preview]").GetAttribute("src"));
    }

    [Fact]
    public void Card_IsOfTheChosenModel()
    {
        IRenderedComponent<ReportPage> page = Open();

        page.Find("[data-testid=document-card]").Change(true);
        page.Find("[data-testid=card-model]").Change("medl");

        Assert.Equal("/studies/1/card.html?model=medl", page.Find("[data-testid=report-preview]").GetAttribute("src"));
        Assert.Equal("/studies/1/card.tex?model=medl&download=true", page.Find("[data-testid=report-tex]").GetAttribute("href"));
    }

    [Theory]
    [InlineData("?card=nonsense")]
    [InlineData("?parts=nonsense,groups,%00")]
    [InlineData("?parts=")]
    [InlineData("?=&&&%")]
    public void Address_WithNonsenseInIt_IsReadForWhatMakesSense(string query)
    {
        IRenderedComponent<ReportPage> page = Open(query);
        Assert.True(page.Find("[data-testid=document-study]").IsChecked());
        Assert.Equal(query.Contains("groups", StringComparison.Ordinal), query.StartsWith("?parts", StringComparison.Ordinal) && page.Find("[data-testid=part-groups]").IsChecked());
    }

    [Fact]
    public void Report_BeforeTheFirstFit_SaysWhenThereWillBeOne()
    {
        Service.Studies.Add(FakeStudyService.Study(1, StudyState.Running, FitState.Running));
        Navigation.NavigateTo(StudyAddresses.ReportBuilder(1));
        Assert.Contains("No fit is done yet", Render<ReportPage>(p => p.Add(r => r.Id, 1)).Find("[data-testid=empty]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_InTheMiddleOfARun_IsMarkedAsPartial() => Assert.NotEmpty(Open(done: false).FindAll("[data-testid=partial]"));
}
