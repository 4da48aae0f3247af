using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Reports.Figures;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Reports.Sentences;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Web.Components.Charts;
using FairMedl.Web.Components.Charts.Series;
using FairMedl.Web.Components.Disparity;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FairMedl.Web.Scoring;

/// <summary>The figures of the audit of new data: disparities by attribute, and a metric by group.</summary>
public sealed partial class ScoringFigures
{
    private (StudyResults Audit, ScoringAddress Address)? drawn;
    private DisparityFigure? figure;
    private ChartGrid? grid;
    private Chart? groups;
    private int columns = 2;

    /// <summary>The audit, in the form of a study's results.</summary>
    [Parameter, EditorRequired] public StudyResults Audit { get; set; } = null!;

    /// <summary>The page's address: which clusters, attribute and metric are shown.</summary>
    [Parameter, EditorRequired] public ScoringAddress Address { get; set; } = null!;

    /// <summary>Raised with the address of what the user chooses.</summary>
    [Parameter] public EventCallback<ScoringAddress> Changed { get; set; }

    private bool IsClassification => Audit.Header.Definition.Data.Target.Task == PredictionTask.Classification;

    private ClusterWords Clusters => ClusterWords.Of(Audit);

    private IReadOnlyList<Split> Splits => [.. Audit.Audits.Select(a => a.Split).Distinct().Order()];

    private Split Split => Address.Split is { } wanted && Splits.Contains(wanted) ? wanted : Splits[0];

    private IReadOnlyList<string> Attributes => [.. Audit.Header.Definition.Data.Sensitive.Select(s => s.Column)];

    private string Attribute => Address.AttributeAmong(Attributes);

    private IReadOnlyList<MetricDescription> Rates => [.. MetricDescriptions.Of(MetricScope.Group, IsClassification)];

    private MetricDescription Rate => Rates.FirstOrDefault(r => r.Id == Address.Rate) ?? Rates[0];

    private IReadOnlyList<AuditResult> Shown => [.. Audit.Audits.Where(a => a.Split == Split && a.Seed is null)];

    private string Caption =>
        $"{string.Join(' ', CountedGroupsText.Version(Audit))} Lines are 95% confidence intervals. Gray areas show the noise floor of {figure!.Series[0]}: the spread expected by chance at these group sizes (95th percentile)."
        + (figure.Panels.All(p => p.Metric.Id != "counterfactual_fairness") ? " Attribute flips were not included." : "");

    private string Scope => $"Rows with an actual outcome, {Clusters.Of(Split)}.";

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (drawn is { } last && ReferenceEquals(last.Audit, Audit) && last.Address == Address) return;
        drawn = (Audit, Address);
        figure = DisparityFigure.Of(Audit, [.. Shown.Select(a => (a.Model, a.Head))], Split);
        // Attribute flips are an option; without them their panel would be empty.
        if (figure is not null)
            figure = figure with
            {
                Panels = [.. figure.Panels.Where(p =>
                p.Rows.Any(r => r.Values.Any(v => v.Estimate.Value is not null)))]
            };
        GroupDotsSeries[] series =
        [
            .. Shown.Select(a => (Result: a, Groups: a.Audit.Attributes.FirstOrDefault(x => x.Attribute == Attribute)))
            .Where(a => a.Groups is not null)
                .Select(a => new GroupDotsSeries(ResultNames.Model(a.Result.Model, a.Result.Head), StyleOf(a.Result), a.Groups!)),
        ];
        groups = series.Length == 0 ? null : GroupDotsChart.Of(GroupDots.Of(Attribute, Rate, series, IsClassification), IsClassification);
        Draw();
    }

    // Two panels side by side need the width of a small laptop.
    private void Arrange(Breakpoint width)
    {
        int fitting = width is Breakpoint.Xs or Breakpoint.Sm ? 1 : 2;
        if (fitting == columns) return;
        columns = fitting;
        Draw();
    }

    private void Draw() => grid = figure is null ? null : DisparityChart.Of(figure, [.. Shown.Select(StyleOf)], IsClassification, columns);

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    // Both heads keep the model's colour; the fixed effects of a model with both have a circle.
    private SeriesStyle StyleOf(AuditResult audit) => audit.Head == Head.FixedEffects && Shown.Count > 1
        ? SeriesStyle.OfModel(audit.Model) with { Symbol = "circle-open", Dash = "dot" }
        : SeriesStyle.OfModel(audit.Model);
}
