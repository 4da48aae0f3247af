using Bunit;
using FairMedl.Core.Data;
using FairMedl.Core.Storage;
using FairMedl.Tests.Studies;
using FairMedl.Tests.Web.Results;
using FairMedl.Web.Studies;
using FairMedl.Web.Studies.NewStudy;
using FairMedl.Web.Studies.Queue;
using MudBlazor;
using Xunit;

namespace FairMedl.Tests.Web.Studies;

public sealed class StudyPageTests : StudyPages
{
    [Fact]
    public void Studies_WhereThereAreNone_OffersTheFirstStep() =>
        Assert.Contains("No studies yet", Render<StudiesPage>().Find("[data-testid=empty]").TextContent, StringComparison.Ordinal);

    [Fact]
    public void Studies_ThatCannotBeListed_SayWhatIsKept()
    {
        Service.Failure = new IOException("The disk is full.");

        string text = Render<StudiesPage>().Find("[data-testid=error]").TextContent;

        Assert.Contains("The disk is full.", text, StringComparison.Ordinal);
        Assert.Contains("What is safe", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Studies_OfferResultsOnceAFitIsDone()
    {
        Service.Studies.Add(FakeStudyService.Study(1, StudyState.Queued, FitState.Queued));
        Service.Studies.Add(FakeStudyService.Study(2, StudyState.Running, FitState.Done, FitState.Running));

        IRenderedComponent<StudiesPage> page = Render<StudiesPage>();

        Assert.Equal(["/studies/2/results"], page.FindAll("a").Select(a => a.GetAttribute("href")).Where(h => h!.EndsWith("results", StringComparison.Ordinal)));
    }

    [Fact]
    public void Studies_OfferScoringOnlyWhereModelsAreStored()
    {
        Service.Studies.Add(FakeStudyService.Study(2, StudyState.Done, FitState.Done));
        Service.Studies.Add(FakeStudyService.Study(3, StudyState.Done, FitState.Done));
        Scorable.Add(3);

        IRenderedComponent<StudiesPage> page = Render<StudiesPage>();

        Assert.Equal(["/studies/3/score"], page.FindAll("a").Select(a => a.GetAttribute("href")).Where(h => h!.EndsWith("score", StringComparison.Ordinal)));
    }

    [Fact]
    public void Studies_Delete_NamesWhatGoesAndAsksFirst()
    {
        Service.Studies.Add(FakeStudyService.Study(2, StudyState.Running, FitState.Done, FitState.Running));
        IRenderedComponent<MudDialogProvider> dialogs = Render<MudDialogProvider>();
        IRenderedComponent<StudiesPage> page = Render<StudiesPage>();

        page.Find("[data-testid=delete-study-2]").Click();

        Assert.Contains(
            "This also deletes the results of 1 fit and 1 trained model. 1 unfinished fit is cancelled.",
            dialogs.WaitForElement(".mud-dialog").TextContent,
            StringComparison.Ordinal);
        Assert.DoesNotContain("delete 2", Service.Asked);
        dialogs.Find("[data-testid=delete-study-2-confirm]").Click();
        page.WaitForAssertion(() => Assert.Contains("delete 2", Service.Asked));
    }

    [Fact]
    public void Queue_BeforeTheFirstFitIsDone_HasNoWayToResultsYet()
    {
        Service.Studies.Add(FakeStudyService.Study(1, StudyState.Running, FitState.Running, FitState.Queued));

        IRenderedComponent<QueuePage> page = Render<QueuePage>(p => p.Add(q => q.Id, 1));

        Assert.Equal("BUTTON", page.Find("[data-testid=see-results]").TagName);
        Assert.True(page.Find("[data-testid=see-results]").HasAttribute("disabled"));
    }

    [Fact]
    public void Queue_WhenTheStudyChanges_FollowsIt()
    {
        Service.Studies.Add(FakeStudyService.Study(1, StudyState.Running, FitState.Running));
        IRenderedComponent<QueuePage> page = Render<QueuePage>(p => p.Add(q => q.Id, 1));

        Service.Studies[0] = FakeStudyService.Study(1, StudyState.Done, FitState.Done);
        Service.Change();

        page.WaitForAssertion(() => Assert.Equal("/studies/1/results", page.Find("[data-testid=see-results]").GetAttribute("href")));
        Assert.Contains("the fit is done", page.Find("[data-testid=study-progress]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Queue_WithFailedFits_TellsTheReasonAndRetriesThem()
    {
        Service.Studies.Add(FakeStudyService.Study(1, StudyState.Failed, FitState.Done, FitState.Failed));
        IRenderedComponent<QueuePage> page = Render<QueuePage>(p => p.Add(q => q.Id, 1));

        Assert.Contains("Lower the learning rate.", page.Find("[data-testid=failed-fits]").TextContent, StringComparison.Ordinal);
        page.Find("[data-testid=retry-study]").Click();

        Assert.Contains("retry 1", Service.Asked);
        Assert.Empty(page.FindAll("[data-testid=cancel-study]"));
    }

    [Fact]
    public void Queue_WhenLeft_NoLongerWatches()
    {
        Service.Studies.Add(FakeStudyService.Study(1, StudyState.Running, FitState.Running));
        IRenderedComponent<QueuePage> page = Render<QueuePage>(p => p.Add(q => q.Id, 1));
        Assert.Equal(1, Service.Watchers);

        page.Instance.Dispose();

        Assert.Equal(0, Service.Watchers);
    }

    [Fact]
    public void NewStudy_WithoutRoles_LeadsToThem()
    {
        Navigation.NavigateTo("/studies/new?dataset=1");

        Assert.Equal("/datasets/1/roles", Render<NewStudyPage>().Find("[data-testid=to-roles]").GetAttribute("href"));
    }

    [Fact]
    public void NewStudy_Queued_SendsWhatWasChosenAndGoesToTheQueue()
    {
        Drafts.Save(1, SampleResults.Definition().Data);
        Navigation.NavigateTo("/studies/new?dataset=1");
        IRenderedComponent<NewStudyPage> page = Render<NewStudyPage>();

        page.Find("[data-testid=model-nnet]").Change(true);
        page.Find("[data-testid=quick-look]").Change(true);
        page.Find("[data-testid=hyperparameter-lambdaMe]").Change("0.5");
        page.WaitForAssertion(() => Assert.StartsWith("3 fits (3 models × 1 fold × 1 seed)", page.Find("[data-testid=study-cost]").TextContent, StringComparison.Ordinal));
        page.Find("form").Submit();

        Assert.Equal(["nnet", "medl", "fair-adb-medl"], Service.Queued!.Models.Select(m => m.Model));
        Assert.Equal(1, Service.Queued.Protocol.FoldsToRun);
        Assert.Equal(0.5, Service.Queued.Settings["lambdaMe"].GetDouble());
        Assert.EndsWith("/studies/7", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void NewStudy_OfTooFewSteps_SaysHowManyEpochsWouldDo()
    {
        Rows = SmallStudy.Table();
        Drafts.Save(1, SmallStudy.Definition("nnet").Data);
        Navigation.NavigateTo("/studies/new?dataset=1");
        IRenderedComponent<NewStudyPage> page = Render<NewStudyPage>();
        // The recommended preset takes as many epochs as are needed.
        page.WaitForAssertion(() => Assert.Contains("steps", page.Find("[data-testid=hyperparameters]").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("[data-testid=short-training]"));

        page.Find("[data-testid=hyperparameter-epochs]").Change("20");
        page.WaitForAssertion(() => Assert.StartsWith("Each fit takes only ", page.Find("[data-testid=short-training]").TextContent, StringComparison.Ordinal));
        page.Find("[data-testid=hyperparameter-epochs]").Change("auto");
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=short-training]")));
        page.Find("[data-testid=hyperparameter-epochs]").Change("1");
        page.WaitForAssertion(() => Assert.Contains("(1 epoch of ", page.Find("[data-testid=short-training]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void NewStudy_OfOnesOwnData_StartsRecommendedAndSaysWhatTheValidationFoldDoes()
    {
        Rows = SmallStudy.Table();
        Drafts.Save(1, SmallStudy.Definition("nnet").Data);
        Navigation.NavigateTo("/studies/new?dataset=1");
        IRenderedComponent<NewStudyPage> page = Render<NewStudyPage>();
        string Help() => page.Find("[data-testid=folds-field] .mud-input-helper-text").TextContent;
        string Value(string field) => page.Find($"[data-testid=hyperparameter-{field}]").GetAttribute("value")!;

        Assert.Equal(["preset-recommended", "preset-recommended-full-objective", "preset-paper"],
            page.FindAll("[data-testid^=preset-]").Select(p => p.GetAttribute("data-testid")));
        Assert.True(page.Find("[data-testid=preset-recommended]").HasAttribute("checked"));
        Assert.EndsWith("All other folds train, because nothing in this study reads a validation fold.", Help(), StringComparison.Ordinal);
        Assert.Equal(("auto", "auto"), (Value("epochs"), Value("lambdaK")));
        page.WaitForAssertion(() => Assert.Matches(@"auto: about \d+ epochs, 2,\d+ steps", page.Find("[data-testid=hyperparameters]").TextContent));
        // "auto epochs" is no number of epochs.
        Assert.DoesNotContain(page.FindAll(".mud-input-adornment"), a => a.TextContent.Trim() == "epochs");

        Assert.StartsWith("Spreads between groups leave out groups with fewer than 30 positives (TPR)", page.Find("[data-testid=small-groups]").TextContent, StringComparison.Ordinal);

        page.Find("[data-testid=preset-paper]").Click();
        page.WaitForAssertion(() => Assert.StartsWith("Spreads between groups count every group", page.Find("[data-testid=small-groups]").TextContent, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.EndsWith("One fold is held out for validation.", Help(), StringComparison.Ordinal));
        Assert.Equal(("20", "0.001"), (Value("epochs"), Value("lambdaK")));
        Assert.Contains(page.FindAll(".mud-input-adornment"), a => a.TextContent.Trim() == "epochs");
        Assert.Contains("\"validationFold\": true", page.Find("[data-testid=definition-json]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void NewStudy_ThatTheDataRefuses_ListsEveryFaultAndStays()
    {
        Drafts.Save(1, SampleResults.Definition().Data);
        Navigation.NavigateTo("/studies/new?dataset=1");
        IRenderedComponent<NewStudyPage> page = Render<NewStudyPage>();
        Service.Failure = new InputException([new InputFault("One.", "Fix it."), new InputFault("Two.", "Fix that.")]);

        page.Find("form").Submit();

        Assert.Contains("One.", page.Find("[data-testid=faults]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Two.", page.Find("[data-testid=faults]").TextContent, StringComparison.Ordinal);
        Assert.EndsWith("dataset=1", Navigation.Uri, StringComparison.Ordinal);
        JSInterop.VerifyFocusAsyncInvoke();
    }

    [Theory]
    [InlineData("folds", "2.5", "Folds: 2.5 is not a whole number. Enter a whole number from 2 to 50.")]
    [InlineData("folds", "", "Folds: '' is not a number. Enter a whole number from 2 to 50.")]
    [InlineData("folds", "51", "Folds: 51 is out of range. Enter a whole number from 2 to 50.")]
    [InlineData("seeds", "1,5", "Seeds: '1,5' is not a number. Enter a whole number from 1 to 50.")]
    [InlineData("seeds", "99999999999", "Seeds: 99999999999 is out of range. Enter a whole number from 1 to 50.")]
    public void NewStudy_WithAWrongNumber_KeepsItAndSaysWhatIsAllowed(string field, string typed, string fault)
    {
        Drafts.Save(1, SampleResults.Definition().Data);
        Navigation.NavigateTo("/studies/new?dataset=1");
        IRenderedComponent<NewStudyPage> page = Render<NewStudyPage>();

        page.Find($"#{field}").Input(typed);

        Assert.Equal(typed, page.Find($"#{field}").GetAttribute("value"));
        Assert.Equal("true", page.Find($"#{field}").GetAttribute("aria-invalid"));
        Assert.Equal(fault, page.Find($"[data-testid={field}-field] .mud-input-helper-text").TextContent);
        Assert.True(page.Find("[data-testid=queue-study]").HasAttribute("disabled"));

        page.Find($"#{field}").Input("3");
        Assert.Empty(page.FindAll(".mud-input-error"));
        Assert.Empty(page.FindAll("[data-testid=form-faults]"));
    }

    [Fact]
    public void NewStudy_HyperparameterSearch_ShowsMatchesOnly()
    {
        Drafts.Save(1, SampleResults.Definition().Data);
        Navigation.NavigateTo("/studies/new?dataset=1");
        IRenderedComponent<NewStudyPage> page = Render<NewStudyPage>();
        Assert.NotEmpty(page.FindAll("[data-testid=hyperparameter-epochs]"));

        page.Find("[data-testid=hyperparameter-search]").Input("mixed effects");

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=hyperparameter-epochs]")));
        Assert.NotEmpty(page.FindAll("[data-testid=hyperparameter-lambdaMe]"));
    }

    [Fact]
    public void NewStudy_WithAWrongHyperparameter_CannotBeQueued()
    {
        Drafts.Save(1, SampleResults.Definition().Data);
        Navigation.NavigateTo("/studies/new?dataset=1");
        IRenderedComponent<NewStudyPage> page = Render<NewStudyPage>();

        page.Find("[data-testid=hyperparameter-epochs]").Change("many");

        Assert.Contains("'many' is not a number", page.Find("[data-testid=form-faults]").TextContent, StringComparison.Ordinal);
        Assert.True(page.Find("[data-testid=queue-study]").HasAttribute("disabled"));
    }
}
