using FairMedl.Web.Components.Controls;
using Plotly.Blazor.Traces.ScatterLib;
using Plotly.Blazor.Traces.ScatterLib.MarkerLib;

namespace FairMedl.Web.Components.Charts;

/// <summary>What the traces share: plain text, gaps for undefined values, markers, intervals, tooltips.</summary>
internal static class PlotlyParts
{
    /// <summary>Plain text as plotly reads it: it takes tags and entities in any text for markup, and a name comes from a person's file.</summary>
    public static string Literal(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    public static IList<object> Literals(IEnumerable<string> texts) => [.. texts.Select(Literal)];

    /// <summary>Numbers; an undefined one is null, never NaN, which JSON does not know.</summary>
    public static IList<object> Numbers(IEnumerable<double?> values) => [.. values.Select(v => v is { } d && double.IsFinite(d) ? (object)d : null!)];

    public static IList<object> Numbers(IEnumerable<double> values) => Numbers(values.Select(v => (double?)v));

    public static Marker Marker(SeriesStyle style, ChartPalette palette, int size) => new()
    {
        Color = palette[style.Color],
        Symbol = Enum.Parse<SymbolEnum>(style.Symbol.Replace("-", "", StringComparison.Ordinal), ignoreCase: true),
        Size = size,
        Line = new Plotly.Blazor.Traces.ScatterLib.MarkerLib.Line { Color = palette[style.Color], Width = style.Symbol.EndsWith("-open", StringComparison.Ordinal) ? 2 : 0 },
    };

    public static (IList<object> Up, IList<object> Down)? Interval(IReadOnlyList<double?> values, IReadOnlyList<double?>? lower, IReadOnlyList<double?>? upper) =>
        lower is null || upper is null ? null : (Numbers(values.Select((v, i) => upper[i] - v)), Numbers(values.Select((v, i) => v - lower[i])));

    public static ErrorX? Across(string color, (IList<object> Up, IList<object> Down)? interval) => interval is not { } i ? null
        : new ErrorX { Type = Plotly.Blazor.Traces.ScatterLib.ErrorXLib.TypeEnum.Data, Symmetric = false, Array = i.Up, ArrayMinus = i.Down, Color = color, Thickness = 1.5m, Width = 4 };

    public static ErrorY? Upwards(string color, (IList<object> Up, IList<object> Down)? interval) => interval is not { } i ? null
        : new ErrorY { Type = Plotly.Blazor.Traces.ScatterLib.ErrorYLib.TypeEnum.Data, Symmetric = false, Array = i.Up, ArrayMinus = i.Down, Color = color, Thickness = 1.5m, Width = 4 };

    public static IList<string>? Hover(IReadOnlyList<ChartTip>? hover) =>
        hover is null ? null : [.. hover.Select(t => string.Join("<br>", t.Lines.Select(Literal).Prepend($"<b>{Literal(t.Heading)}</b>")))];
}
