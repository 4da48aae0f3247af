using System.Globalization;
using FairMedl.Core.Data;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fairness.Tests;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Reports.Sentences;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Figures;

/// <summary>
/// Figure of the disparities between the groups of every sensitive attribute: a panel for each of TPR SD, FPR SD, demographic
/// parity and counterfactual fairness (regression: MSE SD in place of the first two), a row for each attribute, an estimate for
/// each run. Pages draw it as a chart, reports as SVG.
/// </summary>
/// <param name="Title">The figure's title.</param>
/// <param name="Series">The names of the runs, in the order of each row's values.</param>
/// <param name="Panels">The panels.</param>
/// <param name="Note">What the lines and the grey areas are, and how many rows, folds and seeds there are.</param>
public sealed record DisparityFigure(string Title, IReadOnlyList<string> Series, IReadOnlyList<DisparityPanel> Panels,
    string Note) : IReportFigure
{
    /// <summary>The look of each run, in the order of <see cref="Series"/>.</summary>
    public required IReadOnlyList<ModelStyle> Styles { get; init; }

    /// <summary>The figure of some models' heads of a study; null where nothing is defined.</summary>
    /// <param name="results">The study.</param>
    /// <param name="models">Model ids with their heads, the baseline first.</param>
    /// <param name="split">Seen or unseen clusters.</param>
    /// <param name="attributes">Which attributes; null = all.</param>
    public static DisparityFigure? Of(StudyResults results, IReadOnlyList<(string Model, Head Head)> models, Split split,
        IReadOnlyCollection<string>? attributes = null)
    {
        bool sameHead = models.Select(m => m.Head).Distinct().Count() < 2;
        return Of([.. models.Select(m => new Run(sameHead
            ? ResultNames.Model(m.Model) : ResultNames.Model(m.Model, m.Head), results, m.Model, m.Head))], split, attributes);
    }

    /// <summary>The figure of some runs, of one study or several; null where nothing is defined.</summary>
    /// <param name="runs">The runs, the baseline first; its spreads order the attributes.</param>
    /// <param name="split">Seen or unseen clusters.</param>
    /// <param name="attributes">Which attributes; null = all.</param>
    public static DisparityFigure? Of(IReadOnlyList<Run> runs, Split split, IReadOnlyCollection<string>? attributes = null)
    {
        Run[] shown = [.. runs.Where(r => r.On(split) is not null)];
        if (shown.Length == 0) return null;
        bool classification = shown[0].IsClassification;
        string[] order =
        [
            .. AttributeOrder.Of(shown[0].On(split)!, RunComparison.MainSpread(classification))
                .Concat(shown.Skip(1).SelectMany(r => r.On(split)!.Attributes.Select(a => a.Attribute)))
                .Distinct()
                .Where(a => attributes?.Contains(a) != false),
        ];
        DisparityPanel[] panels =
        [
            .. MetricDescriptions.Paper(classification).Spreads
                .Select(MetricDescriptions.Get)
                .Select(m => new DisparityPanel(m, PanelTitle(m, classification), m.AxisFor(classification),
                    [.. order.Select(a => Row(shown, split, a, m))])),
        ];
        if (panels.All(p => p.Rows.All(r => r.Values.All(v => v.Estimate.Value is null)))) return null;
        return new DisparityFigure("How differently are groups treated?", [.. shown.Select(r => r.Name)], panels, NoteOf(shown, split))
        { Styles = ModelStyle.OfRuns([.. shown.Select(r => r.Model)]) };
    }

    /// <summary>The figure as an inline SVG, two panels a row.</summary>
    public string ToSvg() => DisparitySvg.Write(this);

    private static DisparityRow Row(Run[] runs, Split split, string attribute, MetricDescription metric)
    {
        DisparityValue[] values =
        [
            .. runs.Select(r => r.On(split, attribute) is { } audit
                ? new DisparityValue(r.Name, MetricDescriptions.Read(audit, metric.Id),
                    MetricDescriptions.Floor(audit, metric.Id)?.Percentile95)
                { Corrected = MetricDescriptions.Corrected(audit, metric.Id) }
                : new DisparityValue(r.Name, r.Read(split, attribute, metric.Id), null)),
        ];
        AttributeAudit? first = runs.Select(r => r.On(split, attribute)).FirstOrDefault(a => a is not null);
        return new DisparityRow(
            attribute,
            ColumnWords.Title(attribute),
            first?.Groups.Count ?? 0,
            first is null ? null : SmallGroups.Of(first, metric.Id).Words,
            values[0].NoiseFloor,
            values);
    }

    private static string PanelTitle(MetricDescription metric, bool classification) =>
        $"{SentenceWords.Capital(metric.PlainFor(classification))} ({metric.Abbreviation ?? metric.Name})";

    private static string NoteOf(Run[] runs, Split split)
    {
        string[] bases = [.. runs.DistinctBy(r => r.Results).Select(r => BasisOf(r, split)).Distinct()];
        string floorOf = runs.Length > 1 ? $" of {runs[0].Name}" : "";
        string basis = bases.Length == 1 ? bases[0] : "Runs differ in folds, seeds or rows: see Settings that differ.";
        string[] versions = [.. runs.SelectMany(r => CountedGroupsText.Version(r.Results)).Select(v => v.ToString()).Distinct()];
        return $"{string.Join(' ', versions)} Lines are 95% confidence intervals. Gray areas show the noise floor{floorOf}: the spread expected by chance at these " +
            $"group sizes (95th percentile). {basis}";
    }

    // Folds, seeds and rows that a run's numbers are computed from.
    private static string BasisOf(Run run, Split split)
    {
        StudyHeader header = run.Results.Header;
        ProtocolSpecification protocol = header.Definition.Protocol;
        int folds = protocol.FoldsToRun ?? protocol.Folds;
        string seeds = protocol.Seeds.Count == 1 ? "one seed" : FormattableString.Invariant($"{protocol.Seeds.Count} seeds");
        string finished = run.Results.Fits.Count < header.PlannedFits
            ? string.Create(CultureInfo.InvariantCulture, $" ({run.Results.Fits.Count:N0} of {header.PlannedFits:N0} fits finished)") : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{MessageText.Count(folds, "fold")}, {seeds}{finished}; {run.On(split)!.N:N0} rows of {ClusterWords.Of(run.Results).Of(split)}.");
    }
}

