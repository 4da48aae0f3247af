using System.Text;
using FairMedl.Core.Data;
using FairMedl.Core.Data.Csv;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Data.Tables;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fits;
using FairMedl.Core.Reports.Files;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Core.Studies.Plan;
using Xunit;

namespace FairMedl.Tests.Studies;

/// <summary>Studies of data that are odd but possible: a clear word, no crash, no number that rests on nothing.</summary>
public sealed class BadInputTests
{
    [Fact]
    public void Study_ClusterWithOneRow_RunsWithAWarning()
    {
        Table table = SmallStudy.Table(corrupt: (i, line) => i == 5 ? With(line, 1, "alone") : line);
        StudyDefinition definition = SmallStudy.Definition("medl", "fair-adb-medl");
        StudyResults results = Run(definition with { Data = definition.Data with { Cluster = new ClusterSpecification("site") } }, table, out StudyPlan plan);
        Assert.Contains(plan.Data.Warnings, w => w.What.Contains("1 of the 6 seen clusters have fewer than 10 rows", StringComparison.Ordinal));
        Assert.Equal(plan.Data.SeenRows.Length, results.Find("medl", Head.MixedEffects, Split.Seen)!.Audit.N);
        Assert.All(results.RandomEffects, r => Assert.All(r.Clusters, c => Assert.True(double.IsFinite(c.InterceptMean) && c.InterceptSd > 0)));
    }

    [Fact]
    public void Study_ClusterWithOneClass_RunsWithAWarning()
    {
        Table table = SmallStudy.Table(corrupt: (_, line) => line.Contains(",s0,", StringComparison.Ordinal) ? With(line, 0, "no") : line);
        StudyDefinition definition = SmallStudy.Definition("medl");
        StudyResults results = Run(definition with { Data = definition.Data with { Cluster = new ClusterSpecification("site") } }, table, out _);
        Assert.Contains(results.Header.Warnings, w => w.Contains("1 of the 5 seen clusters has rows of only one class: 's0'", StringComparison.Ordinal));
        Assert.NotNull(results.Find("medl", Head.MixedEffects, Split.Seen)!.Audit.Auroc.Value);
    }

    [Fact]
    public void Study_GroupMissingInAFold_IsInThePooledNumbersOnly()
    {
        // Two rows of a third sex in three folds: a fold lacks it, and both rows' class is the same.
        Table table = SmallStudy.Table(corrupt: (i, line) => i is 10 or 11 ? With(With(line, 2, "x"), 0, "yes") : line);
        StudyDefinition definition = SmallStudy.Definition("nnet", "fair-adb-nnet");
        definition = definition with { Data = definition.Data with { Cluster = new ClusterSpecification("site", Seen: 4), Sensitive = [new("sex")] } };
        StudyResults results = Run(definition, table, out StudyPlan plan);
        AttributeAudit sex = results.Find("nnet", Head.FixedEffects, Split.Seen)!.Audit.Attributes[0];
        GroupAudit rare = sex.Groups.Single(g => g.Group == "x");
        int seen = plan.Data.SeenRows.Count(row => plan.Data.Sensitive[0].GroupNames[plan.Data.Sensitive[0].Groups[row]] == "x");
        Assert.Equal((seen, seen, 0), (rare.N, rare.Positives, rare.Negatives));
        Assert.Equal((null, "0 negatives"), (rare.FalsePositiveRate.Value, rare.FalsePositiveRate.Undefined));
        Assert.Equal("2 of 3 groups", sex.FprSd.Note);
        Assert.Equal(6, results.Folds.Count);
        Assert.All(results.Folds, f => Assert.All(f.Values, v => Assert.True(v.Value is null || double.IsFinite(v.Value.Value))));
    }

