using FairMedl.Core.Data;
using FairMedl.Core.Fairness.Intervals;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fits;
using FairMedl.Core.Numerics;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Core.Studies.Plan;
using Xunit;

namespace FairMedl.Tests.Studies;

/// <summary>Against the audit of the rows themselves.</summary>
public sealed class StudyScoresTests
{
    private static readonly StudyPlan Plan = StudyPlan.Create(
        SmallStudy.Definition("nnet", "medl") with { Protocol = new ProtocolSpecification { Folds = 3, Seeds = [1, 2] } }, SmallStudy.Table());

    private static readonly IReadOnlyList<FitResult> Fits = FitsInMemory.Of(Plan);
    private static readonly GatheredStudy Gathered = StudyGathering.Gather(Plan, new FitsInMemory(Fits));

    private static StudyScores Scores => Gathered.Scores!;

    [Fact]
    public void Gather_WithScores_GivesTheSameResults()
    {
        StudyResults without = StudyRunner.Run(Plan, TestCompute.Managed, 2, null, CancellationToken.None);
        Assert.Equal(Audits(without), Audits(Gathered.Results));
    }

    [Fact]
    public void Recount_WithoutChanges_ReturnsTheResults() =>
        Assert.Same(Gathered.Results, Scores.Recount(Gathered.Results, Split.Seen, null, null));

    [Theory]
    [InlineData(Head.FixedEffects, 0.3)]
    [InlineData(Head.MixedEffects, 0.62)]
    public void Recount_OfSeenRows_AuditsThePooledFoldsAtTheThreshold(Head head, double threshold)
    {
        StudyResults recounted = Scores.Recount(Gathered.Results, Split.Seen, threshold, null);
        foreach (ulong seed in Plan.Definition.Protocol.Seeds)
        {
            FitResult[] folds = [.. Fits.Where(f => f.Key.Model == "medl" && f.Key.Seed == seed)];
            SplitAudit expected = Audit([.. folds.SelectMany(f => f.TestRows)], [.. folds.SelectMany(f => Of(f, head).Test)], threshold);
            SplitAudit actual = recounted.Audits.Single(a => a.Model == "medl" && a.Head == head && a.Split == Split.Seen && a.Seed == seed).Audit;

            AssertSame(expected, actual);
            SplitAudit before = Gathered.Results.Audits.Single(a => a.Model == "medl" && a.Head == head && a.Split == Split.Seen && a.Seed == seed).Audit;
            Assert.Equal(before.Auroc, actual.Auroc);
            Assert.Equal(before.Attributes.Select(a => a.CounterfactualFairness), actual.Attributes.Select(a => a.CounterfactualFairness));
        }

        Assert.Equal(threshold, recounted.Threshold);
        // The other split is as it was.
        Assert.Equal(Audits(Gathered.Results).Where(a => a.Contains("Unseen", StringComparison.Ordinal)), Audits(recounted).Where(a => a.Contains("Unseen", StringComparison.Ordinal)));
    }

    [Fact]
    public void Recount_OfUnseenRows_IsTheMeanOverTheFoldsModels()
    {
        StudyResults recounted = Scores.Recount(Gathered.Results, Split.Unseen, 0.45, null);
        SplitAudit[] folds = [.. Fits.Where(f => f.Key is { Model: "nnet", Seed: 2 }).Select(f => Audit(Plan.Data.UnseenRows, f.FixedEffects.Unseen, 0.45))];

        SplitAudit actual = recounted.Audits.Single(a => a is { Model: "nnet", Split: Split.Unseen, Seed: 2ul }).Audit;

        Assert.Equal(folds.Average(f => f.Attributes[0].TprSd.Value!.Value), actual.Attributes[0].TprSd.Value!.Value, 12);
        Assert.Equal(folds.Average(f => f.BalancedAccuracy.Value!.Value), actual.BalancedAccuracy.Value!.Value, 12);
        Assert.Equal(folds[0].Attributes[1].Groups.Select(g => g.N), actual.Attributes[1].Groups.Select(g => g.N));
    }

