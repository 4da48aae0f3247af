using FairMedl.Core.Fairness.Intervals;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fairness.Tests;
using FairMedl.Core.Numerics;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Sentences;
using FairMedl.Core.Reports.Tables;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Runs;

/// <summary>Tables that compare runs of one or more studies with a baseline.</summary>
public static class RunTables
{
    /// <summary>
    /// The improvement table in the paper's manner: the baseline's value, then each run's value, its
    /// improvement in % and the band in words.
    /// </summary>
    /// <param name="baseline">The run that the others are compared with.</param>
    /// <param name="others">At least one, of the baseline's task.</param>
    /// <param name="split">Seen or unseen clusters.</param>
    /// <param name="thresholds">Limits of the effect bands; null = the default.</param>
    public static ReportTable Improvement(Run baseline, IReadOnlyList<Run> others, Split split, EffectThresholds? thresholds = null)
    {
        thresholds ??= EffectThresholds.Default;
        (IReadOnlyList<string> overall, IReadOnlyList<string> spreads) = MetricDescriptions.Paper(baseline.IsClassification);
        var columns = new List<ReportColumn> { new("Attribute"), new("Metric"), ReportColumn.Number($"{baseline.Name} (baseline)") };
        foreach (Run run in others)
            columns.AddRange([ReportColumn.Number(run.Name),
                ReportColumn.Number("Improvement (%)", "Change in % of the baseline. Positive is better."), new ReportColumn("Effect")]);
        columns.Add(ReportColumn.Number($"Noise floor of {baseline.Name}", TableNotes.Floor));

        Dictionary<Run, RunComparison> comparisons = others.Distinct().ToDictionary(r => r, r => new RunComparison(baseline, r, split));
        var rows = new List<IReadOnlyList<ReportCell>>();
        var notes = new SortedSet<string>(StringComparer.Ordinal);
        void Add(string? attribute, string metric, Func<Run, Estimate> read)
        {
            SpreadFloor? floor = attribute is not null && baseline.On(split, attribute) is { } audit
                ? MetricDescriptions.Floor(audit, metric) : null;
            MetricDescription described = MetricDescriptions.Get(metric);
            Digits digits = Digits.Of(metric, baseline.IsClassification);
            Estimate from = read(baseline);
            var row = new List<ReportCell> { ReportCell.Words(attribute ?? "All rows"), ReportCell.Name(described),
                ReportCell.Of(from, digits) };
            foreach (Run run in others)
            {
                Estimate to = read(run);
                string? incomparable = to.Value is null ? null : Run.Incomparable(baseline, run, split, attribute);
                EffectBand band = comparisons[run].Band(attribute, metric, thresholds);
                if (incomparable == Run.OtherData) notes.Add($"{run.Name} uses another data set than the baseline, so its values " +
                    "are neither better nor worse.");
                else if (incomparable == Run.OtherTarget) notes.Add($"{run.Name} predicts another target than the baseline, so its " +
                    "values are neither better nor worse.");
                else if (incomparable == Run.OtherRows) notes.Add($"{run.Name} audits other rows of the file than the baseline, because " +
                    "exclusions, clusters or the reading of the file differ. Its values are neither better nor worse.");
                else if (incomparable is not null) notes.Add($"{run.Name}: {attribute} has other groups than in the baseline, so its " +
                    "spreads are neither better nor worse.");
                else if (attribute is not null && described.OfSpreads is not null && Run.CountOtherGroups(baseline, run, split, attribute))
                {
                    incomparable = "another minimum group size";
                    notes.Add($"{run.Name} counts groups of another minimum size than the baseline, so its spreads are neither better nor worse.");
                }

                row.AddRange([ReportCell.Of(to, digits), ReportCell.Improvement(band), incomparable is null
                    ? ReportCell.Band(band) : ReportCell.None(incomparable)]);
            }

            rows.Add([.. row, floor is null ? ReportCell.Empty : ReportCell.Number(floor.Percentile95, digits)]);
        }

        foreach (string metric in overall) Add(null, metric, r => r.Read(split, metric));
        foreach (AttributeAudit attribute in baseline.On(split)?.Attributes ?? [])
            foreach (string metric in spreads)
                Add(attribute.Attribute, metric, r => r.Read(split, attribute.Attribute, metric));

        return new ReportTable("runs-improvement",
            $"Compared with {baseline.Name}, {ClusterWords.Of(baseline.Results).Of(split)}", columns, rows, [
            TableNotes.Bands(thresholds),
            .. TableNotes.Of([.. notes, .. new[] { RunOrigins.Difference([baseline, .. others]) }.OfType<string>()]),
            .. others.Prepend(baseline).Select(r => NumericText.Of($"{r.Name}: {TableNotes.Repetitions(r.Results, split)}")),
            .. TableNotes.Metrics(overall.Concat(spreads).Select(MetricDescriptions.Get)),
            .. TableNotes.Counted(baseline.Results, split, [.. baseline.On(split)?.Attributes.Select(a => a.Attribute) ?? []]),
            .. TableNotes.Of(TableNotes.SpreadsByGroups, TableNotes.Floor),
        ]);
    }

