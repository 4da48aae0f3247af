using FairMedl.Core.Reports.Sentences;
using FairMedl.Core.Studies.Gathering;
using Xunit;

namespace FairMedl.Tests.Reports.Sentences;

public sealed class ClusterWordsTests
{
    [Theory]
    [InlineData("hospital", "hospital", "hospitals")]
    [InlineData("site_id", "site", "sites")]
    [InlineData("siteId", "site", "sites")]
    [InlineData("SITE_ID", "site", "sites")]
    [InlineData("occupation", "occupation", "occupations")]
    [InlineData("branch", "branch", "branches")]
    [InlineData("county-code", "county", "counties")]
    [InlineData("counties", "county", "counties")]
    [InlineData("Branches", "branch", "branches")]
    [InlineData("native-country", "native country", "native countries")]
    [InlineData("status", "status", "statuses")]
    [InlineData("class", "class", "classes")]
    [InlineData("school_day", "school day", "school days")]
    [InlineData("x3", "x3", "x3 values")]
    [InlineData("id", "cluster", "clusters")]
    [InlineData("", "cluster", "clusters")]
    [InlineData("12", "cluster", "clusters")]
    public void Of_AColumnName_GivesANoun(string column, string one, string many) =>
        Assert.Equal(new ClusterWords(one, many), ClusterWords.Of(column));

    [Fact]
    public void Words_OfHeadsAndSplits_UseTheColumnsNoun()
    {
        ClusterWords words = ClusterWords.Of("hospital");
        Assert.Equal(("a hospital", "an occupation"), (words.AOne, ClusterWords.Of("occupation").AOne));

        Assert.Equal(["with hospital effects", "without hospital effects"], new[] { words.Of(Head.MixedEffects), words.Of(Head.FixedEffects) });
        Assert.Equal(["hospitals seen in training", "hospitals not seen in training"], new[] { words.Of(Split.Seen), words.Of(Split.Unseen) });
    }

    [Theory]
    [InlineData("marital-status", "marital status", "Marital status")]
    [InlineData("MaritalStatus", "marital status", "Marital status")]
    [InlineData("BMI", "BMI", "BMI")]
    [InlineData("age × race", "age × race", "Age × race")]
    [InlineData("race|<b>&_%", "race|<b>&_%", "Race|<b>&_%")]
    public void ColumnWords_OfAPlainName_AreWords(string column, string words, string title) =>
        Assert.Equal((words, title), (ColumnWords.Of(column), ColumnWords.Title(column)));
}
