using FairMedl.Core.Models;
using FairMedl.Web.Components.Controls;
using Xunit;

namespace FairMedl.Tests.Web.Components.Controls;

public sealed class SeriesStyleTests
{
    [Fact]
    public void OfModel_EveryModelOfTheCatalogue_HasItsOwnColour()
    {
        List<string> colors = [.. ModelCatalogue.All.Select(m => SeriesStyle.OfModel(m.Id).Color)];

        Assert.Equal(colors.Count, colors.Distinct().Count());
    }

    [Fact]
    public void At_FirstThirtyTwo_AreAllDifferent() =>
        Assert.Equal(32, Enumerable.Range(0, 32).Select(SeriesStyle.At).Distinct().Count());

    [Fact]
    public void At_Negative_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => SeriesStyle.At(-1));
}
