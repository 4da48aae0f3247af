using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fairness.Tests;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Runs;

/// <summary>The verdict on one attribute by one metric, with the two values that it compares.</summary>
/// <param name="Attribute">The attribute's name.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Baseline">The baseline's value.</param>
/// <param name="Compared">The compared model's value.</param>
/// <param name="Verdict">The verdict and its reason.</param>
public sealed record AttributeVerdict(string Attribute, MetricDescription Metric, Estimate Baseline, Estimate Compared, Verdict Verdict);

/// <summary>
/// A compared run against its baseline on one split: the verdict on every metric, for the results page, the compare page, reports
/// and the sentence alike. Its paired tests are computed once.
/// </summary>
/// <param name="baseline">The baseline.</param>
/// <param name="compared">The run that is compared with it.</param>
/// <param name="split">Seen or unseen clusters.</param>
public sealed class RunComparison(Run baseline, Run compared, Split split)
{
    private readonly Lazy<PairedTests?> tests = new(() => PairedTests.Of(baseline, compared, split));

    /// <summary>The baseline.</summary>
    public Run Baseline => baseline;

    /// <summary>The run that is compared with it.</summary>
    public Run Compared => compared;

    /// <summary>Seen or unseen clusters.</summary>
    public Split Split => split;

    /// <summary>The paired tests; null where the runs cannot be paired or have too few folds and seeds in common.</summary>
    public PairedTests? Tests => tests.Value;

    /// <summary>The comparison of two models of a study, each by the head chosen for all.</summary>
    /// <param name="results">The study.</param>
    /// <param name="baseline">The baseline's id.</param>
    /// <param name="compared">The compared model's id.</param>
    /// <param name="split">Seen or unseen clusters.</param>
    /// <param name="head">The head where a model has both; null = the main one.</param>
    public static RunComparison Of(StudyResults results, string baseline, string compared, Split split, Head? head = null)
    {
        return new RunComparison(RunOf(baseline), RunOf(compared), split);

        Run RunOf(string model) => new(ResultNames.Model(model), results, model,
            StudyResults.HeadOf(model, head ?? StudyResults.MainHead(split)));
    }

    /// <summary>The default metric of an attribute: TPR SD, or MSE SD for a regression.</summary>
    public static MetricDescription MainSpread(bool classification) => MetricDescriptions.MainSpread(classification);

    /// <summary>The evidence on a metric's change.</summary>
    /// <param name="attribute">The attribute; null for a metric over all rows.</param>
    /// <param name="metric">The metric's id.</param>
    public ChangeEvidence Evidence(string? attribute, string metric)
    {
        BetterDirection better = MetricDescriptions.Get(metric).Better;
        string? incomparable = Run.Incomparable(baseline, compared, split, attribute) is { } other ? $"{other} than the baseline's" : null;
        if (attribute is not null && MetricDescriptions.Get(metric).OfSpreads is not null
            && Run.CountOtherGroups(baseline, compared, split, attribute))
            incomparable ??= "another minimum group size than the baseline's";
        AdjustedTest? test = incomparable is null ? Tests?.Find(attribute, metric) : null;
        if (attribute is null)
            return new ChangeEvidence(baseline.Read(split, metric), incomparable is null
                ? compared.Read(split, metric) : Estimate.None(incomparable), better, Test: test);
        AttributeAudit? from = baseline.On(split, attribute), to = compared.On(split, attribute);
        double? before = from is null
            ? null : SmallGroups.SpreadOfLargeGroups(from, metric), after = to is null ? null : SmallGroups.SpreadOfLargeGroups(to, metric);
        return new ChangeEvidence(
            baseline.Read(split, attribute, metric),
            incomparable is null ? compared.Read(split, attribute, metric) : Estimate.None(incomparable),
            better,
            from is null ? null : MetricDescriptions.Floor(from, metric),
            to is null ? null : MetricDescriptions.Floor(to, metric),
            test,
            to is null || incomparable is not null ? null : SmallGroups.Of(to, metric),
            before is { } a && after is { } b ? (a, b) : null,
            EffectThresholds.Default.Low);
    }

    /// <summary>The verdict on a metric.</summary>
    /// <param name="attribute">The attribute; null for a metric over all rows.</param>
    /// <param name="metric">The metric's id.</param>
    public Verdict Judge(string? attribute, string metric) => Verdict.Of(Evidence(attribute, metric));

    /// <summary>The size of a change with its verdict, as an improvement table shows it.</summary>
    public EffectBand Band(string? attribute, string metric, EffectThresholds? thresholds = null) =>
        EffectBand.Of(Evidence(attribute, metric), thresholds);

    /// <summary>The verdict on every attribute, in the order of <see cref="AttributeOrder"/>: the widest spread first.</summary>
    /// <param name="metric">The metric's id; null = <see cref="MainSpread"/>.</param>
    public IReadOnlyList<AttributeVerdict> Attributes(string? metric = null)
    {
        if (baseline.On(split) is not { } audit) return [];
        MetricDescription described = metric is null ? MainSpread(baseline.IsClassification) : MetricDescriptions.Get(metric);
        return [.. AttributeOrder.Of(audit, described).Select(a => OnAttribute(a, described))];
    }

    /// <summary>The verdict on one attribute.</summary>
    public AttributeVerdict OnAttribute(string attribute, MetricDescription metric)
    {
        ChangeEvidence evidence = Evidence(attribute, metric.Id);
        return new AttributeVerdict(attribute, metric, evidence.Baseline, evidence.Compared, Verdict.Of(evidence));
    }
}
