using AngleSharp.Dom;
using Bunit;
using FairMedl.Web.Components.Fields;
using Xunit;

namespace FairMedl.Tests.Web.Components.Fields;

public sealed class ChoiceTests : ComponentContext
{
    /// <summary>Radio buttons of one name are one group, of which a browser checks a single one.</summary>
    [Fact]
    public void Choices_OfDifferentTypes_AreSeparateGroups()
    {
        IRenderedComponent<Choice<int>> numbers = Render<Choice<int>>(p => p.Add(c => c.Label, "n").Add(c => c.Options, [1, 2]).Add(c => c.Value, 1).Add(c => c.Text, n => $"{n}"));
        IRenderedComponent<Choice<string>> words = Render<Choice<string>>(p => p.Add(c => c.Label, "w").Add(c => c.Options, ["a", "b"]).Add(c => c.Value, "b").Add(c => c.Text, w => w));

        string? number = Assert.Single(numbers.FindAll("input").Select(Name).Distinct()), word = Assert.Single(words.FindAll("input").Select(Name).Distinct());

        Assert.NotNull(number);
        Assert.NotEqual(number, word);

        static string? Name(IElement input) => input.GetAttribute("name");
    }
}
