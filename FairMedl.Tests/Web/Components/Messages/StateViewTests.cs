using Bunit;
using FairMedl.Core.Data;
using FairMedl.Web.Components.Messages;
using Xunit;

namespace FairMedl.Tests.Web.Components.Messages;

public sealed class StateViewTests : ComponentContext
{
    [Fact]
    public void Error_OfAPage_ShowsCauseKeptWorkAndRemedy()
    {
        IRenderedComponent<ErrorView> view = Render<ErrorView>(p => p
            .Add(v => v.What, "The file cannot be used.").Add(v => v.Kept, "Nothing of it.").Add(v => v.Remedy, "Fix the lines below."));

        Assert.Equal("alert", view.Find("[data-testid=error]").GetAttribute("role"));
        Assert.Equal(["Nothing of it.", "Fix the lines below."], view.FindAll("dd").Select(d => d.TextContent));
    }

    [Fact]
    public void Faults_ManyOfThem_ShowTheFirstAndCountTheRest()
    {
        InputFault[] faults = [.. Enumerable.Range(2, 30).Select(line => new InputFault("It has 3 fields, not 4.", "Add the missing field.", Line: line))];

        IRenderedComponent<FaultList> list = Render<FaultList>(p => p.Add(l => l.Faults, faults).Add(l => l.Most, 5));

        Assert.Equal(6, list.FindAll("li").Count);
        Assert.Contains("line 2", list.Find("li .place").TextContent, StringComparison.Ordinal);
        Assert.Contains("25 more", list.FindAll("li")[^1].TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1234567L, "age", "abc", null, "line 1,234,567, column age, value “abc”")]
    [InlineData(null, "age", "", null, "column age, an empty value")]
    [InlineData(null, null, null, "$.data.cluster", null)]
    [InlineData(null, null, null, null, null)]
    public void FaultPlace_OfAFault_NamesTheKnownParts(long? line, string? column, string? value, string? path, string? expected) =>
        Assert.Equal(expected, FaultPlace.Of(new("What.", "Remedy.", line, column, value, path)));

    [Fact]
    public void Fault_WithMarkupInItsValue_IsShownAsText()
    {
        IRenderedComponent<FaultList> list = Render<FaultList>(p => p.Add(l => l.Faults, [new("Not a number.", "Fix it.", Value: "<b>x</b>")]));

        Assert.Empty(list.FindAll("b"));
        Assert.Contains("<b>x</b>", list.Find(".place").TextContent, StringComparison.Ordinal);
    }
}
