using Bunit;
using FairMedl.Core.Storage;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Sample;
using FairMedl.Web.Components.Addresses;
using FairMedl.Web.Start;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FairMedl.Tests.Web.Start;

public sealed class StartPageTests : PageContext
{
    private SampleComparison Sample => Services.GetRequiredService<SampleComparison>();

    [Fact]
    public void TrySample_WhereThereIsNone_QueuesItAndShowsIt()
    {
        IRenderedComponent<StartPage> page = Render<StartPage>();

        page.Find("[data-testid=try-sample]").Click();

        page.WaitForAssertion(() => Assert.Equal(StudyAddresses.Queue(41), Address));
        StudyDefinition queued = Service.Queued.Single().Definition;
        Assert.Equal(["nnet", "medl", "fair-adb-medl"], queued.Models.Select(m => m.Model));
    }

    [Theory]
    [InlineData(StudyState.Done, "/studies/7/results")]
    [InlineData(StudyState.Running, "/studies/7")]
    public async Task TrySample_AlreadyQueued_IsNotQueuedAgain(StudyState state, string expected)
    {
        Service.Studies.Add(InMemoryStudyService.Study(7, SampleStudy.Name, state));

        Assert.Equal(expected, await Sample.OpenAsync());

        Assert.Empty(Service.Queued);
    }

    [Fact]
    public async Task TrySample_DuringTheFirstStart_OpensItsStudy()
    {
        var planned = new TaskCompletionSource();
        Service.Planning = planned.Task;
        Task<string> start = Sample.OpenAsync(), person = Sample.OpenAsync();
        Service.Studies.Add(InMemoryStudyService.Study(41, SampleStudy.Name, StudyState.Queued));
        planned.SetResult();

        Assert.Equal([StudyAddresses.Queue(41), StudyAddresses.Queue(41)], await Task.WhenAll(start, person));

        Assert.Single(Service.Queued);
    }

    [Fact]
    public async Task TrySample_EarlierOneFailed_IsQueuedAgain()
    {
        Service.Studies.Add(InMemoryStudyService.Study(7, SampleStudy.Name, StudyState.Failed));

        await Sample.OpenAsync();

        Assert.Single(Service.Queued);
    }

    [Fact]
    public void Sample_WhileItIsComputed_ShowsProgressAndThenOpens()
    {
        Service.Studies.Add(InMemoryStudyService.Study(7, SampleStudy.Name, StudyState.Running, done: 2));
        IRenderedComponent<StartPage> page = Render<StartPage>();
        page.WaitForAssertion(() => Assert.Contains("2 of 6", page.Find("[data-testid=sample-progress]").TextContent, StringComparison.Ordinal));

        Service.Studies[0] = InMemoryStudyService.Study(7, SampleStudy.Name, StudyState.Done, done: 6);
        Service.Change();

        page.WaitForAssertion(() => Assert.Equal("Open the sample", page.Find("[data-testid=try-sample]").TextContent.Trim()));
        Assert.Equal("/studies/new?dataset=1&from=7", page.Find("[data-testid=rerun-sample]").GetAttribute("href"));
    }

    [Fact]
    public async Task Sample_WhileTheFirstStartPreparesIt_ShowsProgress()
    {
        var planned = new TaskCompletionSource();
        Service.Planning = planned.Task;
        Task<string> start = Sample.OpenAsync();

        IRenderedComponent<StartPage> page = Render<StartPage>();
        page.WaitForElement("[data-testid=sample-starting]");

        Service.Studies.Add(InMemoryStudyService.Study(41, SampleStudy.Name, StudyState.Queued));
        planned.SetResult();
        await start;
        Service.Change();
        page.WaitForElement("[data-testid=sample-progress]");
        Assert.Empty(page.FindAll("[data-testid=sample-starting]"));
    }

    [Fact]
    public void Studies_Change_IsShownWithoutReloading()
    {
        IRenderedComponent<StartPage> page = Render<StartPage>();
        page.WaitForElement("[data-testid=empty]");

        Service.Studies.Add(InMemoryStudyService.Study(3, "Second try", StudyState.Running, done: 2));
        Service.Change();

        page.WaitForAssertion(() => Assert.Contains("2 of 6", page.Find("[data-testid=recent-studies]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_Left_StopsWatching()
    {
        Render<StartPage>();
        Assert.Equal(1, Service.Watchers);

        await DisposeComponentsAsync();

        Assert.Equal(0, Service.Watchers);
    }
}
