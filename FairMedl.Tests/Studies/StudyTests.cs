using System.Globalization;
using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Data.Splits;
using FairMedl.Core.Data.Tables;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fits;
using FairMedl.Core.Reports.Sentences;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Core.Studies.Plan;
using Xunit;

namespace FairMedl.Tests.Studies;

public sealed class StudyTests
{
    private static readonly string[] AllModels = ["nnet", "medl", "fair-adb-medl"];

    /// <summary>Threads hold their seed's predictions, of unseen rows by every fold: 10 folds of 2 heads with 3 attributes over half a million rows are 160 MB.</summary>
    [Theory]
    [InlineData(1000, 10, 8, 4)]
    [InlineData(1000, 10, 2, 2)]
    [InlineData(300_000, 10, 8, 2)]
    [InlineData(500_000, 10, 8, 1)]
    [InlineData(2_000_000, 10, 8, 1)]
    [InlineData(500_000, 2, 8, 4)]
    public void Gathering_OfManyUnseenRows_HoldsFewerSeedsAtOnce(int unseen, int folds, int processors, int threads)
    {
        StudyData data = ManyRows.Of(3, unseen, 1, 1, 1);
        FitKey[] fits = [.. from model in new[] { "nnet", "medl" } from seed in new ulong[] { 1, 2 } from fold in Enumerable.Range(0, folds) select new FitKey(model, seed, fold)];

        Assert.Equal(threads, StudyGathering.Threads(data, fits, processors));
    }

    [Fact]
    public void Run_OnOneAndOnManyThreads_IsBitIdentical()
    {
        StudyPlan plan = StudyPlan.Create(SmallStudy.Definition(AllModels), SmallStudy.Table());
        IReadOnlyList<FitResult> one = FitsInMemory.Of(plan, threads: 1);
        IReadOnlyList<FitResult> many = FitsInMemory.Of(plan, threads: 4);
        Assert.Equal(9, one.Count);
        for (int i = 0; i < one.Count; i++)
        {
            Assert.Equal(one[i].Key, many[i].Key);
            AssertSame(one[i].FixedEffects, many[i].FixedEffects);
            if (one[i].MixedEffects is not null) AssertSame(one[i].MixedEffects!, many[i].MixedEffects!);
            Assert.Equal(one[i].Epochs, many[i].Epochs);
            Assert.Equal(one[i].Importance, many[i].Importance);
        }
    }

    [Fact]
    public void Run_WithOtherRowsCorrupted_TrainsTheSameModel()
    {
        StudyPlan plan = StudyPlan.Create(SmallStudy.Definition("fair-adb-medl"), SmallStudy.Table());
        FoldRows rows = plan.Rows(plan.Fits[0].Key);
        HashSet<int> training = [.. rows.Training.Select(r => plan.Data.SourceRows[r])];
        StudyPlan corrupted = StudyPlan.Create(
            SmallStudy.Definition("fair-adb-medl"),
            SmallStudy.Table(corrupt: (i, line) => training.Contains(i + 1) ? line : Distort(line)));
        Assert.Equal(rows.Training, corrupted.Rows(plan.Fits[0].Key).Training);

        FitResult clean = plan.Run(TestCompute.Managed, plan.Fits[0], null, CancellationToken.None), dirty = corrupted.Run(TestCompute.Managed, corrupted.Fits[0], null, CancellationToken.None);
        Assert.Equal(clean.Epochs, dirty.Epochs);
        Assert.Equal(clean.FixedEffects.Threshold, dirty.FixedEffects.Threshold);
        Assert.Equal(clean.MixedEffects!.Threshold, dirty.MixedEffects!.Threshold);
        Assert.Equal(clean.RandomEffects!.SlopeMean[0], dirty.RandomEffects!.SlopeMean[0]);
        Assert.NotEqual(clean.FixedEffects.Test, dirty.FixedEffects.Test);

        static string Distort(string line)
        {
            string[] cells = line.Split(',');
            cells[4] = "55.5";
            cells[5] = "-33.25";
            return string.Join(',', cells);
        }
    }

    [Fact]
    public void Gather_OfAllFits_CoversEverySeenRowOnce()
    {
        StudyPlan plan = StudyPlan.Create(SmallStudy.Definition(AllModels), SmallStudy.Table());
        StudyResults results = StudyRunner.Run(plan, TestCompute.Managed, 2, null, CancellationToken.None);
        foreach (string model in AllModels)
        {
            SplitAudit seen = results.Find(model, StudyResults.MainHead(model, Split.Seen), Split.Seen)!.Audit, unseen = results.Find(model, StudyResults.MainHead(model, Split.Unseen), Split.Unseen)!.Audit;
            Assert.Equal(plan.Data.SeenRows.Length, seen.N);
            Assert.Equal(plan.Data.UnseenRows.Length, unseen.N);
            Assert.All(seen.Attributes, a => Assert.Equal(seen.N, a.Groups.Sum(g => g.N)));
            Assert.InRange(seen.Auroc.Value!.Value, 0.5, 1);
            Assert.InRange(unseen.Auroc.Value!.Value, 0.4, 1);
        }

        Assert.Equal(9, results.Fits.Count);
        Assert.Equal(2, results.RandomEffects.Count);
        Assert.All(results.RandomEffects, r => Assert.Equal(4, r.Clusters.Count));
        Assert.All(results.Importance, i => Assert.Equal(Enumerable.Range(1, i.Features.Count), i.Features.Select(f => f.Rank).Order()));
    }

