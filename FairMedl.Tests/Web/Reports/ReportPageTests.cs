using Bunit;
using FairMedl.Core.Reports.Document;
using FairMedl.Core.Reports.Writers;
using FairMedl.Core.Storage;
using FairMedl.Tests.Web.Results;
using FairMedl.Tests.Web.Studies;
using FairMedl.Web.Components.Addresses;
using FairMedl.Web.Components.Fields;
using FairMedl.Web.Reports;
using FairMedl.Web.Services.Reports;
using FairMedl.Web.Services.Studies;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using Xunit;

namespace FairMedl.Tests.Web.Reports;

public sealed class ReportPageTests : StudyPages
{
    // Fields are saved half a second after the last change.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FakeReportFields fields = new();
    private AddressScript address = null!;

    public ReportPageTests() => Services.AddSingleton<IReportFields>(fields);

    private IRenderedComponent<ReportPage> Open(string query = "", bool done = true)
    {
        if (Service.Studies.Count == 0) Service.Studies.Add(FakeStudyService.Study(1, done ? StudyState.Done : StudyState.Running, FitState.Done, FitState.Running));
        Service.Results = SampleResults.Create();
        address = new AddressScript(JSInterop);
        Navigation.NavigateTo(StudyAddresses.ReportBuilder(1) + query);
        return Render<ReportPage>(p => p.Add(r => r.Id, 1));
    }

    private static string? Preview(IRenderedComponent<ReportPage> page) => page.Find("[data-testid=report-preview]").GetAttribute("src");

