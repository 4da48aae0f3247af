using FairMedl.Core.Experiments;
using FairMedl.Core.Fairness;

namespace FairMedl.Core.Reports;

/// <summary>
/// Whether two models differ beyond what repeating the study varies, by main heads: paired t over the same seeds, and over
/// the same folds the corrected resampled t, which allows for the folds' shared training rows. Each kind is adjusted by
/// Holm over the table, with the effect size beside p.
/// </summary>
public static class PairedTestTable
{
    /// <summary>The table; null where there are neither two seeds nor two folds that both models finished.</summary>
    /// <param name="results">The study.</param>
    /// <param name="baseline">The baseline's id.</param>
    /// <param name="fair">The compared model's id.</param>
    /// <param name="split">Seen or unseen clusters.</param>
    /// <param name="head">By which head, where a model has both; null = the main one.</param>
    public static ReportTable? Of(StudyResults results, string baseline, string fair, Split split, Head? head = null)
    {
        return Of(RunOf(baseline), RunOf(fair), split) is { } table ? table with { Id = $"tests-{fair}-{baseline}-{ResultNames.Id(split)}" } : null;

        Run RunOf(string model)
        {
            Head by = StudyResults.HeadOf(model, head ?? StudyResults.MainHead(split));
            return new Run(ResultNames.Model(model, by), results, model, by);
        }
    }

    /// <summary>The table of two runs that may be of two studies; null where they cannot be paired (<see cref="RunPairing"/>), or have too few repetitions.</summary>
    public static ReportTable? Of(Run baseline, Run fair, Split split)
    {
        if (RunPairing.Of(baseline, fair).Obstacle is not null) return null;
        bool classification = baseline.IsClassification;
        (IReadOnlyList<string> overall, IReadOnlyList<string> spreads) = MetricDescriptions.Paper(classification);
        string[] attributes = [.. fair.On(split)?.Attributes.Select(a => a.Attribute).Where(a => Run.HaveSameGroups(baseline, fair, split, a)) ?? []];
        (string? Attribute, string Metric)[] measured = [.. overall.Select(m => ((string?)null, m)), .. attributes.SelectMany(a => spreads.Select(m => ((string?)a, m)))];
        Repeated? seeds = OverSeeds(baseline, fair, split, measured);
        // Unseen rows are the same for every fold's model: they are no resamples.
        Repeated? folds = split == Split.Seen ? OverFolds(baseline, fair, measured) : null;
        Repeated[] kinds = [.. new[] { seeds, folds }.OfType<Repeated>()];
        if (kinds.Length == 0) return null;

        ReportCell[][] rows = [.. measured.SelectMany((m, i) => kinds.Select(kind => Row(m.Attribute, MetricDescriptions.Get(m.Metric), kind.Over, kind.Tests[i], kind.Holm[i], classification)))];
        return new ReportTable(
            $"tests-{fair.Name}-{baseline.Name}-{ResultNames.Id(split)}",
            $"Paired tests: {fair.Name} minus {baseline.Name}, {ResultNames.Long(split)}",
            [new("Attribute"), new("Metric"), new("Over"), ReportColumn.Number("Mean difference"), new("95 % CI"), ReportColumn.Number("t"), ReportColumn.Number("p"), ReportColumn.Number("p (Holm)"), ReportColumn.Number("Effect size d_z")],
            rows,
            [
                .. kinds.Select(kind => kind.Note),
                "The effect size d_z is the mean difference over the standard deviation of the repetitions' differences. A dash: undefined, or no difference varies.",
            ]);
    }

    private static Repeated? OverSeeds(Run baseline, Run fair, Split split, (string? Attribute, string Metric)[] measured)
    {
        (SplitAudit First, SplitAudit Second)[] pairs = BySeed(baseline, split)
            .Where(a => ReferenceEquals(baseline.Results, fair.Results) || FoldsOf(baseline, a.Seed).SetEquals(FoldsOf(fair, a.Seed)))
            .Join(BySeed(fair, split), a => a.Seed, b => b.Seed, (a, b) => (a.Audit, b.Audit))
            .ToArray();
        if (pairs.Length < 2) return null;
        PairedTest?[] tests = [.. measured.Select(m =>
        {
            (double[] first, double[] second) = Defined(pairs, p => Read(p.First, m.Attribute, m.Metric), p => Read(p.Second, m.Attribute, m.Metric));
            return PairedTest.OverSeeds(first, second);
        })];
        return new Repeated($"{pairs.Length} seeds", tests, FormattableString.Invariant(
            $"Over seeds: Student's paired t over {pairs.Length} seeds, two-sided, adjusted by Holm over the {tests.Count(t => t is not null)} tests of its kind. Seeds share their rows, so a small p says that training tells the models apart, not that other rows would."));
    }

