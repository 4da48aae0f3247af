using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fairness.Tests;
using Xunit;

namespace FairMedl.Tests.Fairness.Tests;

public sealed class SmallGroupsTests
{
    [Theory]
    [InlineData("tpr_sd", new[] { "b", "c" }, "two of three groups have fewer than 30 positives")]
    [InlineData("fpr_sd", new[] { "a" }, "one of three groups has fewer than 30 negatives")]
    [InlineData("equalized_odds_difference", new[] { "a", "b", "c" }, "all three groups have fewer than 30 positives or negatives")]
    [InlineData("demographic_parity", new string[0], null)]
    public void Of_AMetric_CountsTheRowsOfItsRate(string metric, string[] small, string? words)
    {
        AttributeAudit audit = Attribute(("a", 100, 29, .5), ("b", 29, 100, .6), ("c", 1, 200, .0));

        SmallGroups groups = SmallGroups.Of(audit, metric);

        Assert.Equal(small, groups.Groups.Select(g => g.Group));
        Assert.Equal(words, groups.Words);
        Assert.Equal(small.Length > 1, groups.LeaveNothingToCompare);
    }

    [Fact]
    public void SpreadOfLargeGroups_SmallGroups_AreLeftOut()
    {
        AttributeAudit audit = Attribute(("a", 30, 50, .5), ("b", 80, 50, .7), ("c", 1, 200, .0));

        Assert.Equal(.1, SmallGroups.SpreadOfLargeGroups(audit, "tpr_sd")!.Value, 12);
        Assert.Equal(.2, SmallGroups.SpreadOfLargeGroups(audit, "equal_opportunity_difference")!.Value, 12);
        Assert.Null(SmallGroups.SpreadOfLargeGroups(Attribute(("a", 30, 50, .5), ("c", 1, 200, .0)), "tpr_sd"));
        Assert.Null(SmallGroups.SpreadOfLargeGroups(audit, "counterfactual_fairness"));
    }

    /// <summary>An attribute of groups with positives, negatives and a TPR.</summary>
    internal static AttributeAudit Attribute(params (string Name, int Positives, int Negatives, double Tpr)[] groups)
    {
        Estimate none = Estimate.None("not measured");
        GroupAudit[] audits = [.. groups.Select(g => new GroupAudit(g.Name, g.Positives + g.Negatives, g.Positives, g.Negatives, new(g.Tpr, N: g.Positives), new(.2), new(.3), none, none, none))];
        double?[] tpr = [.. groups.Select(g => (double?)g.Tpr)];
        return new AttributeAudit("group", audits, new(Spread.PopulationSd(tpr)), new(.0), none, new(.0), none, none, none, none, none, none);
    }
}
