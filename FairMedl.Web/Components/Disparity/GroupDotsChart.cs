using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Sentences;
using FairMedl.Web.Components.Charts;
using FairMedl.Web.Components.Charts.Traces;

namespace FairMedl.Web.Components.Disparity;

/// <summary>
/// Draws <see cref="GroupDots"/>: a row for each group with its n, a dot with its interval for each model, small groups faded.
/// </summary>
public static class GroupDotsChart
{
    // Pixels: a model's slot, the gap between rows, and what surrounds the rows.
    private const int SlotHeight = 14, RowGap = 14, LeastRow = 40, AroundRows = 96;
    private const double Room = .04;

    /// <summary>The chart.</summary>
    /// <param name="dots">The numbers.</param>
    /// <param name="isClassification">Whether the task is a classification.</param>
    public static Chart Of(GroupDots dots, bool isClassification)
    {
        string[] groups = [.. dots.Rows.Select(r => r.Group)];
        (double from, double to) = Range(dots, isClassification);
        bool hasBands = dots.Rows.Any(r => r.Dots.Any(d => d.Chance is not null));
        return new Chart
        {
            Title = $"{Words(dots.Metric)} by {ColumnWords.Of(dots.Attribute)}",
            X = new ChartAxis(Axis(dots.Metric)) { From = from, To = to },
            Y = new ChartAxis("") { Rows = [.. dots.Rows.Select(r => new ChartRow(r.Group, Detail(dots, r), r.IsSmall))] },
            Height = AroundRows + groups.Length * Math.Max(LeastRow, SlotHeight * dots.Series.Count + RowGap),
            Legend = true,
            RowBands = [.. dots.Rows.SelectMany((row, i) =>
                row.Dots.Select((d, s) => d.Chance is { } chance && !row.IsSmall
                ? new ChartRowBand(i, chance.Lower, chance.Upper) { Slot = s, Slots = dots.Series.Count } : null)).OfType<ChartRowBand>()],
            Traces =
            [
                .. dots.Series.SelectMany((series, s) => new[] { Trace(dots, series, s, isSmall: false, isClassification),
                    Trace(dots, series, s, isSmall: true, isClassification) }),
                .. hasBands ? new IChartTrace[] { new BandKeyTrace("expected by chance if all groups had the same rate") } : [],
            ],
        };
    }

    /// <summary>"True positive rate (TPR)": a metric of a group in words, with its abbreviation.</summary>
    public static string Words(MetricDescription metric) => metric.FullName ?? metric.Name;

    private static string Axis(MetricDescription metric)
    {
        string sentence = metric.Sentence.TrimEnd('.');
        return char.ToLowerInvariant(sentence[0]) + sentence[1..];
    }

    private static DotTrace Trace(GroupDots dots, GroupDotsSeries series, int s, bool isSmall, bool isClassification)
    {
        Estimate[] estimates = [.. dots.Rows.Select(r => r.IsSmall == isSmall
            ? r.Dots[s].Estimate : Estimate.None("drawn in the other series"))];
        return new DotTrace(series.Name, [.. dots.Rows.Select(r => r.Group)], [.. estimates.Select(e => e.Value)], series.Style)
        {
            Lower = [.. estimates.Select(e => e.Lower)],
            Upper = [.. estimates.Select(e => e.Upper)],
            Hover = [.. dots.Rows.Select(r => new ChartTip($"{series.Name}, {r.Group}",
                [.. EstimateTip.Lines(dots.Metric, r.Dots[s].Estimate, isClassification), .. Difference(dots, r, s, isClassification)]))],
            Slot = s,
            Slots = dots.Series.Count,
            IsFaded = isSmall,
            IsSparse = dots.Rows.Any(r => r.IsSmall),
        };
    }

    private static IEnumerable<string> Difference(GroupDots dots, GroupDotsRow row, int s, bool isClassification)
    {
        if (row.Dots[s].Difference is not { } difference) yield break;
        string size = Display.Number(Math.Abs(difference), Digits.Of(dots.Metric, isClassification));
        yield return $"{size} {(difference < 0 ? "below" : "above")} {dots.Reference} (reference)";
    }

    private static string Detail(GroupDots dots, GroupDotsRow row)
    {
        List<string> parts = [$"n = {Display.Count(row.N)}"];
        if (dots.Counted != "rows") parts.Add(Display.Count(row.Counted, dots.Counted[..^1], dots.Counted));
        if (row.IsSmall) parts.Add("too few to judge");
        if (row.Group == dots.Reference) parts.Add("reference");
        return string.Join(" · ", parts);
    }

    private static (double From, double To) Range(GroupDots dots, bool isClassification)
    {
        double[] ends = [.. dots.Rows.SelectMany(r => r.Dots.SelectMany(d =>
            new[] { d.Estimate.Lower ?? d.Estimate.Value, d.Estimate.Upper ?? d.Estimate.Value, r.IsSmall
            ? null : d.Chance?.Lower, r.IsSmall ? null : d.Chance?.Upper })).OfType<double>()];
        if (ends.Length == 0) return (0, 1);
        double low = ends.Min(), high = ends.Max(), room = Room * Math.Max(high - low, 1e-6);
        return isClassification ? (Math.Max(-.01, low - room), Math.Min(1.01, high + room)) : (low - room, high + room);
    }
}