    private static Repeated? OverFolds(Run baseline, Run fair, (string? Attribute, string Metric)[] measured)
    {
        (FoldMetrics First, FoldMetrics Second)[] pairs = ByFold(baseline)
            .Join(ByFold(fair), a => (a.Key.Seed, a.Key.Fold), b => (b.Key.Seed, b.Key.Fold), (a, b) => (a, b))
            .ToArray();
        if (pairs.Length < 2) return null;
        int test = (int)Math.Round(pairs.Average(p => p.First.TestRows)), training = (int)Math.Round(pairs.Average(p => p.First.TrainingRows));
        PairedTest?[] tests = [.. measured.Select(m =>
        {
            (double[] first, double[] second) = Defined(pairs, p => p.First.Find(m.Attribute, m.Metric), p => p.Second.Find(m.Attribute, m.Metric));
            return PairedTest.OverFolds(first, second, test, training);
        })];
        return new Repeated($"{pairs.Length} folds", tests, FormattableString.Invariant(
            $"Over folds: the corrected resampled t of Nadeau and Bengio (2003) over {pairs.Length} test folds (all seeds'), {test} test rows to {training} training rows, two-sided, adjusted by Holm over the {tests.Count(t => t is not null)} tests of its kind. A fold's groups are small and its spreads larger than the pooled ones, so its differences are not those of the pooled figures."));
    }

    private static ReportCell[] Row(string? attribute, MetricDescription metric, string over, PairedTest? test, double? holm, bool classification)
    {
        Digits digits = Digits.Of(metric.Id, classification) == Digits.Rate ? Digits.Fixed(4) : Digits.Significant(4);
        ReportCell[] head = [ReportCell.Words(attribute ?? "All rows"), ReportCell.Name(metric), ReportCell.Words(over)];
        if (test is null) return [.. head, .. Enumerable.Repeat(ReportCell.Words("–"), 6)];
        return
        [
            .. head,
            ReportCell.Number(test.MeanDifference, digits),
            ReportCell.Interval(test.Lower, test.Upper, digits),
            ReportCell.Number(test.T, Digits.Fixed(2)),
            Probability(test.P),
            Probability(holm!.Value),
            ReportCell.Number(test.EffectSize, Digits.Fixed(2)),
        ];
    }

    private static IEnumerable<AuditResult> BySeed(Run run, Split split) =>
        run.Results.Audits.Where(a => a.Model == run.Model && a.Split == split && a.Seed is not null && a.Head == run.Head);

    // A seed of two studies is the same repetition only where the same folds are done in both.
    private static HashSet<int> FoldsOf(Run run, ulong? seed) => [.. ByFold(run).Where(f => f.Key.Seed == seed).Select(f => f.Key.Fold)];

    private static IEnumerable<FoldMetrics> ByFold(Run run) =>
        run.Results.Folds.Where(f => f.Key.Model == run.Model && f.Head == run.Head);

    private static double? Read(SplitAudit audit, string? attribute, string metric) => attribute is null
        ? MetricDescriptions.Read(audit, metric).Value
        : audit.Attributes.FirstOrDefault(a => a.Attribute == attribute) is { } found ? MetricDescriptions.Read(found, metric).Value : null;

    /// <summary>Repetitions in which either value is undefined are left out.</summary>
    private static (double[] First, double[] Second) Defined<T>(T[] pairs, Func<T, double?> first, Func<T, double?> second)
    {
        (double? First, double? Second)[] values = pairs.Select(p => (first(p), second(p))).Where(v => v.Item1 is not null && v.Item2 is not null).ToArray();
        return (values.Select(v => v.First!.Value).ToArray(), values.Select(v => v.Second!.Value).ToArray());
    }

    private static ReportCell Probability(double p) => p < 0.001 ? ReportCell.Words("<0.001") : ReportCell.Number(p, Digits.Rate);

    /// <summary>One kind of repetition: what it is over, its test by metric, and its note.</summary>
    private sealed record Repeated(string Over, PairedTest?[] Tests, string Note)
    {
        public IReadOnlyList<double?> Holm { get; } = PairedTest.Holm(Tests.Select(t => t?.P).ToArray());
    }
}
