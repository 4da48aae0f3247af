using Bunit;
using FairMedl.Web.Components.Buttons;
using FairMedl.Web.Components.Fields;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using Xunit;

namespace FairMedl.Tests.Web.Components.Controls;

public sealed class ControlTests : ComponentContext
{
    [Fact]
    public void SelectField_Disabled_ShowsTheReason()
    {
        IRenderedComponent<SelectField<string>> field = Render<SelectField<string>>(p => p
            .Add(f => f.Label, "Threshold").Add(f => f.Options, ["a"]).Add(f => f.Text, o => o).Add(f => f.Value, "a")
            .Add(f => f.DisabledReason, "Thresholds apply to classification only."));

        Assert.Contains("Thresholds apply to classification only.", field.Find(".mud-input-helper-text").TextContent, StringComparison.Ordinal);
        Assert.True(field.FindComponent<MudSelect<string>>().Instance.Disabled);
    }

    [Fact]
    public void SelectField_Options_RaiseChangesAndShowWhyTheyAreDisabled()
    {
        string? selected = null;
        IRenderedComponent<MudPopoverProvider> popovers = Render<MudPopoverProvider>();
        IRenderedComponent<SelectField<string>> field = Render<SelectField<string>>(p => p
            .Add(f => f.Label, "Baseline").Add(f => f.Options, ["NNet", "MEDL", "DA"]).Add(f => f.Text, o => o).Add(f => f.Value, "NNet")
            .Add(f => f.Off, o => o == "DA" ? "no finished fit" : null)
            .Add(f => f.Changed, EventCallback.Factory.Create<string>(this, o => selected = o)));

        field.Find("div.mud-input-control").MouseDown();

        popovers.WaitForAssertion(() => Assert.Equal(3, popovers.FindAll(".mud-list-item").Count));
        Assert.Contains("no finished fit", popovers.FindAll(".mud-list-item")[2].TextContent, StringComparison.Ordinal);
        popovers.FindAll(".mud-list-item")[1].Click();
        field.WaitForAssertion(() => Assert.Equal("MEDL", selected));
    }

    [Theory]
    [InlineData("confirm", true)]
    [InlineData("keep", false)]
    public void ConfirmButton_AsksInADialog_AndActsOnlyWhenConfirmed(string answer, bool expected)
    {
        bool done = false;
        IRenderedComponent<MudDialogProvider> dialogs = Render<MudDialogProvider>();
        IRenderedComponent<ConfirmButton> button = Render<ConfirmButton>(p => p
            .Add(b => b.Text, "Delete").Add(b => b.Question, "Delete adult.csv and its two studies?").Add(b => b.Confirm, "Delete").Add(b => b.TestId, "delete")
            .Add(b => b.OnConfirmed, EventCallback.Factory.Create(this, () => done = true)));

        button.Find("[data-testid=delete]").Click();
        Assert.Contains("its two studies", dialogs.WaitForElement(".mud-dialog-content").TextContent, StringComparison.Ordinal);
        Assert.False(done);
        dialogs.Find($"[data-testid=delete-{answer}]").Click();

        dialogs.WaitForAssertion(() => Assert.Empty(dialogs.FindAll(".mud-dialog")));
        Assert.Equal(expected, done);
    }

    [Fact]
    public void ConfirmButton_DoubleClick_OpensOneDialog_AndAsksAgainAfterIt()
    {
        IRenderedComponent<MudDialogProvider> dialogs = Render<MudDialogProvider>();
        IRenderedComponent<ConfirmButton> button = Render<ConfirmButton>(p => p
            .Add(b => b.Text, "Delete").Add(b => b.Question, "Delete adult.csv?").Add(b => b.Confirm, "Delete").Add(b => b.TestId, "delete"));

        button.Find("[data-testid=delete]").Click();
        button.Find("[data-testid=delete]").Click();
        dialogs.WaitForElement(".mud-dialog-content");
        Assert.Single(dialogs.FindAll(".mud-dialog"));
        dialogs.Find("[data-testid=delete-keep]").Click();
        dialogs.WaitForAssertion(() => Assert.Empty(dialogs.FindAll(".mud-dialog")));

        button.Find("[data-testid=delete]").Click();
        dialogs.WaitForAssertion(() => Assert.Single(dialogs.FindAll(".mud-dialog")));
    }

    [Fact]
    public void ExportMenu_File_IsCreatedOnlyWhenSelected()
    {
        int made = 0;
        JSInterop.SetupModule("./js/download.js").SetupVoid("save", _ => true).SetVoidResult();
        IRenderedComponent<MudPopoverProvider> popovers = Render<MudPopoverProvider>();
        IRenderedComponent<ExportMenu> menu = Render<ExportMenu>(p => p.Add(m => m.Files,
        [
            new ExportFile("CSV", "for a spreadsheet", "a.csv", "text/csv", () => { made++; return [1]; }, "export-csv"),
            new ExportFile("LaTeX", "for a paper", "a.tex", "text/x-tex", () => throw new InvalidOperationException("not selected"), "export-tex"),
        ]));

        menu.Find("button").Click();
        popovers.WaitForElement("[data-testid=export-csv]");
        Assert.Equal(0, made);
        popovers.Find("[data-testid=export-csv]").Click();

        popovers.WaitForAssertion(() => Assert.Equal(1, made));
    }

    [Fact]
    public void NumberField_WithAnError_ShowsItInPlaceAndKeepsTheText()
    {
        IRenderedComponent<NumberField> field = Render<NumberField>(p => p
            .Add(f => f.Id, "folds").Add(f => f.Label, "Folds").Add(f => f.Range, new NumberRange("Folds", 2, 50, IsWhole: true))
            .Add(f => f.Text, "two").Add(f => f.Error, "Folds: 'two' is not a number.").Add(f => f.Unit, "folds"));

        Assert.Equal("two", field.Find("#folds").GetAttribute("value"));
        Assert.Equal("true", field.Find("#folds").GetAttribute("aria-invalid"));
        Assert.Equal("Folds: 'two' is not a number.", field.Find(".mud-input-helper-text").TextContent);
    }
}
