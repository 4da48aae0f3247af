using Bunit;
using FairMedl.Core.Data;
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
    public void Change_ThatCannotBe_IsListedAndNothingIsSaved()
    {
        IRenderedComponent<RolesPage> page = Open();
        page.WaitForElement("[data-testid=target-sentence]");

        page.Find("[data-testid=role-site]").Change("Feature");

        page.WaitForAssertion(() => Assert.Contains("No column is the cluster.", page.Find("[data-testid=faults]").TextContent, StringComparison.Ordinal));
        Assert.True(page.Find("[data-testid=roles-continue]").HasAttribute("disabled"));
        Assert.Null(Drafts.Find(1));
    }

    [Fact]
    public void Brackets_Changed_CountTheGroupsAnew()
    {
        IRenderedComponent<RolesPage> page = Open();
        page.WaitForElement("[data-testid=group-sizes-age]");

        page.Find("[data-testid=brackets-age]").Change("25, 50");

        page.WaitForAssertion(() => Assert.Equal(["<=25", "26-50", ">50"], page.FindAll("[data-testid=group-sizes-age] tbody th").Select(c => c.TextContent)));
    }

    [Fact]
    public void Brackets_ThatCannotBeRead_AreShownWithTheFaultAndBlock()
    {
        IRenderedComponent<RolesPage> page = Open();
        page.WaitForElement("[data-testid=group-sizes-age]");

        page.Find("[data-testid=brackets-age]").Change("50, 25");

        page.WaitForAssertion(() => Assert.Contains("ascend", page.Find("[data-testid=brackets-age-fault]").TextContent, StringComparison.Ordinal));
        Assert.Equal("50, 25", page.Find("[data-testid=brackets-age]").GetAttribute("value"));
        page.WaitForAssertion(() => Assert.True(page.Find("[data-testid=roles-continue]").HasAttribute("disabled")));
    }

    [Fact]
    public void ThinGroup_IsMarkedInWords()
    {
        IRenderedComponent<RolesPage> page = Open();

        page.WaitForElement("[data-testid=group-sizes-sex]");

        Assert.Contains("only ", page.Find("[data-testid=group-sizes-sex] .badge.caution").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Draft_OfAnEarlierVisit_IsTakenUpAgain()
    {
        int id = Catalogue.Add("people.csv", RoleEditorTests.People());
        Drafts.Save(id, new() { Target = new("flag", PredictionTask.Classification, ["1"]), Cluster = new("site"), Sensitive = [new("sex")], Features = ["score"] });

        IRenderedComponent<RolesPage> page = Render<RolesPage>(p => p.Add(r => r.Id, id));

        page.WaitForAssertion(() => Assert.Contains("flag = 1", page.Find("[data-testid=target-sentence]").TextContent, StringComparison.Ordinal));
    }

    private IRenderedComponent<RolesPage> Open() =>
        Render<RolesPage>(p => p.Add(r => r.Id, Catalogue.Add("people.csv", RoleEditorTests.People())));
}
