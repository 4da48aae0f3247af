using System.Xml.Linq;
using FairMedl.Core.Fits;
using FairMedl.Web.Studies.Models;
using Xunit;

namespace FairMedl.Tests.Web.Studies;

public sealed class ModelGroupTests
{
    [Fact]
    public void Groups_HoldEveryModelOnce_EachWithItsFairTwins()
    {
        string[] all = [.. ModelGroup.All.SelectMany(g => g.Twins).SelectMany(t => t.Fair.Prepend(t.Unmitigated)).Select(m => m.Id)];

        Assert.Equal(ModelCatalogue.All.Select(m => m.Id).Order(), all.Order());
        Assert.Equal(["fair-adb-medl"], Twins("medl"));
        Assert.Equal(["fair-adb-nnet"], Twins("nnet"));
        Assert.Equal(["fair-adb-da", "fair-acl-da"], Twins("da"));
        Assert.Empty(Twins("nnet-cluster"));
    }

    [Theory]
    [InlineData("nnet", "λyℒ(y,y^F)")]
    [InlineData("fair-adb-nnet", "λyℒ(y,y^F)−λFECEF(s)")]
    [InlineData("da", "λyℒ(y,y^F)−λzCE(z)")]
    [InlineData("fair-acl-da", "λyℒ(y,y^F)−λzCE(z)+λs∑a|corr(y^F,sa)|")]
    [InlineData("fair-adb-medl", "ℒ(y,y^M)+λFℒ(y,y^F)−λgCE(z)+λKKL(q∥p)−λFECEF(s)−λMECEM(s)")]
    public void Objective_HasTheTermsOfTheModel(string id, string expected)
    {
        IReadOnlyList<XElement> terms = ModelObjective.Of(ModelCatalogue.Find(id)!);

        Assert.Equal(expected, string.Concat(terms.Select(t => t.Value)));
        Assert.All(terms, t => Assert.Equal("math", t.Name.LocalName));
    }

    private static IEnumerable<string> Twins(string id) =>
        ModelGroup.All.SelectMany(g => g.Twins).Single(t => t.Unmitigated.Id == id).Fair.Select(m => m.Id);
}
