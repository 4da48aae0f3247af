using Bunit;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Storage;
using FairMedl.Tests.Web.Results;
using FairMedl.Web.Components.Fields;
using FairMedl.Web.Services.Compute;
using FairMedl.Web.Studies.NewStudy;
using Xunit;

namespace FairMedl.Tests.Web.Studies;

public sealed class NewStudyDraftTests : StudyPages
{
    [Fact]
    public void NewStudy_Reloaded_KeepsWhatWasTypedUntilItIsQueued()
    {
        Drafts.Save(1, SampleResults.Definition().Data);
        Navigation.NavigateTo("/studies/new?dataset=1");
        IRenderedComponent<NewStudyPage> page = Render<NewStudyPage>();
        page.Find("[data-testid=study-name]").Input("my study");
        page.Find("[data-testid=model-nnet]").Change(true);
        page.Find("[data-testid=hyperparameter-epochs]").Change("many");

        IRenderedComponent<NewStudyPage> again = Render<NewStudyPage>();

        Assert.Equal("my study", again.Find("[data-testid=study-name]").GetAttribute("value"));
        Assert.True(again.Find("[data-testid=model-nnet]").HasAttribute("checked"));
        Assert.Contains("'many' is not a number", again.Find("[data-testid=form-faults]").TextContent, StringComparison.Ordinal);

        again.Find("[data-testid=hyperparameter-epochs]").Change("5");
        again.Find("form").Submit();
        Assert.Null(Service.QueuedCompute);

        again.WaitForAssertion(() => Assert.Empty(Drafts.Of(1).StudyForms));
    }

    [Fact]
    public async Task NewStudy_EngineAndDevice_AreKeptInTheDraftAndQueuedWithTheStudy()
    {
        Service.ComputeOptions = [new(null, "As configured (auto)"), new(new ComputeChoice("managed", "cpu"), "managed engine on the CPU"),
            new(new ComputeChoice("torchsharp"), "TorchSharp", "There is no libtorch.")];
        Drafts.Save(1, SampleResults.Definition().Data);
        Navigation.NavigateTo("/studies/new?dataset=1");
        IRenderedComponent<NewStudyPage> page = Opened(Render<NewStudyPage>());
        SelectField<ComputeOption> field = page.FindComponent<SelectField<ComputeOption>>().Instance;
        Assert.Equal("As configured (auto)", field.Value!.Name);
        Assert.Equal([null, null, "Not available on this machine"], field.Options.Select(field.Off!));
        Assert.Contains("TorchSharp: There is no libtorch.", page.Find("[data-testid=compute-unavailable]").TextContent, StringComparison.Ordinal);

        await page.InvokeAsync(() => field.Changed.InvokeAsync(field.Options[1]));
        IRenderedComponent<NewStudyPage> again = Opened(Render<NewStudyPage>());

        Assert.Equal("managed engine on the CPU", again.FindComponent<SelectField<ComputeOption>>().Instance.Value!.Name);
        again.Find("form").Submit();
        again.WaitForAssertion(() => Assert.Equal(new ComputeChoice("managed", "cpu"), Service.QueuedCompute));
    }

    [Fact]
    public void NewStudy_FromAStudyOnADeviceThatIsGone_KeepsTheChoiceAndSaysSo()
    {
        Service.Studies.Add(FakeStudyService.Study(5, StudyState.Done, FitState.Done) with { Compute = new ComputeChoice("torchsharp", "cuda:1") });
        Navigation.NavigateTo("/studies/new?from=5");
        IRenderedComponent<NewStudyPage> page = Opened(Render<NewStudyPage>());

        Assert.Equal("torchsharp on cuda:1", page.FindComponent<SelectField<ComputeOption>>().Instance.Value!.Name);
        Assert.Contains("was not found on this machine", page.Find("[data-testid=compute-problem]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void NewStudy_OneProbe_IsChosenOnceProbesAreAddedAndKept()
    {
        Drafts.Save(1, SampleResults.Definition().Data);
        Navigation.NavigateTo("/studies/new?dataset=1");
        IRenderedComponent<NewStudyPage> page = Render<NewStudyPage>();
        Assert.Empty(page.FindAll("[data-testid=probe-set]"));

        page.Find("[data-testid=probes]").Change(true);
        Assert.Equal("five added", page.Find("[data-testid=probes-fold] .fold-note").TextContent);
        page.FindAll("[data-testid=probe-set] input")[1].Change("on");

        Assert.Equal("one added", page.Find("[data-testid=probes-fold] .fold-note").TextContent);
        IRenderedComponent<NewStudyPage> again = Render<NewStudyPage>();
        Assert.True(again.FindAll("[data-testid=probe-set] input")[1].HasAttribute("checked"));
    }

    private static IRenderedComponent<NewStudyPage> Opened(IRenderedComponent<NewStudyPage> page)
    {
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[data-testid=compute-fold]")));
        if (page.FindComponents<SelectField<ComputeOption>>().Count == 0)
            page.Find("[data-testid=compute-fold]").TriggerEvent("ontoggle", EventArgs.Empty);
        return page;
    }
}
