using Bunit;
using FairMedl.Web.Components.Controls;
using Xunit;

namespace FairMedl.Tests.Web.Components.Controls;

public sealed class FoldTests : ComponentContext
{
    [Fact]
    public void LazyFold_Opened_CreatesItsContentOnceAndKeepsIt()
    {
        IRenderedComponent<Fold> fold = Render<Fold>(p => p.Add(f => f.Title, "Performance").Add(f => f.IsLazy, true).AddChildContent("<p>numbers</p>"));
        Assert.DoesNotContain("numbers", fold.Markup, StringComparison.Ordinal);

        fold.Find("details").TriggerEvent("ontoggle", EventArgs.Empty);

        Assert.Contains("numbers", fold.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Fold_NotLazy_HasItsContentImmediately() =>
        Assert.Contains("numbers", Render<Fold>(p => p.Add(f => f.Title, "Performance").AddChildContent("<p>numbers</p>")).Markup, StringComparison.Ordinal);
}