/// <summary>One metric for every attribute and run.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Title">In plain words with the abbreviation: "Spread of the true positive rate (TPR SD)".</param>
/// <param name="Axis">What the axis shows and what 0 means.</param>
/// <param name="Rows">The attributes.</param>
public sealed record DisparityPanel(MetricDescription Metric, string Title, string Axis, IReadOnlyList<DisparityRow> Rows);

/// <summary>One attribute in a panel.</summary>
/// <param name="Attribute">The attribute's name in the data.</param>
/// <param name="Label">The name as shown: "Marital status".</param>
/// <param name="Groups">How many groups it has.</param>
/// <param name="SmallGroups">"two of five groups have fewer than 30 positives"; null where all are large enough.</param>
/// <param name="NoiseFloor">The first run's noise floor (95th percentile); null where the metric has none.</param>
/// <param name="Values">The estimates, in the order of <see cref="DisparityFigure.Series"/>.</param>
public sealed record DisparityRow(string Attribute, string Label, int Groups, string? SmallGroups, double? NoiseFloor,
    IReadOnlyList<DisparityValue> Values)
{
    /// <summary>"5 groups".</summary>
    public string GroupsWords => Groups == 1 ? "1 group" : FormattableString.Invariant($"{Groups:N0} groups");
}

/// <summary>One run's estimate in a row.</summary>
/// <param name="Run">The run's name.</param>
/// <param name="Estimate">The value with its interval and its note ("3 of 4 groups"), or the reason why it is undefined.</param>
/// <param name="NoiseFloor">The run's own noise floor (95th percentile).</param>
public sealed record DisparityValue(string Run, Estimate Estimate, double? NoiseFloor)
{
    /// <summary>The value corrected for chance; null where the metric is no standard deviation.</summary>
    public Estimate? Corrected { get; init; }

    /// <summary>Whether the value is at or below its noise floor.</summary>
    public bool IsBelowNoiseFloor => Estimate.Value <= NoiseFloor;
}