    [Fact]
    public void Recount_OfUnseenRows_HasTheIntervalsAndFloorsOf200Replicates()
    {
        StudyResults recounted = Scores.Recount(Gathered.Results, Split.Unseen, 0.45, null);
        RandomStream random = StudyGathering.Resampling(2, Head.FixedEffects).Child("unseen");
        SplitAudit expected = SeedAverage.Over(
            [.. Fits.Where(f => f.Key is { Model: "nnet", Seed: 2 }).Select((f, fold) => Audit(Plan.Data.UnseenRows, f.FixedEffects.Unseen, 0.45, new AuditResampling(random.Child((ulong)fold), 200)))],
            Repetition.FoldModel);

        SplitAudit actual = recounted.Audits.Single(a => a is { Model: "nnet", Split: Split.Unseen, Seed: 2ul }).Audit;

        Assert.Equal(expected.BalancedAccuracy, actual.BalancedAccuracy);
        Assert.Equal(expected.Attributes.Select(a => (a.TprSd, a.DemographicParity)), actual.Attributes.Select(a => (a.TprSd, a.DemographicParity)));
        Assert.Equal(expected.Attributes.Select(a => a.NoiseFloor), actual.Attributes.Select(a => a.NoiseFloor));
    }

    [Fact]
    public void Recount_OverSeeds_IsTheirMean()
    {
        StudyResults recounted = Scores.Recount(Gathered.Results, Split.Seen, 0.5, null);
        double[] seeds = [.. recounted.Audits.Where(a => a is { Model: "nnet", Split: Split.Seen, Seed: not null }).Select(a => a.Audit.Attributes[0].FprSd.Value!.Value)];

        Assert.Equal(2, seeds.Length);
        Assert.Equal(seeds.Average(), recounted.Find("nnet", Head.FixedEffects, Split.Seen)!.Audit.Attributes[0].FprSd.Value!.Value, 12);
    }