    /// <summary>Table of an attribute's groups: the baseline's rate, each run's, and the difference with its interval.</summary>
    public static ReportTable GroupDifferences(Run baseline, IReadOnlyList<Run> others, Split split, string attribute,
        MetricDescription rate)
    {
        Digits digits = Digits.Of(rate, baseline.IsClassification);
        string counted = SmallGroups.CountedBy(rate.Id);
        var columns = new List<ReportColumn> { new(attribute), ReportColumn.Number(SentenceWords.Capital(counted)),
            ReportColumn.Number($"{baseline.Name} (baseline)", rate.Sentence), new("95% CI") };
        foreach (Run run in others)
            columns.AddRange([ReportColumn.Number(run.Name), ReportColumn.Number("Difference"), new ReportColumn("95% CI")]);
        var rows = new List<IReadOnlyList<ReportCell>>();
        foreach (string group in Groups(baseline, others, split, attribute))
        {
            Estimate from = baseline.Read(split, attribute, group, rate.Id);
            var row = new List<ReportCell> { ReportCell.Words(group), from.N is { } n
                ? ReportCell.Count(n) : ReportCell.None(), ReportCell.Of(from, digits), ReportCell.Interval(from, digits) };
            foreach (Run run in others)
            {
                Estimate to = run.Read(split, attribute, group, rate.Id), difference = DifferenceInterval.Of(from, to);
                row.AddRange([ReportCell.Of(to, digits), ReportCell.Of(difference, digits), ReportCell.Interval(difference, digits)]);
            }

            rows.Add(row);
        }

        return new ReportTable("runs-groups",
            $"{rate.Name} by {attribute} compared with {baseline.Name}, {ClusterWords.Of(baseline.Results).Of(split)}", columns, rows, [
            $"{rate.Name}: {rate.Sentence}",
            .. TableNotes.Of("The interval of a difference combines the intervals of the two values (Newcombe 1998, method 10) as if they " +
                "were independent. Over the same rows they are not, so it is wider than necessary."),
        ]);
    }

    /// <summary>Table of the runs' provenance.</summary>
    public static ReportTable Origin(IReadOnlyList<Run> runs) => new(
        "runs-origin",
        "Provenance of the runs",
        [new("Run"), new("Model"), new("Study"), new("Study hash (SHA-256)"), new("Data hash (SHA-256)"), new("Seeds"),
            ReportColumn.Number("Fits"), new("Thresholds"), new("FairMedl version"), new("Engine and device")],
        [.. runs.Select(r => new[]
        {
            ReportCell.Words(r.Name), ReportCell.Words(ResultNames.Model(r.Model, r.Head)), ReportCell.Words(r.Results.Header.Name),
            ReportCell.Words(r.Results.Header.DefinitionHash), ReportCell.Words(r.Results.Header.DataHash),
            ReportCell.Words(string.Join(", ", r.Results.Header.Definition.Protocol.Seeds)),
            ReportCell.Count(r.Results.Fits.Count(f => f.Key.Model == r.Model)),
            ReportCell.Words(ThresholdTable.Rule(r.Results.Threshold, r.Results.Fits.Where(f => f.Key.Model == r.Model)
                .Select(f => r.Head == Head.MixedEffects ? f.MixedThreshold : f.FixedThreshold))),
            ReportCell.Words(r.Results.Header.Version),
            ReportCell.Words(r.Results.Header.Device),
        })],
        []);

    /// <summary>The groups of an attribute: the baseline's, then those that only others have.</summary>
    public static IReadOnlyList<string> Groups(Run baseline, IReadOnlyList<Run> others, Split split, string attribute) =>
        [.. others.Prepend(baseline).SelectMany(r => r.On(split, attribute)?.Groups ?? []).Select(g => g.Group).Distinct()];
}
