using AngleSharp.Dom;
using Bunit;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fairness.Tests;
using FairMedl.Core.Reports.Runs;
using FairMedl.Web.Components.Disparity;
using Xunit;

namespace FairMedl.Tests.Web.Components.Disparity;

public sealed class VerdictCardTests : ComponentContext
{
    private IElement Card(VerdictKind kind, string metric = "tpr_sd", string reason = "95% intervals overlap", string? small = null)
    {
        var verdict = new AttributeVerdict("marital-status", MetricDescriptions.Get(metric), new Estimate(.146), new Estimate(.107), new Verdict(kind, VerdictBasis.Intervals, $"{reason}", $"overlap", small));
        return Render<VerdictCard>(p => p.Add(c => c.Verdict, verdict)).Find("article");
    }

    [Theory]
    [InlineData(VerdictKind.ClearImprovement, "▼ Clear improvement", "verdict-better")]
    [InlineData(VerdictKind.ClearlyWorse, "▲ Clearly worse", "verdict-worse")]
    [InlineData(VerdictKind.NoClearChange, "– No clear change", "verdict-none")]
    [InlineData(VerdictKind.CannotJudge, "? Cannot judge", "verdict-unknown")]
    public void Card_OfAVerdict_HasWordArrowAndColor(VerdictKind kind, string words, string css)
    {
        IElement card = Card(kind);

        Assert.Equal("Marital status", card.QuerySelector("h3")!.TextContent);
        Assert.Equal("TPR SD 0.146 → 0.107", card.QuerySelector(".verdict-values")!.TextContent.Trim());
        Assert.Equal(words, card.QuerySelector(".verdict-words")!.TextContent.Trim());
        Assert.Contains(css, card.ClassList);
        Assert.Equal("95% intervals overlap", card.QuerySelector(".verdict-reason")!.TextContent);
    }

    [Fact]
    public void Arrow_OfAChange_PointsInItsDirection()
    {
        // A ratio improves upwards.
        Assert.StartsWith("▲", Card(VerdictKind.ClearImprovement, "demographic_parity_ratio").QuerySelector(".verdict-words")!.TextContent.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public void Reason_NamesSmallGroupsWhereNothingIsClear() =>
        Assert.Equal("95% intervals overlap; two of five groups have fewer than 30 positives", Card(VerdictKind.NoClearChange, small: "two of five groups have fewer than 30 positives").QuerySelector(".verdict-reason")!.TextContent);
}
