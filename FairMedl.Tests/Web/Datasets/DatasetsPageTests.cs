using Bunit;
using FairMedl.Core.Data.Tables;
using FairMedl.Web.Datasets;
using MudBlazor;
using Xunit;

namespace FairMedl.Tests.Web.Datasets;

public sealed class DatasetsPageTests : PageContext
{
    [Fact]
    public void Page_WithoutDataSets_OffersTheSample()
    {
        IRenderedComponent<DatasetsPage> page = Render<DatasetsPage>();

        page.Find("[data-testid=add-sample]").Click();

        page.WaitForAssertion(() => Assert.Equal("/datasets/1", Address));
    }

    [Fact]
    public void Page_CannotList_SaysSoAndTriesAgain()
    {
        Catalogue.ListFailure = new IOException("secret path");
        IRenderedComponent<DatasetsPage> page = Render<DatasetsPage>();
        Assert.DoesNotContain("secret path", page.Markup, StringComparison.Ordinal);

        Catalogue.ListFailure = null;
        page.Find("[data-testid=error] button").Click();

        page.WaitForElement("[data-testid=empty]");
    }

    [Fact]
    public void Delete_AsksFirst_AndForgetsTheRolesToo()
    {
        int id = Catalogue.Add("mine.csv", "a,b\n1,2\n3,4\n");
        Drafts.Save(id, new() { Target = new("a"), Cluster = new("b"), Sensitive = [], Features = [] });
        IRenderedComponent<MudDialogProvider> dialogs = Render<MudDialogProvider>();
        IRenderedComponent<DatasetsPage> page = Render<DatasetsPage>();

        page.Find($"[data-testid=delete-dataset-{id}]").Click();
        Assert.NotEmpty(page.FindAll("[data-testid=datasets]"));
        dialogs.WaitForElement($"[data-testid=delete-dataset-{id}-confirm]").Click();

        page.WaitForElement("[data-testid=empty]");
        Assert.Null(Drafts.Find(id));
    }

    [Fact]
    public void Delete_UsedByAStudy_IsRefusedInWords()
    {
        int id = Catalogue.Add("mine.csv", "a,b\n1,2\n3,4\n");
        Catalogue.Used.Add(id);
        IRenderedComponent<MudDialogProvider> dialogs = Render<MudDialogProvider>();
        IRenderedComponent<DatasetsPage> page = Render<DatasetsPage>();

        page.Find($"[data-testid=delete-dataset-{id}]").Click();
        dialogs.WaitForElement($"[data-testid=delete-dataset-{id}-confirm]").Click();

        page.WaitForAssertion(() => Assert.Contains("Delete the studies first", page.Find("[data-testid=error]").TextContent, StringComparison.Ordinal));
        Assert.NotEmpty(page.FindAll("[data-testid=datasets]"));
    }

    [Fact]
    public void DatasetPage_NotThere_SaysSo()
    {
        IRenderedComponent<DatasetPage> page = Render<DatasetPage>(p => p.Add(d => d.Id, 99));

        Assert.Contains("not found", page.Find("h1").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void DatasetPage_ShowsEveryColumnWithItsProblems()
    {
        int id = Catalogue.Add("mine.csv", "age,job\n31,a\n,b\ninf,b\n45,a\n");

        IRenderedComponent<DatasetPage> page = Render<DatasetPage>(p => p.Add(d => d.Id, id));

        page.WaitForElement("[data-testid=columns]");
        Assert.Equal(2, page.FindAll("[data-testid=columns] tbody tr").Count);
        Assert.Contains("1 (25%)", page.Find("[data-testid=columns] tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Contains("line 4", page.Find("[data-testid=problems]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_MoreThanAreListed_AreCounted() =>
        Assert.Equal("lines 3, 1,017 and 10 more", ColumnWording.Lines(new ColumnProblem("What.", "Remedy.", 12, [3, 1017], [])));
}
