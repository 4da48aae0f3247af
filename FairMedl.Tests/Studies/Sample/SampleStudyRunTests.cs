using FairMedl.Core.Data.Csv;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Core.Studies.Plan;
using FairMedl.Core.Studies.Sample;
using Xunit;

namespace FairMedl.Tests.Studies.Sample;

/// <summary>What was put into the simulated data is found by training on it: the demo's study, from CSV to numbers.</summary>
public sealed class SampleStudyRunTests(SampleStudyRun run) : IClassFixture<SampleStudyRun>
{
    [Theory]
    [InlineData("sex", 0.05)]
    [InlineData("ethnicity", 0.06)]
    [InlineData("age", 0.05)]
    public void Spread_InjectedBias_IsSmallerInTheFairModel(string attribute, double injected)
    {
        double unfair = TprSd("medl", attribute), fair = TprSd("fair-adb-medl", attribute);

        Assert.InRange(unfair, injected, 0.2);
        Assert.InRange(fair, 0, 0.7 * unfair);
    }

    [Fact]
    public void Fairness_InTheDemo_CostsLittleAccuracy() =>
        Assert.InRange(Audit("fair-adb-medl").BalancedAccuracy.Value!.Value, Audit("medl").BalancedAccuracy.Value!.Value - 0.02, 1);

    [Fact]
    public void GroupRates_OfTheUnfairModel_AreLowestWhereTheBiasIs()
    {
        AttributeAudit sex = Attribute("medl", "sex"), ethnicity = Attribute("medl", "ethnicity");

        Assert.Equal("female", Lowest(sex));
        Assert.StartsWith("minority", Lowest(ethnicity), StringComparison.Ordinal);
    }

    [Fact]
    public void RandomEffects_OnSeenBranches_PredictBetterThanNone() =>
        Assert.True(Audit("medl").Auroc.Value > Audit("nnet").Auroc.Value + 0.003);

    [Fact]
    public void Confounder_OnUnseenBranches_MisleadsTheConventionalNetwork()
    {
        double nnet = run.Results.Find("nnet", Head.FixedEffects, Split.Unseen)!.Audit.Auroc.Value!.Value;
        double medl = run.Results.Find("medl", Head.FixedEffects, Split.Unseen)!.Audit.Auroc.Value!.Value;

        Assert.True(medl > nnet + 0.005, $"medl {medl}, nnet {nnet}");
        Assert.True(Importance("nnet", "area_index") > 1.25 * Importance("medl", "area_index"));
    }

    private double TprSd(string model, string attribute) => Attribute(model, attribute).TprSd.Value!.Value;

    private double Importance(string model, string feature) =>
        run.Results.Importance.Single(i => i.Model == model).Features.Single(f => f.Feature == feature).Importance;

    private AttributeAudit Attribute(string model, string attribute) => Audit(model).Attributes.Single(a => a.Attribute == attribute);

    private SplitAudit Audit(string model) => run.Results.Find(model, StudyResults.MainHead(model, Split.Seen), Split.Seen)!.Audit;

    private static string Lowest(AttributeAudit attribute) => attribute.Groups.MinBy(g => g.TruePositiveRate.Value)!.Group;
}

/// <summary>The demo's study as it is shipped, run once for all of its tests.</summary>
public sealed class SampleStudyRun
{
    public SampleStudyRun()
    {
        using var csv = new MemoryStream();
        using (var writer = new StreamWriter(csv, leaveOpen: true)) SampleStudy.WriteCsv(writer);
        csv.Position = 0;
        StudyPlan plan = StudyPlan.Create(SampleStudy.Definition(), CsvTableReader.Read(csv, SampleStudy.CsvFileName));
        Results = StudyRunner.Run(plan, TestCompute.Managed, 2, null, CancellationToken.None);
    }

    public StudyResults Results { get; }
}
