using Bunit;
using FairMedl.Core.Data.Roles;
using FairMedl.Web.Roles;
using Xunit;

namespace FairMedl.Tests.Web.Roles;

public sealed class RolesPageTests : PageContext
{
    [Fact]
    public void Continue_AfterTheGuess_SavesTheDraftAndGoesOn()
    {
        IRenderedComponent<RolesPage> page = Open();

        page.WaitForAssertion(() => Assert.False(page.Find("[data-testid=roles-continue]").HasAttribute("disabled")));
        page.Find("[data-testid=roles-continue]").Click();

        page.WaitForAssertion(() => Assert.Equal("/studies/new?dataset=1", Address));
        Assert.Equal("hired", Drafts.Find(1)?.Target.Column);
    }

    [Fact]
    public async Task Change_ThatCannotBe_IsListedAndNothingIsSaved()
    {
        IRenderedComponent<RolesPage> page = Open();
        page.WaitForElement("[data-testid=target-sentence]");

        await page.SelectAsync("role-site", ColumnRole.Feature);

        page.WaitForAssertion(() => Assert.Contains("No column is the cluster.", page.Find("[data-testid=faults]").TextContent, StringComparison.Ordinal));
        Assert.True(page.Find("[data-testid=roles-continue]").HasAttribute("disabled"));
        Assert.Null(Drafts.Find(1));
    }

    [Fact]
    public void Bins_Changed_CountTheGroupsAnew()
    {
        IRenderedComponent<RolesPage> page = Open();
        page.WaitForElement("[data-testid=group-sizes-age]");

        page.Find("[data-testid=bins-age]").Change("25, 50");

        page.WaitForAssertion(() => Assert.Equal(["<=25", "26-50", ">50"], page.FindAll("[data-testid=group-sizes-age] .group-name").Select(c => c.TextContent.Trim())));
    }

    [Fact]
    public void Bins_ThatCannotBeRead_AreShownWithTheFaultAndBlock()
    {
        IRenderedComponent<RolesPage> page = Open();
        page.WaitForElement("[data-testid=group-sizes-age]");

        page.Find("[data-testid=bins-age]").Change("50, 25");

        page.WaitForAssertion(() => Assert.Contains("ascend", page.Find("[data-testid=bin-editor-age] .mud-input-error").TextContent, StringComparison.Ordinal));
        Assert.Equal("50, 25", page.Find("[data-testid=bins-age]").GetAttribute("value"));
        page.WaitForAssertion(() => Assert.True(page.Find("[data-testid=roles-continue]").HasAttribute("disabled")));
    }

