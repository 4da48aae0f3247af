using Bunit;
using FairMedl.Tests.Web.Results;
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

        again.WaitForAssertion(() => Assert.Empty(Drafts.Of(1).StudyForms));
    }
}
