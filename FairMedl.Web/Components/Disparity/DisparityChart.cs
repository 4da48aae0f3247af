using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Figures;
using FairMedl.Web.Components.Charts;
using FairMedl.Web.Components.Charts.Series;
using FairMedl.Web.Components.Charts.Traces;

namespace FairMedl.Web.Components.Disparity;

/// <summary>
/// Draws a <see cref="DisparityFigure"/>: a panel for each metric, in it a row for each attribute and a dot
/// with its interval for each run.
/// </summary>
public static class DisparityChart
{
    /// <summary>What the legend calls the grey bands.</summary>
    public const string BandName = "noise floor: the spread expected by chance at these group sizes";

    // Pixels: a run's slot, the gap between rows, and a panel's title, axis and margins.
    private const int SlotHeight = 13, RowGap = 14, LeastRow = 38, AroundPanel = 96;

    // A little room left of zero and right of the widest interval, in shares of the axis.
    private const double LeftRoom = .02, RightRoom = .05;

    /// <summary>The figure as a grid of panels.</summary>
    /// <param name="figure">The numbers.</param>
    /// <param name="styles">The style of each series.</param>
    /// <param name="isClassification">Whether the task is a classification, which decides how values are written.</param>
    /// <param name="columns">Panels side by side: 2, or 1 where the page is narrow.</param>
    public static ChartGrid Of(DisparityFigure figure, IReadOnlyList<SeriesStyle> styles, bool isClassification, int columns = 2) =>
        new(figure.Title, [.. figure.Panels.Select(p => Panel(figure, p, styles, isClassification))], columns)
        {
            RowHeight = AroundPanel + figure.Panels[0].Rows.Count * Math.Max(LeastRow, SlotHeight * figure.Series.Count + RowGap),
            Legend = true,
        };

    private static Chart Panel(DisparityFigure figure, DisparityPanel panel, IReadOnlyList<SeriesStyle> styles, bool isClassification)
    {
        double widest = panel.Rows
            .SelectMany(r => r.Values.Select(v => v.Estimate.Upper ?? v.Estimate.Value).Append(r.NoiseFloor))
            .OfType<double>().DefaultIfEmpty(1).Max();
        if (widest <= 0) widest = 1;
        string[] rows = [.. panel.Rows.Select(r => r.Label)];
        bool hasBands = figure.Panels.Any(p => p.Rows.Any(r => r.NoiseFloor is not null));
        return new Chart
        {
            Title = panel.Title,
            X = new ChartAxis(panel.Axis) { From = -LeftRoom * widest, To = widest * (1 + RightRoom) },
            Y = new ChartAxis("") { Rows = [.. panel.Rows.Select(r => new ChartRow(r.Label, Detail(r)))] },
            RowBands = [.. panel.Rows.Select((r, i) => r.NoiseFloor is { } floor ? new ChartRowBand(i, 0, floor) : null)
                .OfType<ChartRowBand>()],
            Lines = [new ChartLine('x', 0)],
            Traces =
            [
                .. figure.Series.Select((name, s) => new DotTrace(name, rows,
                    [.. panel.Rows.Select(r => r.Values[s].Estimate.Value)], styles[s])
                {
                    Lower = [.. panel.Rows.Select(r => r.Values[s].Estimate.Lower)],
                    Upper = [.. panel.Rows.Select(r => r.Values[s].Estimate.Upper)],
                    Hover = [.. panel.Rows.Select(r => new ChartTip($"{name}, {r.Label}",
                        [.. EstimateTip.Lines(panel.Metric, r.Values[s].Estimate, isClassification),
                        .. Corrected(panel, r.Values[s], isClassification), .. Floor(panel, r.Values[s], isClassification)]))],
                    Slot = s,
                    Slots = figure.Series.Count,
                }),
                .. hasBands ? new IChartTrace[] { new BandKeyTrace(BandName) } : [],
            ],
        };
    }

    // "3 of 4 groups" where a group has no rate, else how many groups there are.
    private static string Detail(DisparityRow row) =>
        row.Values.Select(v => v.Estimate.Note).FirstOrDefault(n => n is not null && n.EndsWith(" groups", StringComparison.Ordinal))
            ?? row.GroupsWords;

    private static IEnumerable<string> Corrected(DisparityPanel panel, DisparityValue value, bool isClassification) =>
        value.Corrected?.Value is { } corrected
            ? [$"corrected for chance {Display.Number(corrected, Digits.Of(panel.Metric, isClassification))}"] : [];

    private static IEnumerable<string> Floor(DisparityPanel panel, DisparityValue value, bool isClassification)
    {
        if (value.NoiseFloor is not { } floor) yield break;
        string limit = Display.Number(floor, Digits.Of(panel.Metric, isClassification));
        yield return value.IsBelowNoiseFloor ? $"within the noise floor of {limit}" : $"noise floor {limit}";
    }
}
