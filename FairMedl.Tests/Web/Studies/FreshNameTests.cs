using FairMedl.Web.Studies.NewStudy;
using Xunit;

namespace FairMedl.Tests.Web.Studies;

public sealed class FreshNameTests
{
    [Theory]
    [InlineData("adult", "adult")]
    [InlineData("adult", "adult 2", "adult")]
    [InlineData("Adult", "Adult 3", "adult", "adult 2")]
    [InlineData("adult 2", "adult 3", "adult", "adult 2")]
    [InlineData("adult 2", "adult 4", "adult", "adult 2", "adult 3")]
    [InlineData("census 2018", "census 2018")]
    [InlineData("census 2018", "census 2018 2", "census 2018")]
    public void Of_IsTheNameOrTheFirstThatIsFree(string name, string fresh, params string[] taken) =>
        Assert.Equal(fresh, FreshName.Of(name, taken));
}
