using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Reports.Files;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Tests.Web.Results;
using Xunit;

namespace FairMedl.Tests.Fairness.Metrics;

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
    public void All_AttributeMetrics_HavePlainNames_AndThoseOfThePaperAnAxis()
    {
        MetricDescription[] metrics = [.. MetricDescriptions.All.Where(m => m.Scope == MetricScope.Attribute)];
        Assert.All(metrics, m => Assert.NotEmpty(m.Plain));
        Assert.All(metrics.Where(m => m.IsOfPaper), m => Assert.EndsWith(")", m.Axis, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void MetricsFile_EveryMetric_IsDescribedWithItsScope(bool classification)
    {
        StudyResults results = SampleResults.Create();
        if (!classification) results = results with { Header = results.Header with { Definition = results.Header.Definition with { Data = results.Header.Definition.Data with { Target = results.Header.Definition.Data.Target with { Task = PredictionTask.Regression } } } } };
        using var file = new StringWriter();
        MetricsCsv.Write(results, file);
        string[][] rows = [.. file.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l.Split(','))];

        Assert.NotEmpty(rows);
        foreach (string[] row in rows.DistinctBy(r => r[5]))
        {
            MetricDescription metric = MetricDescriptions.AttributeNumbers(classification).FirstOrDefault(a => a.Id == row[5])?.Metric ?? MetricDescriptions.Get(row[5]);
            MetricScope scope = row[3].Length == 0 ? MetricScope.Overall : row[4].Length == 0 ? MetricScope.Attribute : MetricScope.Group;
            Assert.Equal((scope, true), (metric.Scope, metric.Exists(classification)));
        }
    }

    [Fact]
    public void Documentation_EveryMetric_IsNamed()
    {
        string page = File.ReadAllText(Path.Combine(SharedData.Repository, "docs", "metrics.md"));
        Assert.All(MetricDescriptions.All, m => Assert.Contains($"`{m.Id}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Get_Unknown_Throws() => Assert.Throws<ArgumentException>(() => MetricDescriptions.Get("tpr_variance"));
}
