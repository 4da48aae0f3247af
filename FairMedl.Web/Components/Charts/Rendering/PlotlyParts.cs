using FairMedl.Web.Components.Charts.Series;
using FairMedl.Web.Components.Charts.Traces;
using FairMedl.Web.Components.Theme;
using Plotly.Blazor.Traces.ScatterLib;
using Plotly.Blazor.Traces.ScatterLib.MarkerLib;

namespace FairMedl.Web.Components.Charts.Rendering;

/// <summary>What the series have in common: plain text, gaps for undefined values, markers, intervals, tooltips.</summary>
internal static class PlotlyParts
{
    /// <summary>Plain text for plotly, which reads any text as markup: names come from the user's file.</summary>
    public static string Literal(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    public static IList<object> Literals(IEnumerable<string> texts) => [.. texts.Select(Literal)];

    /// <summary>Numbers; an undefined one is null, because JSON has no NaN.</summary>
    public static IList<object> Numbers(IEnumerable<double?> values) =>
        [.. values.Select(v => v is { } d && double.IsFinite(d) ? (object)d : null!)];

    public static IList<object> Numbers(IEnumerable<double> values) => Numbers(values.Select(v => (double?)v));

    public static Marker Marker(SeriesStyle style, ChartPalette palette, int size) => new()
    {
        Color = palette[style.Color],
        Symbol = Enum.Parse<SymbolEnum>(style.Symbol.Replace("-", "", StringComparison.Ordinal), ignoreCase: true),
        Size = size,
        Line = new Plotly.Blazor.Traces.ScatterLib.MarkerLib.Line
        {
            Color = palette[style.Color],
            Width = style.Symbol.EndsWith("-open", StringComparison.Ordinal) ? 2 : 0
        },
    };

    public static (IList<object> Up, IList<object> Down)? Interval(IReadOnlyList<double?> values, IReadOnlyList<double?>? lower,
        IReadOnlyList<double?>? upper) =>
        lower is null || upper is null
            ? null : (Numbers(values.Select((v, i) => upper[i] - v)), Numbers(values.Select((v, i) => v - lower[i])));

    public static ErrorX? Across(string color, (IList<object> Up, IList<object> Down)? interval, int cap = 4, decimal thickness = 1.5m) =>
        interval is not { } i ? null : new ErrorX
        {
            Type = Plotly.Blazor.Traces.ScatterLib.ErrorXLib.TypeEnum.Data,
            Symmetric = false,
            Array = i.Up,
            ArrayMinus = i.Down,
            Color = color,
            Thickness = thickness,
            Width = cap,
        };

    public static ErrorY? Upwards(string color, (IList<object> Up, IList<object> Down)? interval) =>
        interval is not { } i ? null : new ErrorY
        {
            Type = Plotly.Blazor.Traces.ScatterLib.ErrorYLib.TypeEnum.Data,
            Symmetric = false,
            Array = i.Up,
            ArrayMinus = i.Down,
            Color = color,
            Thickness = 1.5m,
            Width = 4,
        };

    public static IList<string>? Hover(IReadOnlyList<ChartTip>? hover) =>
        hover is null ? null : [.. hover.Select(t => string.Join("<br>", t.Lines.Select(Literal).Prepend($"<b>{Literal(t.Heading)}</b>")))];

    public static IEnumerable<ChartDatum> Data(IReadOnlyList<string> at, IReadOnlyList<double?> values, IReadOnlyList<double?>? lower,
        IReadOnlyList<double?>? upper) =>
        at.Select((a, i) => new ChartDatum(a, values[i], lower?[i], upper?[i]));
}
