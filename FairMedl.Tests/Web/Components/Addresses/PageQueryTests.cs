using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Web.Components.Addresses;
using Xunit;

namespace FairMedl.Tests.Web.Components.Addresses;

public sealed class PageQueryTests
{
    [Fact]
    public void Query_OfAnyText_ReadsBackTheSame()
    {
        const string Text = "a & b = c, 100 % + ü # ? <b>";
        string address = new PageQuery().Add("x", Text).Add("set", "1").Add("set", "2").Add("parts", ["a", "b"]).Add("none", (string?)null).Add("empty", "").On("/page");

        PageQuery read = PageQuery.Of("http://localhost" + address + "#heading");

        Assert.StartsWith("/page?x=", address, StringComparison.Ordinal);
        Assert.Equal((Text, "a,b"), (read.One("x"), read.One("parts")));
        Assert.Equal(["1", "2"], read.All("set"));
        Assert.Equal(["a", "b"], read.List("parts"));
        Assert.False(read.Has("none"));
        Assert.True(read.Has("empty"));
        Assert.Null(read.One("empty"));
    }

    [Fact]
    public void Query_WithoutValues_IsThePath() => Assert.Equal("/page", new PageQuery().Add("x", (string?)null).Add("y", []).On("/page"));

    [Theory]
    [InlineData("", null, null, null)]
    [InlineData("?n=7&share=0.25&head=FE", 7, .25, Head.FixedEffects)]
    [InlineData("?n=-7&share=1.5&head=1", null, null, null)]
    [InlineData("?n=7.5&share=-0.1&head=", null, null, null)]
    [InlineData("?n=99999999999&share=1e-1&head=fixedeffects", null, null, null)]
    [InlineData("#?n=7", null, null, null)]
    public void Values_ThatCannotBeRead_AreNull(string uri, int? number, double? share, Head? head)
    {
        PageQuery query = PageQuery.Of(uri);

        Assert.Equal((number, share, head), (query.Number("n"), query.Share("share"), query.Choice<Head>("head", ResultNames.Id)));
    }
}
