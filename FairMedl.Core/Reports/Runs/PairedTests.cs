using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fairness.Tests;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Runs;

/// <summary>
/// Every paired test of a compared run against a baseline on one split: over the test folds of all seeds (corrected resampled t)
/// and over seeds (Student's paired t). Each kind is adjusted by Holm over all metrics and attributes, and each needs
/// <see cref="AdjustedTest.FewestRepetitions"/> repetitions at least.
/// </summary>
public sealed class PairedTests
{
    private readonly Dictionary<(string? Attribute, string Metric), AdjustedTest> overFolds = [], overSeeds = [];

    private PairedTests(IReadOnlyList<(string? Attribute, string Metric)> measured) => Measured = measured;

    /// <summary>The tested metrics: those of the paper over all rows (attribute null), then those of each attribute.</summary>
    public IReadOnlyList<(string? Attribute, string Metric)> Measured { get; }

    /// <summary>Number of folds that both runs finished; 0 where there are too few to test.</summary>
    public int Folds { get; private set; }

    /// <summary>Number of seeds that both runs finished; 0 where there are too few to test.</summary>
    public int Seeds { get; private set; }

    /// <summary>Mean test rows and training rows of a fold.</summary>
    public (int Test, int Training) FoldRows { get; private set; }

    /// <summary>
    /// The tests of two runs; null where they cannot be paired (<see cref="RunPairing"/>) or have too few folds and seeds in
    /// common.
    /// </summary>
    public static PairedTests? Of(Run baseline, Run compared, Split split)
    {
        if (RunPairing.Of(baseline, compared).Obstacle is not null) return null;
        (IReadOnlyList<string> overall, IReadOnlyList<string> spreads) = MetricDescriptions.Paper(baseline.IsClassification);
        string[] attributes = [.. compared.On(split)?.Attributes.Select(a => a.Attribute)
            .Where(a => Run.HaveSameGroups(baseline, compared, split, a)) ?? []];
        var tests = new PairedTests([.. overall.Select(m => ((string?)null, m)),
            .. attributes.SelectMany(a => spreads.Select(m => ((string?)a, m)))]);
        // Every fold's model predicts the same unseen rows: these are not resamples.
        if (split == Split.Seen) tests.AddFolds(baseline, compared);
        tests.AddSeeds(baseline, compared, split);
        return tests.Folds + tests.Seeds == 0 ? null : tests;
    }

    /// <summary>The test of one metric; null where it is undefined, nothing varies or there are too few repetitions.</summary>
    /// <param name="attribute">The attribute; null for a metric over all rows.</param>
    /// <param name="metric">The metric's id.</param>
    /// <param name="over">Over folds or over seeds.</param>
    public AdjustedTest? Find(string? attribute, string metric, TestOver over = TestOver.Folds) =>
        (over == TestOver.Folds ? overFolds : overSeeds).GetValueOrDefault((attribute, metric));

    /// <summary>Number of tests over folds or over seeds: the size of the family for Holm's adjustment.</summary>
    public int Count(TestOver over) => (over == TestOver.Folds ? overFolds : overSeeds).Count;

    private void AddFolds(Run baseline, Run compared)
    {
        (FoldMetrics First, FoldMetrics Second)[] pairs = ByFold(baseline)
            .Join(ByFold(compared), a => (a.Key.Seed, a.Key.Fold), b => (b.Key.Seed, b.Key.Fold), (a, b) => (a, b))
            .ToArray();
        if (pairs.Length < AdjustedTest.FewestRepetitions) return;
        Folds = pairs.Length;
        FoldRows = ((int)Math.Round(pairs.Average(p => p.First.TestRows)), (int)Math.Round(pairs.Average(p => p.First.TrainingRows)));
        CountedGroups counted = baseline.Results.Counted;
        Add(overFolds, TestOver.Folds, pairs,
            (p, m) => p.First.Find(m.Attribute, m.Metric, counted), (p, m) => p.Second.Find(m.Attribute, m.Metric, counted),
            (first, second) => PairedTest.OverFolds(first, second, FoldRows.Test, FoldRows.Training));
    }

    private void AddSeeds(Run baseline, Run compared, Split split)
    {
        (SplitAudit First, SplitAudit Second)[] pairs = BySeed(baseline, split)
            .Where(a => ReferenceEquals(baseline.Results, compared.Results)
                || FoldsOf(baseline, a.Seed).SetEquals(FoldsOf(compared, a.Seed)))
            .Join(BySeed(compared, split), a => a.Seed, b => b.Seed, (a, b) => (a.Audit, b.Audit))
            .ToArray();
        if (pairs.Length < AdjustedTest.FewestRepetitions) return;
        Seeds = pairs.Length;
        Add(overSeeds, TestOver.Seeds, pairs, (p, m) => Read(p.First, m), (p, m) => Read(p.Second, m),
            (first, second) => PairedTest.OverSeeds(first, second));
    }

    private void Add<T>(
        Dictionary<(string?, string), AdjustedTest> tests,
        TestOver over,
        T[] pairs,
        Func<T, (string? Attribute, string Metric), double?> first,
        Func<T, (string? Attribute, string Metric), double?> second,
        Func<double[], double[], PairedTest?> test)
    {
        PairedTest?[] found = [.. Measured.Select(m =>
        {
            // Repetitions with an undefined value are omitted.
            (double? First, double? Second)[] values = [.. pairs.Select(p => (first(p, m), second(p, m)))
                .Where(v => v.Item1 is not null && v.Item2 is not null)];
            return values.Length < AdjustedTest.FewestRepetitions
                ? null : test([.. values.Select(v => v.First!.Value)], [.. values.Select(v => v.Second!.Value)]);
        })];
        IReadOnlyList<double?> adjusted = PairedTest.Holm([.. found.Select(t => t?.P)]);
        for (int i = 0; i < found.Length; i++)
            if (found[i] is { } one) tests[Measured[i]] = new AdjustedTest(one, adjusted[i]!.Value, over);
    }

    private static IEnumerable<AuditResult> BySeed(Run run, Split split) =>
        run.Results.Audits.Where(a => a.Model == run.Model && a.Split == split && a.Seed is not null && a.Head == run.Head);

    // A seed of two studies is the same repetition only where the same folds are done in both.
    private static HashSet<int> FoldsOf(Run run, ulong? seed) => [.. ByFold(run).Where(f => f.Key.Seed == seed).Select(f => f.Key.Fold)];

    private static IEnumerable<FoldMetrics> ByFold(Run run) =>
        run.Results.Folds.Where(f => f.Key.Model == run.Model && f.Head == run.Head);

    private static double? Read(SplitAudit audit, (string? Attribute, string Metric) measured) => measured.Attribute is null
        ? MetricDescriptions.Read(audit, measured.Metric).Value
        : audit.Attributes.FirstOrDefault(a => a.Attribute == measured.Attribute) is { } found
        ? MetricDescriptions.Read(found, measured.Metric).Value : null;
}
