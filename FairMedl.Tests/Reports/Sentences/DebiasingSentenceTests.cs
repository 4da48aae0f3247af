using System.Text.Json;
using FairMedl.Core.Fairness.Intervals;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fits;
using FairMedl.Core.Reports.Document;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Reports.Sentences;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;
using Xunit;

namespace FairMedl.Tests.Reports.Sentences;

public sealed class DebiasingSentenceTests
{
    private const string None = "Debiasing had no measurable effect: the spreads of Fair(ADB) MEDL are within noise of MEDL's for every sensitive attribute. ";

    // The fair model's spreads are the baseline's, and nothing is below its noise floor.
    private static readonly StudyResults Unchanged = Changed(SampleStudy.Classification(factor: 1), (_, a) => a with { NoiseFloor = null });

    [Fact]
    public void ShortTraining_IsTheLikelyReason() =>
        Assert.Equal($"{None}The likely reason is short training: each fit takes 120 steps, and debiasing needs about 2,500. Use more epochs; epochs = auto takes enough.", Of(Unchanged));

    [Fact]
    public void AfterEnoughSteps_TheWeightIsNamedWithItsValue()
    {
        StudyResults enough = Unchanged with { Fits = [.. Unchanged.Fits.Select(f => f with { Steps = f.Key.Model == "fair-adb-medl" ? 3456 : 12 })] };

        Assert.Equal($"{None}Each fit takes 3,456 steps, which is usually enough. The debiasing term may weigh too little: raise lambdaMe, here 0.2.", Of(enough));
        Assert.EndsWith("raise lambdaFe, here 0.2.", Of(enough, Head.FixedEffects), StringComparison.Ordinal);
    }

    /// <summary>A low learning rate needs more steps than "auto" takes.</summary>
    [Fact]
    public void LowLearningRate_NeedsMoreSteps()
    {
        StudyDefinition slow = Unchanged.Header.Definition with
        {
            Settings = new Dictionary<string, JsonElement> { ["learningRate"] = JsonSerializer.SerializeToElement(0.0005) },
        };
        string said = Of(Unchanged with { Header = Unchanged.Header with { Definition = slow } })!;

        Assert.EndsWith("debiasing needs about 5,000. Use more epochs or a higher learning rate.", said, StringComparison.Ordinal);
    }

    /// <summary>An attribute flip alone says nothing of the spreads between groups.</summary>
    [Fact]
    public void WithoutAnySpreadToCompare_NothingIsSaid()
    {
        Estimate none = Estimate.None("0 of 2 groups");

        Assert.Null(Of(Changed(Unchanged, (_, a) => a with { TprSd = none, FprSd = none, DemographicParity = none })));
    }

    [Fact]
    public void SpreadsBelowTheNoiseFloor_LeaveLittleToReduce()
    {
        SpreadFloor floor = new(.3, .5);
        StudyResults low = Changed(Unchanged, (_, a) => a with { NoiseFloor = new NoiseFloor(floor, floor, null, floor) });

        Assert.Equal($"{None}MEDL's spreads are already within the noise floor, so there is little to reduce.", Of(low));
    }

    [Fact]
    public void AClearChange_IsAnEffect() => Assert.Null(Of(Changed(SampleStudy.Classification(factor: .5), (_, a) => a with { NoiseFloor = null })));

    [Fact]
    public void OneSpreadOutsideTheNoise_IsNoProofOfNothing()
    {
        StudyResults changed = Changed(Unchanged, (fair, a) => a with { CounterfactualFairness = new(fair ? .08 : .1, Lower: fair ? .075 : .095, Upper: fair ? .094 : .105) });
        Assert.Null(Of(changed));
        // Within each other's intervals.
        Assert.NotNull(Of(Changed(Unchanged, (fair, a) => a with { CounterfactualFairness = new(fair ? .09 : .1, Lower: fair ? .08 : .09, Upper: fair ? .10 : .11) })));
    }

    [Fact]
    public void LargeChangesThatFewFoldsDoNotShow_AreNotCalledNothing()
    {
        Estimate Wide(double value) => new(value, Lower: value - .2, Upper: value + .2);
        StudyResults unclear = Changed(Unchanged, (fair, a) => a with
        {
            TprSd = Wide(fair ? .1 : .17),
            FprSd = Wide(fair ? .1 : .17),
            DemographicParity = Wide(fair ? .1 : .17),
            CounterfactualFairness = Wide(fair ? .1 : .17),
        });

        Assert.Null(Of(unclear));
    }

    [Fact]
    public void FoldsThatChangeAlike_AreAnEffectThoughTheAdjustedTestIsNotClear()
    {
        StudyResults Folds(double drop, double noise) => Unchanged with
        {
            Folds =
            [
                .. Enumerable.Range(0, 10).SelectMany(f => new[] { "medl", "fair-adb-medl" }.Select(m => new FoldMetrics(new FitKey(m, 1, f), Head.MixedEffects, 100, 300,
                    [.. new[] { "age", SampleStudy.Race }.SelectMany(a => MetricDescriptions.Paper(true).Spreads.Select(s => new FoldMetric(a, s,
                        m == "medl" ? .2 : .2 - drop + noise * (f % 2 == 0 ? 1 : -1) * (1 + .1 * f))))]))),
            ],
        };
        StudyResults Slightly(StudyResults study) => Changed(study, (fair, a) => a with { CounterfactualFairness = new(fair ? .09 : .1) });

        Assert.Null(Of(Slightly(Folds(.02, .002))));
        Assert.NotNull(Of(Slightly(Folds(.0, .05))));
    }

    [Fact]
    public void OtherModelsThanACounterpart_SayNothing()
    {
        StudyResults other = Unchanged with { Audits = [.. Unchanged.Audits.Select(a => a.Model == "medl" ? a with { Model = "nnet" } : a)] };

        Assert.Null(DebiasingSentence.Of(RunComparison.Of(other, "nnet", "fair-adb-medl", Split.Seen)));
        Assert.Null(DebiasingSentence.Of(RunComparison.Of(Unchanged, "fair-adb-medl", "medl", Split.Seen)));
        Assert.Null(DebiasingSentence.Of(RunComparison.Of(Unchanged with { Audits = [] }, "medl", "fair-adb-medl", Split.Seen)));
    }

    [Fact]
    public void Report_SaysItInTheSummaryAndInTheComparison()
    {
        StudyReport report = StudyReport.Of(Unchanged);

        foreach (ReportPart part in new[] { ReportPart.Summary, ReportPart.Comparisons })
            Assert.Single(report.Sections.Single(s => s.Part == part).Paragraphs, p => p.StartsWith(None, StringComparison.Ordinal));
        Assert.Contains(ModelCard.Of(Unchanged, "fair-adb-medl")!.Sections.SelectMany(s => s.Paragraphs), p => p.StartsWith(None, StringComparison.Ordinal));
    }

    private static string? Of(StudyResults study, Head? head = null) =>
        DebiasingSentence.Of(RunComparison.Of(study, "medl", "fair-adb-medl", Split.Seen, head))?.ToString();

    private static StudyResults Changed(StudyResults study, Func<bool, AttributeAudit, AttributeAudit> change) => study with
    {
        Audits = [.. study.Audits.Select(a => a with { Audit = a.Audit with { Attributes = [.. a.Audit.Attributes.Select(x => change(a.Model.StartsWith("fair", StringComparison.Ordinal), x))] } })],
    };
}
