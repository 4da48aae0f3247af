using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Core.Studies.Plan;
using Xunit;

namespace FairMedl.Tests.Studies;

public sealed class MinimumGroupTests
{
    [Theory]
    [InlineData("paper", null, 0, CountedGroups.All)]
    [InlineData("recommended", null, 30, CountedGroups.Large)]
    [InlineData("recommended-full-objective", null, 30, CountedGroups.Large)]
    [InlineData("paper", 50, 50, CountedGroups.Large)]
    [InlineData("recommended", 0, 0, CountedGroups.All)]
    public void MinimumGroup_IsTheProtocolsOrThePresets(string preset, int? minimum, int count, CountedGroups leading)
    {
        StudyDefinition definition = SmallStudy.Definition("nnet") with { Preset = preset, Protocol = new ProtocolSpecification { MinimumGroup = minimum } };

        Assert.Equal((count, leading), (definition.GroupMinimum().Count, definition.GroupMinimum().Leading));
    }

    [Fact]
    public void Write_WithoutAMinimum_LeavesTheFieldOut()
    {
        StudyDefinition definition = SmallStudy.Definition("nnet");

        Assert.DoesNotContain("minimumGroup", StudyJson.Write(definition), StringComparison.Ordinal);
        Assert.Contains("\"minimumGroup\": 12", StudyJson.Write(definition with { Protocol = definition.Protocol with { MinimumGroup = 12 } }), StringComparison.Ordinal);
    }

    /// <summary>A fold's groups have fewer than 60 positives; they are counted over all seen rows.</summary>
    [Fact]
    public void Gather_OverLargeGroups_LeadsInAuditsAndFolds()
    {
        StudyDefinition definition = SmallStudy.Definition("nnet") with { Protocol = new ProtocolSpecification { Folds = 3, MinimumGroup = 60 } };
        StudyPlan plan = StudyPlan.Create(definition, SmallStudy.Table());
        StudyResults results = StudyRunner.Run(plan, TestCompute.Managed, 2, null, CancellationToken.None);

        AttributeAudit age = results.Find("nnet", Head.FixedEffects, Split.Seen)!.Audit.Attributes[1];
        int[] positives = [.. age.Groups.Select(g => g.Positives)];
        Assert.Equal((CountedGroups.Large, 60), (age.Leading, age.MinimumCount));
        Assert.True(positives.Count(p => p >= 60) >= 2 && positives.All(p => p < 180), string.Join(", ", positives));
        Assert.NotNull(MetricDescriptions.Read(age, "tpr_sd").Value);
        Assert.All(results.Folds, f => Assert.NotNull(f.Find("age", "tpr_sd", CountedGroups.Large)));
    }
}
