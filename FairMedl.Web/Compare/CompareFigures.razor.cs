using FairMedl.Core.Reports.Figures;
using FairMedl.Core.Reports.Sentences;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Web.Components.Addresses;
using FairMedl.Web.Components.Charts;
using FairMedl.Web.Components.Disparity;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FairMedl.Web.Compare;

/// <summary>The figures of a comparison: disparities by attribute, accuracy against fairness, a metric by group.</summary>
public sealed partial class CompareFigures
{
    private CompareChoice? drawn;
    private DisparityFigure? figure;
    private ChartGrid? grid;
    private Chart scatter = null!;
    private IReadOnlyList<(string Attribute, Chart Chart)> groups = [];
    private int columns = 2;

    /// <summary>What is shown.</summary>
    [Parameter, EditorRequired] public CompareChoice Choice { get; set; } = null!;

    /// <summary>Raised with the address of what the user chooses.</summary>
    [Parameter] public EventCallback<CompareAddress> Changed { get; set; }

    private string Scope => $"{(Choice.HasMixed ? $"{(Choice.Head == Head.MixedEffects ? "With" : "Without")} {Choice.Clusters.Effects}" : "All models")}, {Choice.Clusters.Of(Choice.Split)}.";

    private string ScatterNote => $"{ColumnWords.Title(Choice.Attribute)}{(Choice.IsAll && Choice.Attributes.Count > 1 ? ", the attribute with the largest spread" : "")}. Gray: the noise floor of {Choice.Baseline!.Run.Name}, where there is one.";

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (ReferenceEquals(drawn, Choice)) return;
        drawn = Choice;
        figure = DisparityFigure.Of([.. Choice.BaselineFirst.Select(r => r.Run)], Choice.Split, Choice.Shown);
        scatter = CompareCharts.Scatter(Choice);
        groups = [.. Choice.Shown.Select(a => (a, CompareCharts.Groups(Choice, a)))];
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

    // The figure leaves out runs without numbers on this split.
    private void Draw() => grid = figure is null ? null
        : DisparityChart.Of(figure, [.. Choice.BaselineFirst.Where(r => r.Run.On(Choice.Split) is not null).Select(r => r.Style)], Choice.Baseline!.Run.IsClassification, columns);
}