    [Fact]
    public async Task Report_ByDefault_IsTheDocumentWithoutAppendixInEveryFormat()
    {
        IRenderedComponent<MudPopoverProvider> popovers = Render<MudPopoverProvider>();
        IRenderedComponent<ReportPage> page = Open();

        Assert.Equal("/studies/1/report.html", Preview(page));
        Assert.Equal("allow-same-origin allow-modals", page.Find("[data-testid=report-preview]").GetAttribute("sandbox"));
        Assert.Empty(page.FindAll("[data-testid=part-groups]"));
        await page.Find("[data-testid=export] button, button[data-testid=export]").ClickAsync(new());
        foreach (ReportFormat format in ReportFormat.All)
            Assert.Contains($"/studies/1/report.{format.Extension}?download=true", popovers.Markup, StringComparison.Ordinal);
        Assert.Contains("/studies/1/metrics.csv", popovers.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Section_LeftOut_IsMissingInThePreviewAndTheAddress()
    {
        IRenderedComponent<ReportPage> page = Open();

        page.Find("[data-testid=part-exclusions]").Change(false);

        const string Parts = "parts=summary,findings,method";
        Assert.Equal($"/studies/1/report.html?{Parts}", Preview(page));
        Assert.Equal(("push", $"/studies/1/report?{Parts}"), Assert.Single(address.Written));

        Navigation.NavigateTo(StudyAddresses.ReportBuilder(1));
        Assert.Equal("/studies/1/report.html", Preview(page));
    }

    [Fact]
    public void Appendix_SwitchedOn_AddsItsPartsWhichCanBeLeftOut()
    {
        IRenderedComponent<ReportPage> page = Open();

        page.Find("[data-testid=appendix]").Change(true);
        Assert.Equal("/studies/1/report.html?parts=summary,findings,exclusions,method,performance,comparisons,groups,importance,randomeffects,fits,definitions", Preview(page));

        page.Find("[data-testid=part-groups]").Change(false);
        Assert.Equal("/studies/1/report.html?parts=summary,findings,exclusions,method,performance,comparisons,importance,randomeffects,fits,definitions", Preview(page));

        page.Find("[data-testid=appendix]").Change(false);
        Assert.Equal("/studies/1/report.html", Preview(page));
    }

    [Fact]
    public async Task Card_IsOfTheChosenModelAndHasFieldsOfItsOwn()
    {
        IRenderedComponent<ReportPage> page = Open();
        Assert.Empty(page.FindAll("[data-testid=field-review]"));

        SelectField<string> document = page.FindComponent<SelectField<string>>().Instance;
        Assert.Equal(["Study report", "Model card: NNet", "Model card: MEDL", "Model card: Fair(ADB) MEDL"], document.Options.Select(document.Text));
        await page.InvokeAsync(() => document.Changed.InvokeAsync("medl"));

        Assert.Equal("/studies/1/card.html?model=medl", Preview(page));
        Assert.NotNull(page.Find("[data-testid=field-review]"));
        Assert.Empty(page.FindAll("[data-testid=appendix]"));
    }

    [Fact]
    public void Fields_Changed_AreSavedAndSurviveAReload()
    {
        IRenderedComponent<ReportPage> page = Open();

        page.Find("[data-testid=field-organisation]").Input("Example Bank");
        page.Find("[data-testid=field-date]").Change("2026-03-31");
        page.Find("[data-testid=field-purpose]").Input("Annual review");

        page.WaitForAssertion(() => Assert.Equal(new ReportDetails { Organisation = "Example Bank", Date = new DateOnly(2026, 3, 31), Purpose = "Annual review" }, fields.Saved.GetValueOrDefault(1)), Patience);
        // The page says so after the store has answered.
        page.WaitForAssertion(() => Assert.Equal("Saved with the study.", page.Find("[data-testid=fields-saved]").TextContent), Patience);

        IRenderedComponent<ReportPage> again = Open();
        Assert.Equal("Example Bank", again.Find("[data-testid=field-organisation]").GetAttribute("value"));
        Assert.Equal("2026-03-31", again.Find("[data-testid=field-date]").GetAttribute("value"));
    }

    [Fact]
    public void Fields_ThatCannotBeSaved_StayWithTheReason()
    {
        IRenderedComponent<ReportPage> page = Open();
        fields.Failure = new IOException("The disk is full.");

        page.Find("[data-testid=field-author]").Input("A. Author");

        page.WaitForAssertion(() => Assert.Contains("The disk is full.", page.Find("[data-testid=fields-error]").TextContent, StringComparison.Ordinal), Patience);
        Assert.Equal("A. Author", page.Find("[data-testid=field-author]").GetAttribute("value"));

        fields.Failure = null;
        page.Find("[data-testid=field-author]").Input("A. N. Author");
        page.WaitForAssertion(() => Assert.Equal("A. N. Author", fields.Saved.GetValueOrDefault(1)?.Author), Patience);
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=fields-error]")), Patience);
    }

    [Fact]
    public async Task Fields_ChangedDuringASave_AreSavedAfterIt()
    {
        IRenderedComponent<ReportPage> page = Open();
        IRenderedComponent<ReportFieldsForm> form = page.FindComponent<ReportFieldsForm>();
        fields.Gate = new TaskCompletionSource();

        Task first = page.InvokeAsync(() => form.Instance.Changed.InvokeAsync(new ReportDetails { Author = "A" }));
        Task second = page.InvokeAsync(() => form.Instance.Changed.InvokeAsync(new ReportDetails { Author = "A. Author" }));
        Assert.Empty(fields.Saved);
        fields.Gate.SetResult();
        await Task.WhenAll(first, second);

        Assert.Equal(1, fields.MostAtOnce);
        Assert.Equal("A. Author", fields.Saved[1].Author);
        Assert.Equal("Saved with the study.", page.Find("[data-testid=fields-saved]").TextContent);
    }

    [Fact]
    public void Date_WithoutAValue_IsTheDayOfTheLastFit()
    {
        StudyDetail study = FakeStudyService.Study(1, StudyState.Done, FitState.Done);
        Service.Studies.Add(study with { Summary = study.Summary with { FinishedAt = new DateTimeOffset(2026, 3, 31, 12, 0, 0, TimeSpan.Zero) } });

        Assert.Equal("2026-03-31", Open().Find("[data-testid=field-date]").GetAttribute("value"));
    }

    [Fact]
    public void Date_WithoutAValueWhileFitsRun_IsToday()
    {
        var clock = new FixedClock(new DateTimeOffset(2026, 4, 1, 12, 0, 0, TimeSpan.Zero));

        Assert.Equal(new DateOnly(2026, 4, 1), ReportDates.Of(FakeStudyService.Study(1, StudyState.Running, FitState.Running).Summary with { FinishedAt = null }, clock));
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;
    }

    [Fact]
    public void SaveAsPdf_PrintsThePreview()
    {
        BunitJSModuleInterop module = JSInterop.SetupModule("./js/print.js");
        JSRuntimeInvocationHandler print = module.SetupVoid("printFrame", _ => true).SetVoidResult();
        IRenderedComponent<ReportPage> page = Open();

        page.Find("[data-testid=report-print]").Click();

        Assert.Single(print.Invocations);
    }

    [Theory]
    [InlineData("?card=nonsense", "/studies/1/report.html")]
    [InlineData("?parts=nonsense,groups,%00", "/studies/1/report.html?parts=groups")]
    [InlineData("?parts=", "/studies/1/report.html?parts=")]
    [InlineData("?=&&&%", "/studies/1/report.html")]
    public void Address_WithInvalidParts_KeepsTheValidOnes(string query, string preview) => Assert.Equal(preview, Preview(Open(query)));

    [Fact]
    public void Report_BeforeTheFirstFit_SaysWhenItAppears()
    {
        Service.Studies.Add(FakeStudyService.Study(1, StudyState.Running, FitState.Running));
        Navigation.NavigateTo(StudyAddresses.ReportBuilder(1));
        Assert.Contains("No results yet", Render<ReportPage>(p => p.Add(r => r.Id, 1)).Find("[data-testid=empty]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_ThatCannotBeLoaded_OffersToTryAgain()
    {
        Service.Failure = new IOException("The file is locked.");
        IRenderedComponent<ReportPage> page = Render<ReportPage>(p => p.Add(r => r.Id, 1));
        Assert.Contains("The file is locked.", page.Find("[data-testid=error]").TextContent, StringComparison.Ordinal);

        Service.Failure = null;
        Service.Studies.Add(FakeStudyService.Study(1, StudyState.Done, FitState.Done));
        Service.Results = SampleResults.Create();
        page.Find("[data-testid=error] button").Click();
        Assert.NotNull(Preview(page));
    }

    [Fact]
    public void Report_InTheMiddleOfARun_IsMarkedAsPartial() => Assert.NotEmpty(Open(done: false).FindAll("[data-testid=partial]"));
}
