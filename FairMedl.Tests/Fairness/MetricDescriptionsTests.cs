using FairMedl.Core.Fairness.Metrics;
using Xunit;

namespace FairMedl.Tests.Fairness;

public sealed class MetricDescriptionsTests
{
    [Fact]
    public void All_IdsAreUnique_AndEveryMetricCanBeRead()
    {
        Assert.Distinct(MetricDescriptions.All.Select(m => m.Id));
        SplitAudit audit = SplitAuditor.Classification([1, 0], [1, 0], [true, false], [new AttributeRows("s", ["a", "b"], [0, 1])]);
        foreach (MetricDescription metric in MetricDescriptions.All)
        {
            Estimate estimate = metric.Scope switch
            {
                MetricScope.Overall => MetricDescriptions.Read(audit, metric.Id),
                MetricScope.Attribute => MetricDescriptions.Read(audit.Attributes[0], metric.Id),
                MetricScope.Group => MetricDescriptions.Read(audit.Attributes[0].Groups[0], metric.Id),
            };
            if (!metric.Classification) Assert.Equal("regression only", estimate.Undefined);
        }
    }

    [Fact]
    public void All_Sentences_ExplainTheEndsOfTheScale() =>
        Assert.All(MetricDescriptions.All.Where(m => m.Scope == MetricScope.Attribute), m => Assert.Matches("(0|1) means", m.Sentence));

    [Fact]
    public void Get_Unknown_Throws() => Assert.Throws<ArgumentException>(() => MetricDescriptions.Get("tpr_variance"));
}