    [Theory]
    [InlineData("soft")]
    [InlineData("hard")]
    [InlineData("fixedEffects")]
    public void Run_EachRuleForUnseenClusters_IsUsedForTheirPredictions(string rule)
    {
        StudyDefinition definition = SmallStudy.Definition("medl") with { Settings = SmallStudy.Settings(("epochs", 3), ("unseenClusters", rule)) };
        StudyPlan plan = StudyPlan.Create(definition, SmallStudy.Table());
        FitResult fit = plan.Run(TestCompute.Managed, plan.Fits[0], null, CancellationToken.None);
        bool same = fit.MixedEffects!.Unseen.SequenceEqual(fit.FixedEffects.Unseen);
        Assert.Equal(rule == "fixedEffects", same);
        Assert.NotEqual(fit.FixedEffects.Test, fit.MixedEffects.Test);
        Assert.All(fit.MixedEffects.UnseenFlips, flips => Assert.Contains(flips, s => s > 0));
    }

    [Fact]
    public void Run_EveryModelOfTheCatalogue_Finishes()
    {
        string[] models = [.. ModelCatalogue.All.Select(m => m.Id)];
        StudyDefinition definition = SmallStudy.Definition(models) with { Protocol = new ProtocolSpecification { Folds = 2, FoldsToRun = 1 } };
        StudyPlan plan = StudyPlan.Create(definition, SmallStudy.Table());
        foreach (FitResult fit in FitsInMemory.Of(plan))
        {
            Assert.All(fit.FixedEffects.Test, p => Assert.InRange(p, 0, 1));
            Assert.True(fit.FixedEffects.Test.Distinct().Count() > 10, $"{fit.Key} predicts a constant");
            Assert.Equal(ModelCatalogue.Find(fit.Key.Model)!.RandomEffects, fit.MixedEffects is not null);
        }
    }

    [Fact]
    public void Gather_WithProbes_RanksThemAndWarnsAboutUnseenClusters()
    {
        StudyDefinition definition = SmallStudy.Definition("nnet");
        StudyPlan plan = StudyPlan.Create(definition with { Protocol = definition.Protocol with { Probes = true } }, SmallStudy.Table());
        StudyResults results = StudyRunner.Run(plan, TestCompute.Managed, 2, null, CancellationToken.None);
        Assert.Equal(5, results.Importance[0].Features.Count(f => f.IsProbe));
        Assert.Contains(results.Header.Warnings, w => w.StartsWith("Confounding probes are 0 in unseen clusters", StringComparison.Ordinal));
        Assert.StartsWith("NNet ranks its first probe", Assert.Single(ProbeSentence.Of(results)), StringComparison.Ordinal);
    }

    [Fact]
    public void Gather_ModelWithoutAFold_ComparesOnCommonRows()
    {
        StudyPlan plan = StudyPlan.Create(SmallStudy.Definition(AllModels), SmallStudy.Table());
        FitResult[] fits = [.. FitsInMemory.Of(plan).Where(f => f.Key is not { Model: "fair-adb-medl", Fold: 1 })];
        StudyResults results = StudyGathering.Gather(plan, new FitsInMemory(fits)).Results;
        int expected = plan.Rows(new FitKey("nnet", 1, 0)).Test.Length + plan.Rows(new FitKey("nnet", 1, 2)).Test.Length;
        Assert.All(AllModels, m => Assert.Equal(expected, results.Find(m, StudyResults.MainHead(m, Split.Seen), Split.Seen)!.Audit.N));
        Assert.Equal(8, results.Fits.Count);
        Assert.Contains(results.Header.Warnings, w => w.Contains("8 of 9", StringComparison.Ordinal));
    }

    [Fact]
    public void Gather_ModelsWithoutACommonFold_ShowsTheOneWithMoreFolds()
    {
        StudyPlan plan = StudyPlan.Create(SmallStudy.Definition("nnet", "medl"), SmallStudy.Table());
        FitResult[] fits = [.. FitsInMemory.Of(plan).Where(f => f.Key is { Model: "nnet", Fold: < 2 } or { Model: "medl", Fold: 2 })];
        StudyResults results = StudyGathering.Gather(plan, new FitsInMemory(fits)).Results;
        Assert.Equal(["nnet"], results.Audits.Select(a => a.Model).Distinct());
        Assert.Null(results.Find("medl", Head.MixedEffects, Split.Seen));
    }