    [Fact]
    public void Study_WithoutUnseenClusters_HasNoUnseenNumbersAndANote()
    {
        StudyDefinition definition = SmallStudy.Definition("nnet", "medl");
        StudyResults results = Run(definition with { Data = definition.Data with { Cluster = new ClusterSpecification("site", Seen: 5) } }, SmallStudy.Table(), out _);
        Assert.All(results.Audits, a => Assert.Equal(Split.Seen, a.Split));
        Assert.Contains(results.Header.Warnings, w => w.Contains("the study has no results for unseen clusters", StringComparison.Ordinal));
        using var csv = new StringWriter();
        MetricsCsv.Write(results, csv);
        Assert.DoesNotContain(",unseen,", csv.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void RegressionTarget_WithText_IsRejectedWithItsLine()
    {
        Table table = CsvTableReader.Read(
            new MemoryStream(Encoding.UTF8.GetBytes(SmallStudy.Csv(200, 3, (i, line) => With(line, 0, i == 7 ? "n.a." : (i % 13).ToString(System.Globalization.CultureInfo.InvariantCulture))))), "t.csv", new CsvOptions());
        StudyDefinition definition = SmallStudy.Definition("nnet");
        InputException e = Assert.Throws<InputException>(() => StudyPlan.Create(definition with { Data = definition.Data with { Target = new TargetSpecification("y", PredictionTask.Regression) } }, table));
        InputFault fault = Assert.Single(e.Faults);
        Assert.Equal(("$.data.target.column", "y", 9L, "n.a."), (fault.Path, fault.Column, fault.Line, fault.Value));
        Assert.Contains("must be numeric", fault.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nnet")]
    [InlineData("fair-adb-nnet")]
    [InlineData("fair-acl-da")]
    public void Definition_WithoutSensitiveColumns_HasOneFault(string model)
    {
        StudyDefinition definition = SmallStudy.Definition(model) with { Settings = SmallStudy.Settings(("attributeFactors", new Dictionary<string, int> { ["sex"] = 2 })) };
        definition = StudyJson.Parse(StudyJson.Write(definition with { Data = definition.Data with { Sensitive = [] } }));
        InputFault fault = Assert.Single(Assert.Throws<InputException>(() => StudyPlan.Create(definition, SmallStudy.Table())).Faults);
        Assert.Equal("$.data.sensitive", fault.Path);
        Assert.Contains("no sensitive column", fault.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Probes_WithOneCluster_AreRejectedWithTheReason()
    {
        Table table = SmallStudy.Table(corrupt: (_, line) => With(line, 1, "only"));
        StudyDefinition definition = SmallStudy.Definition("nnet") with { Protocol = new ProtocolSpecification { Folds = 3, Probes = true } };
        InputException e = Assert.Throws<InputException>(() => StudyPlan.Create(definition with { Data = definition.Data with { Cluster = new ClusterSpecification("site") } }, table));
        Assert.Contains(e.Faults, f => f.What == "All remaining rows are in one cluster." && f.Value == "only");
    }

    [Fact]
    public void Warning_OfAConstantNetwork_NamesModelSeedAndFold()
    {
        StudyPlan plan = StudyPlan.Create(SmallStudy.Definition("nnet", "medl"), SmallStudy.Table());
        FitResult[] fits = [.. FitsInMemory.Of(plan)];
        Assert.DoesNotContain(StudyGathering.Gather(plan, new FitsInMemory(fits)).Results.Header.Warnings, w => w.Contains("give every test row the same prediction", StringComparison.Ordinal));
        int at = Array.FindIndex(fits, f => f.Key is { Model: "medl", Fold: 2 });
        fits[at] = fits[at] with { FixedEffects = fits[at].FixedEffects with { Test = [.. fits[at].FixedEffects.Test.Select(_ => .31f)] } };
        string warning = Assert.Single(StudyGathering.Gather(plan, new FitsInMemory(fits)).Results.Header.Warnings, w => w.Contains("give every test row the same prediction", StringComparison.Ordinal));
        Assert.Equal([warning], StudyGathering.Gather(plan, new FitsInMemory(fits)).Results.DeadNetworks);
        Assert.StartsWith("MEDL, seed 1, fold 2: the fixed effects give every test row the same prediction", warning, StringComparison.Ordinal);
    }

    private static StudyResults Run(StudyDefinition definition, Table table, out StudyPlan plan)
    {
        plan = StudyPlan.Create(definition, table);
        return StudyRunner.Run(plan, TestCompute.Managed, 2, null, CancellationToken.None);
    }

    private static string With(string line, int cell, string value)
    {
        string[] cells = line.Split(',');
        cells[cell] = value;
        return string.Join(',', cells);
    }
}
