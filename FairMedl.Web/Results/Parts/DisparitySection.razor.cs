using FairMedl.Core.Reports.Figures;
using FairMedl.Web.Components.Charts;
using FairMedl.Web.Components.Charts.Series;
using FairMedl.Web.Components.Disparity;
using FairMedl.Web.Results.Figures;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FairMedl.Web.Results.Parts;

/// <summary>
/// The main figure: how differently groups are treated, for every shown attribute and model. It is drawn again only when what it
/// shows has changed, not when another tab is opened.
/// </summary>
public sealed partial class DisparitySection
{
    private (object Results, string Shown)? drawn;
    private DisparityFigure? figure;
    private ChartGrid? grid;
    private int columns = 2;

    /// <summary>What is shown.</summary>
    [Parameter, EditorRequired] public ResultsChoice Choice { get; set; } = null!;

    private string Label => $"{figure!.Title} {string.Join("; ", figure.Panels.Select(p => p.Title))}, by sensitive attribute and model, with 95% intervals";

    private string Note
    {
        get
        {
            string scope = Choice.Scope();
            string without = Choice.WithoutEffects is { Count: > 0 } models ? $". {string.Join(", ", models.Select(Choice.Label))}: no {Choice.Clusters.Effects}" : "";
            return char.ToUpperInvariant(scope[0]) + scope[1..] + without;
        }
    }

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        string shown = string.Join('\n', [.. Choice.BaselineFirst, Choice.Head.ToString(), Choice.Split.ToString(), .. Choice.Shown]);
        if (drawn is { } before && ReferenceEquals(before.Results, Choice.Results) && before.Shown == shown) return;
        drawn = (Choice.Results, shown);
        figure = ResultsTables.Figure(Choice);
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

    private void Draw() => grid = figure is null ? null : DisparityChart.Of(figure, [.. StyledModels().Select(SeriesStyle.OfModel)], Choice.IsClassification, columns);

    // The figure leaves out models without numbers on this split.
    private IEnumerable<string> StyledModels() => Choice.BaselineFirst.Where(m => Choice.Audit(m) is not null);
}
