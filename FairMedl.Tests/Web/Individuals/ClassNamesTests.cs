using FairMedl.Core.Data.Roles;
using FairMedl.Web.Individuals;
using Xunit;

namespace FairMedl.Tests.Web.Individuals;

public sealed class ClassNamesTests
{
    [Theory]
    [InlineData("approved", new[] { "yes" }, new[] { "no", "yes" }, "approved", "not approved")]
    [InlineData("re_offended", new[] { "1" }, new[] { "0", "1" }, "re offended", "not re offended")]
    [InlineData("income", new[] { ">50K" }, new[] { "<=50K", ">50K" }, ">50K", "<=50K")]
    [InlineData("grade", new[] { "a", "b" }, new[] { "a", "b", "c", "d" }, "a or b", "not a or b")]
    [InlineData("grade", new[] { "a" }, new[] { "a", "b", "c" }, "a", "not a")]
    public void Of_ATarget_NamesBothClasses(string column, string[] positive, string[] levels, string expected, string negative) =>
        Assert.Equal(new ClassNames(expected, negative), ClassNames.Of(new TargetSpecification(column, PredictionTask.Classification, positive), levels));

    [Fact]
    public void Of_ATargetWithoutPositiveValues_FallsBackToTheFieldsTerms() =>
        Assert.Equal(new ClassNames("positive", "negative"), ClassNames.Of(new TargetSpecification("x"), []));
}