    [Fact]
    public void Recount_AtExtremeThresholds_HasTheRatesOfConstantDecisions()
    {
        SplitAudit all = Scores.Recount(Gathered.Results, Split.Seen, 0, null).Find("nnet", Head.FixedEffects, Split.Seen)!.Audit;
        Assert.All(all.Attributes.SelectMany(a => a.Groups), g => Assert.Equal(1, g.SelectionRate.Value));
        Assert.All(all.Attributes, a => Assert.Equal(0, a.TprSd.Value));
        Assert.Equal(0.5, all.BalancedAccuracy.Value);

        SplitAudit none = Scores.Recount(Gathered.Results, Split.Seen, 1, null).Find("nnet", Head.FixedEffects, Split.Seen)!.Audit;
        Assert.All(none.Attributes, a => Assert.Equal("no group is selected", a.DemographicParityRatio.Undefined));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0.4)]
    public void Recount_OfAnIntersection_AuditsTheIntersectionalGroups(double? threshold)
    {
        StudyResults recounted = Scores.Recount(Gathered.Results, Split.Seen, threshold, ("sex", "age"));
        AttributeAudit actual = recounted.Audits.Single(a => a is { Model: "medl", Head: Head.MixedEffects, Split: Split.Seen, Seed: 1ul }).Audit.Attributes[^1];

        FitResult[] folds = [.. Fits.Where(f => f.Key is { Model: "medl", Seed: 1 })];
        int[] rows = [.. folds.SelectMany(f => f.TestRows)];
        bool[] decisions = [.. folds.SelectMany(f => f.MixedEffects!.Test.Select(p => p >= (threshold ?? f.MixedEffects.Threshold)))];
        SensitiveAttribute sex = Plan.Data.Sensitive[0], age = Plan.Data.Sensitive[1];
        Assert.Equal("sex × age", actual.Attribute);
        Assert.Equal(from s in sex.GroupNames from a in age.GroupNames select $"{s}, {a}", actual.Groups.Select(g => g.Group));
        for (int g = 0; g < actual.Groups.Count; g++)
        {
            int[] own = [.. Enumerable.Range(0, rows.Length).Where(i => 3 * sex.Groups[rows[i]] + age.Groups[rows[i]] == g)];
            int positives = own.Count(i => Plan.Data.Target[rows[i]] == 1), hits = own.Count(i => Plan.Data.Target[rows[i]] == 1 && decisions[i]);
            Assert.Equal((own.Length, positives, own.Length - positives), (actual.Groups[g].N, actual.Groups[g].Positives, actual.Groups[g].Negatives));
            Assert.Equal(WilsonInterval.Rate(hits, positives, "positives"), actual.Groups[g].TruePositiveRate);
        }

        Assert.NotNull(actual.NoiseFloor?.TprSd);
        Assert.NotNull(actual.TprSd.Lower);
        Assert.Null(actual.CounterfactualFairness.Value);
        Assert.Equal(3, recounted.Find("medl", Head.MixedEffects, Split.Seen)!.Audit.Attributes.Count);
    }

    [Fact]
    public void Recount_OfAnIntersectionAtTheModelsOwnThresholds_LeavesTheRestUnchanged()
    {
        StudyResults recounted = Scores.Recount(Gathered.Results, Split.Seen, null, ("sex", "age"));
        SplitAudit before = Gathered.Results.Find("medl", Head.MixedEffects, Split.Seen)!.Audit, after = recounted.Find("medl", Head.MixedEffects, Split.Seen)!.Audit;

        Assert.Null(recounted.Threshold);
        Assert.Equal(before.BalancedAccuracy.Value!.Value, after.BalancedAccuracy.Value!.Value, 12);
        Assert.Equal(before.Attributes[0].TprSd.Value!.Value, after.Attributes[0].TprSd.Value!.Value, 12);
    }

    /// <summary>7 models, 2 of them with two heads, by 10 folds and 10 seeds of Adult's size.</summary>
    [Fact]
    public void Builder_OfThePapersWholeStudy_KeepsScoresAtAThousandth()
    {
        string[] models = ["nnet", "nnet-cluster", "fair-adb-nnet", "da", "fair-adb-da", "medl", "fair-adb-medl"];
        FitKey[] fits = [.. from model in models from seed in Enumerable.Range(1, 10) from fold in Enumerable.Range(0, 10) select new FitKey(model, (ulong)seed, fold)];

        Assert.Equal(1000, StudyScoresBuilder.For(ManyRows.Of(38_000, 8_200, 2, 5, 4, 7), fits)!.Grid.Steps);
        // Past the memory there are none, and nothing is thrown.
        Assert.Null(StudyScoresBuilder.For(ManyRows.Of(38_000, 80_000, 2, 5, 4, 7), fits));
    }

    private static HeadPredictions Of(FitResult fit, Head head) => head == Head.FixedEffects ? fit.FixedEffects : fit.MixedEffects!;

    private static SplitAudit Audit(int[] rows, float[] scores, double threshold, AuditResampling? resampling = null) => SplitAuditor.Classification(
        Array.ConvertAll(rows, r => Plan.Data.Target[r]), scores, Array.ConvertAll(scores, s => s >= threshold), [.. Plan.Data.Sensitive.Select(s => AttributeRows.Of(s, rows))], null, resampling);

    private static void AssertSame(SplitAudit expected, SplitAudit actual)
    {
        Assert.Equal(expected.N, actual.N);
        Assert.Equal(expected.Accuracy, actual.Accuracy);
        Assert.Equal(expected.BalancedAccuracy.Value, actual.BalancedAccuracy.Value);
        Assert.Equal(expected.Attributes.SelectMany(a => a.Groups), actual.Attributes.SelectMany(a => a.Groups));
        foreach (MetricDescription metric in MetricDescriptions.Of(MetricScope.Attribute, classification: true).Where(m => m.Id != "counterfactual_fairness"))
            Assert.Equal(expected.Attributes.Select(a => MetricDescriptions.Read(a, metric.Id).Value), actual.Attributes.Select(a => MetricDescriptions.Read(a, metric.Id).Value));
    }

    private static IEnumerable<string> Audits(StudyResults results) => results.Audits.Select(a =>
        $"{a.Model} {a.Head} {a.Split} {a.Seed}: {a.Audit with { Attributes = [] }} {string.Join("; ", a.Audit.Attributes.Select(x => $"{x with { Groups = [] }} {string.Join(", ", x.Groups)}"))}");
}