    [Fact]
    public void Run_GroupMissingInTraining_OmitsItsFlip()
    {
        StudyDefinition definition = SmallStudy.Definition("nnet");
        string unseen = StudyPlan.Create(definition, SmallStudy.Table()).Data.ClusterNames[^1];
        Table table = SmallStudy.Table(corrupt: (i, line) => line.Split(',')[1] == unseen ? line : AtMost60(line));
        definition = definition with { Data = definition.Data with { Cluster = new ClusterSpecification("site", Seen: 4), Sensitive = [new("sex"), new("age", [45, 60])] } };
        StudyPlan plan = StudyPlan.Create(definition, table);
        SensitiveAttribute age = plan.Data.Sensitive[1];
        int rare = age.GroupNames.Count - 1;
        Assert.All(plan.Data.SeenRows, row => Assert.NotEqual(rare, age.Groups[row]));

        FitResult fit = plan.Run(TestCompute.Managed, plan.Fits[0], null, CancellationToken.None);
        Assert.Contains(plan.Data.UnseenRows, row => age.Groups[row] == rare);
        Assert.All(fit.FixedEffects.TestFlips[1], flip => Assert.InRange(flip, 0, 1));
        Assert.Contains(fit.FixedEffects.TestFlips[1], flip => flip > 0);

        static string AtMost60(string line)
        {
            string[] cells = line.Split(',');
            if (int.Parse(cells[3], CultureInfo.InvariantCulture) > 60) cells[3] = "60";
            return string.Join(',', cells);
        }
    }

    /// <summary>Of the same model: only the test rows decide both importances.</summary>
    [Theory]
    [InlineData("meanAbsolute")]
    [InlineData("meanRow")]
    public void Run_Importance_IsMeasuredOnTestRowsOnly(string rule)
    {
        StudyDefinition definition = SmallStudy.Definition("nnet");
        definition = definition with { Settings = SmallStudy.Settings(("epochs", 2), ("batchSize", 32), ("importance", rule)) };
        StudyPlan plan = StudyPlan.Create(definition, SmallStudy.Table());
        FoldRows rows = plan.Rows(plan.Fits[0].Key);
        FitResult fit = Run([]), others = Run([.. plan.Data.SeenRows.Except(rows.Training).Except(rows.Test), .. plan.Data.UnseenRows]), test = Run(rows.Test);

        Assert.Equal(fit.Importance, others.Importance);
        Assert.Equal(fit.Permutation!.SelectMany(c => c.Strata), others.Permutation!.SelectMany(c => c.Strata));
        Assert.Equal(rule == "meanRow", fit.Importance.SequenceEqual(test.Importance));
        Assert.NotEqual(fit.Permutation!.SelectMany(c => c.Strata), test.Permutation!.SelectMany(c => c.Strata));
        Assert.All(fit.Permutation!, c => Assert.Equal(rows.Test.Length, c.Strata.Sum(s => s.N)));
        Assert.Equal(fit.Layout.Width, fit.FeatureSd!.Length);

        // Both numbers of the given rows become large.
        FitResult Run(int[] changed)
        {
            HashSet<int> which = [.. changed];
            StudyData data = plan.Data.WithFeatures([.. plan.Data.Features.Select(f => f.Numbers is not { } numbers ? f
                : f with { Numbers = [.. numbers.Select((x, row) => which.Contains(row) ? 3 * x + 1 : x)] })]);
            return TestCompute.Managed.Run(data, rows, plan.Fits[0].Specification, plan.Fits[0].Key, null, CancellationToken.None);
        }
    }

    [Fact]
    public void Run_Cancelled_Stops()
    {
        StudyPlan plan = StudyPlan.Create(SmallStudy.Definition(AllModels), SmallStudy.Table());
        using var stop = new CancellationTokenSource();
        var first = new FirstReport(stop);
        Assert.Throws<OperationCanceledException>(() => plan.Run(TestCompute.Managed, plan.Fits[2], first, stop.Token));
        Assert.Equal(1, first.Reports);
    }

    [Fact]
    public void Create_FaultsInDefinitionAndData_ReportsThemAll()
    {
        StudyDefinition definition = SmallStudy.Definition("nnet", "nosuch") with { Preset = "none" };
        definition = definition with { Data = definition.Data with { Cluster = new ClusterSpecification("sight") } };
        InputException e = Assert.Throws<InputException>(() => StudyPlan.Create(definition, SmallStudy.Table()));
        Assert.Contains(e.Faults, f => f.Path == "$.preset");
        Assert.Contains(e.Faults, f => f.Path == "$.models[1].model");
        Assert.Contains(e.Faults, f => f.Path == "$.data.cluster.column" && f.Remedy.Contains("site", StringComparison.Ordinal));
    }

    private static void AssertSame(HeadPredictions one, HeadPredictions other)
    {
        Assert.Equal(one.Threshold, other.Threshold);
        Assert.Equal(one.Test, other.Test);
        Assert.Equal(one.Unseen, other.Unseen);
        Assert.Equal(one.TestFlips, other.TestFlips);
        Assert.Equal(one.UnseenFlips, other.UnseenFlips);
    }

    private sealed class FirstReport(CancellationTokenSource stop) : IProgress<EpochLosses>
    {
        public int Reports { get; private set; }

        public void Report(EpochLosses value)
        {
            Reports++;
            stop.Cancel();
        }
    }
}