    [Fact]
    public void SmallGroup_IsMarkedInWords()
    {
        IRenderedComponent<RolesPage> page = Open();

        page.WaitForElement("[data-testid=group-sizes-sex]");

        Assert.Contains("fewer than 30 positives", page.Find("[data-testid=group-sizes-sex] .badge.caution").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Intersections_SwitchedOn_CountIntersectionalGroups()
    {
        IRenderedComponent<RolesPage> page = Open();
        page.WaitForElement("[data-testid=intersections-switch]").Change(true);

        AngleSharp.Dom.IElement table = page.WaitForElement("[data-testid=group-sizes-age-sex]");

        Assert.Contains(" × f", table.TextContent, StringComparison.Ordinal);
        int intersections = table.QuerySelectorAll("tbody tr").Sum(r => int.Parse(r.QuerySelectorAll("td")[1].TextContent, System.Globalization.CultureInfo.InvariantCulture));
        int single = page.FindAll("[data-testid=group-sizes-sex] tbody tr").Sum(r => int.Parse(r.QuerySelectorAll("td")[1].TextContent, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(single, intersections);
    }

    [Fact]
    public void Definition_Loaded_SetsTheRolesAndWaitsForTheStudy()
    {
        IRenderedComponent<RolesPage> page = Open();
        page.WaitForElement("[data-testid=target-sentence]");

        Load(page, Definition("age"));

        page.WaitForElement("[data-testid=definition-loaded]");
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=group-sizes-sex]")));
        Assert.Equal("mine", Drafts.Loaded(1)?.Name);
    }

    [Theory]
    [InlineData("{", "definition-file")]
    [InlineData("""{"name":"x","data":{"target":{"column":"hired","task":"classification","positive":["yes"]},"cluster":{"column":"site"},"sensitive":[{"column":"agee"}],"features":["score"]},"models":[{"model":"medl"}]}""", "agee")]
    [InlineData("""{"name":"x","surprise":1}""", "surprise")]
    [InlineData("""{"name":"x","data":{"target":{"column":"hired","task":"classification","positive":["yes"]},"cluster":{"column":"site"},"sensitive":[{"column":"sex"}],"features":["score"]},"settings":{"lambdaMe":"\ud800"},"models":[{"model":"medl"}]}""", "unpaired surrogate")]
    public void Definition_ThatDoesNotFit_IsRefusedAsAWhole(string json, string named)
    {
        IRenderedComponent<RolesPage> page = Open();
        page.WaitForElement("[data-testid=target-sentence]");
        string before = page.Find("[data-testid=target-sentence]").TextContent;

        Load(page, json);

        page.WaitForAssertion(() => Assert.Contains("was not loaded", page.Find("[data-testid=load-definition]").TextContent, StringComparison.Ordinal));
        Assert.Contains(named, page.Find("[data-testid=load-definition]").InnerHtml, StringComparison.Ordinal);
        Assert.Equal(before, page.Find("[data-testid=target-sentence]").TextContent);
        Assert.Null(Drafts.Loaded(1));
    }

    private static void Load(IRenderedComponent<RolesPage> page, string json) =>
        page.FindComponent<Microsoft.AspNetCore.Components.Forms.InputFile>().UploadFiles(InputFileContent.CreateFromText(json, "experiment.json"));

    private static string Definition(string sensitive) => FairMedl.Core.Studies.Definition.StudyJson.Write(new FairMedl.Core.Studies.Definition.StudyDefinition
    {
        Name = "mine",
        Data = new DataSpecification
        {
            Target = new TargetSpecification("hired", PredictionTask.Classification, ["yes"]),
            Cluster = new ClusterSpecification("site"),
            Sensitive = [new SensitiveSpecification(sensitive, [40])],
            Features = ["score"],
        },
        Models = [new("medl")],
    });

    [Fact]
    public void Draft_OfAnEarlierVisit_IsTakenUpAgain()
    {
        int id = Catalogue.Add("people.csv", RoleEditorTests.People());
        Drafts.Save(id, new() { Target = new("flag", PredictionTask.Classification, ["1"]), Cluster = new("site"), Sensitive = [new("sex")], Features = ["score"] });

        IRenderedComponent<RolesPage> page = Render<RolesPage>(p => p.Add(r => r.Id, id));

        page.WaitForAssertion(() => Assert.Contains("flag = 1", page.Find("[data-testid=target-sentence]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Change_WithoutContinue_SurvivesAReload()
    {
        IRenderedComponent<RolesPage> page = Open();
        page.WaitForElement("[data-testid=target-sentence]");
        await page.SelectAsync("role-site", ColumnRole.Feature);
        page.WaitForAssertion(() => Assert.Equal("", Drafts.Of(1).EditedRoles?.Cluster.Column));

        IRenderedComponent<RolesPage> again = Render<RolesPage>(p => p.Add(r => r.Id, 1));

        again.WaitForAssertion(() => Assert.Contains("No column is the cluster.", again.Find("[data-testid=faults]").TextContent, StringComparison.Ordinal));
    }

    private IRenderedComponent<RolesPage> Open() =>
        Render<RolesPage>(p => p.Add(r => r.Id, Catalogue.Add("people.csv", RoleEditorTests.People())));
}
