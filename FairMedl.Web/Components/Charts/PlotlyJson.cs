using System.Text.Json.Nodes;
using FairMedl.Web.Components.Controls;

namespace FairMedl.Web.Components.Charts;

/// <summary>A <see cref="Chart"/> as the JSON that plotly reads; null where a value is undefined, never NaN.</summary>
public static class PlotlyJson
{
    // Of a name's width the bars of its group, of a bar's width the band on it: bands of neighbours stay apart.
    private const double BarsShare = .75, BandShare = .8;

    /// <summary>Data and layout of a chart, with CSS variables that charts.js resolves.</summary>
    public static string Figure(Chart chart)
    {
        JsonArray data = [];
        foreach (IChartTrace trace in chart.Traces) data.Add(trace.ToPlotly());
        return new JsonObject { ["data"] = data, ["layout"] = Layout(chart) }.ToJsonString();
    }

    /// <summary>Plain text as plotly reads it: it takes tags and entities in any text for markup, and a name comes from a person's file.</summary>
    internal static string Literal(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    internal static JsonArray Literals(IEnumerable<string> texts) => Texts(texts.Select(Literal));

    internal static JsonArray Numbers(IEnumerable<double?> values)
    {
        JsonArray array = [];
        foreach (double? value in values) array.Add(Number(value));
        return array;
    }

    internal static JsonArray Numbers(IEnumerable<double> values)
    {
        JsonArray array = [];
        foreach (double value in values) array.Add(Number(value));
        return array;
    }

    internal static JsonObject Marker(SeriesStyle style, int size) => new()
    {
        ["color"] = style.Color,
        ["symbol"] = style.Symbol,
        ["size"] = size,
        ["line"] = new JsonObject { ["color"] = style.Color, ["width"] = style.Symbol.EndsWith("-open", StringComparison.Ordinal) ? 2 : 0 },
    };

    internal static void AddInterval(JsonObject trace, string key, IReadOnlyList<double?> values, IReadOnlyList<double?>? lower, IReadOnlyList<double?>? upper, string color)
    {
        if (lower is null || upper is null) return;
        JsonArray up = [], down = [];
        for (int i = 0; i < values.Count; i++)
        {
            up.Add(Number(upper[i] - values[i]));
            down.Add(Number(values[i] - lower[i]));
        }

        trace[key] = new JsonObject
        {
            ["type"] = "data",
            ["symmetric"] = false,
            ["array"] = up,
            ["arrayminus"] = down,
            ["color"] = color,
            ["thickness"] = 1.5,
            ["width"] = 4,
        };
    }

    internal static void AddHover(JsonObject trace, IReadOnlyList<ChartTip>? hover)
    {
        if (hover is null) return;
        trace["hovertext"] = Texts(hover.Select(t => string.Join("<br>", t.Lines.Select(Literal).Prepend($"<b>{Literal(t.Heading)}</b>"))));
        trace["hoverinfo"] = "text";
    }

    private static JsonObject Layout(Chart chart)
    {
        JsonArray shapes = [], annotations = [];
        foreach (ChartBand band in chart.Bands)
            AddMark(shapes, annotations, band.Axis, band.From, band.To, band.Label);
        foreach (ChartCategoryBand band in chart.CategoryBands)
            shapes.Add(On(band));
        foreach (ChartLine line in chart.Lines)
            AddMark(shapes, annotations, line.Axis, line.At, line.At, line.Label);
        return new()
        {
            ["paper_bgcolor"] = "rgba(0,0,0,0)",
            ["plot_bgcolor"] = "rgba(0,0,0,0)",
            ["font"] = new JsonObject { ["family"] = "var(--fm-font)", ["color"] = "var(--fm-ink)", ["size"] = 13 },
            ["separators"] = Shown.Separators,
            ["height"] = chart.Height,
            ["margin"] = new JsonObject { ["l"] = 56, ["r"] = RightMargin(chart), ["t"] = chart.Legend ? 36 : 16, ["b"] = 48 },
            ["xaxis"] = Axis(chart.X),
            ["yaxis"] = Axis(chart.Y),
            ["barmode"] = chart.BarMode,
            ["bargap"] = 1 - BarsShare,
            ["showlegend"] = chart.Legend,
            ["legend"] = new JsonObject { ["orientation"] = "h", ["x"] = 0, ["y"] = 1.02, ["yanchor"] = "bottom" },
            ["hovermode"] = "closest",
            ["hoverlabel"] = new JsonObject { ["bgcolor"] = "var(--fm-surface)", ["bordercolor"] = "var(--fm-line-strong)", ["font"] = new JsonObject { ["color"] = "var(--fm-ink)" }, ["align"] = "left" },
            ["dragmode"] = false,
            ["shapes"] = shapes,
            ["annotations"] = annotations,
        };
    }

    // Names at the ends of lines stand outside the plot, at about 7 pixels a letter.
    private static int RightMargin(Chart chart) =>
        Math.Max(24, 16 + 7 * chart.Traces.OfType<LineTrace>().Where(t => t.LabelAtEnd).Select(t => t.Name.Length).DefaultIfEmpty().Max());

    private static JsonObject Axis(ChartAxis axis)
    {
        JsonObject json = new()
        {
            ["title"] = new JsonObject { ["text"] = Literal(axis.Unit is null ? axis.Title : $"{axis.Title} ({axis.Unit})"), ["standoff"] = 12, ["font"] = new JsonObject { ["size"] = 13 } },
            ["automargin"] = true,
            ["gridcolor"] = "var(--fm-line)",
            ["zerolinecolor"] = "var(--fm-line-strong)",
            ["linecolor"] = "var(--fm-line-strong)",
            ["tickcolor"] = "var(--fm-line-strong)",
            ["zeroline"] = axis.Categories is null && !axis.Logarithmic,
        };
        if (axis.Logarithmic) json["type"] = "log";
        if (axis.Format is not null) json["tickformat"] = axis.Format;
        if (axis.ZeroInView) json["rangemode"] = "tozero";
        if (axis.Categories is not null)
        {
            json["type"] = "category";
            json["categoryorder"] = "array";
            json["categoryarray"] = Literals(axis.Categories);
            json["showgrid"] = false;
        }

        if (axis is { From: { } from, To: { } to })
        {
            if (axis.Logarithmic) (from, to) = (Math.Log10(from), Math.Log10(to));
            json["range"] = axis.Reversed ? new JsonArray(to, from) : new JsonArray(from, to);
        }
        else if (axis.Reversed)
        {
            json["autorange"] = "reversed";
        }

        return json;
    }

    // On an axis of names plotly counts them from 0; the bars of a group share its middle ("bargap"). A band within
    // a bar is seen only above it: its grey lets the bar and the whisker through, its edge tells where it ends.
    private static JsonObject On(ChartCategoryBand band) => new()
    {
        ["type"] = "rect",
        ["layer"] = "above",
        ["xref"] = "x",
        ["x0"] = band.Category + BarsShare * ((band.Bar + (1 - BandShare) / 2) / band.Bars - .5),
        ["x1"] = band.Category + BarsShare * ((band.Bar + (1 + BandShare) / 2) / band.Bars - .5),
        ["yref"] = "y",
        ["y0"] = band.From,
        ["y1"] = band.To,
        ["fillcolor"] = "var(--fm-noise)",
        ["line"] = new JsonObject { ["width"] = 1.5, ["color"] = band.Color },
    };

    private static void AddMark(JsonArray shapes, JsonArray annotations, char axis, double from, double to, string? label)
    {
        bool isX = axis == 'x', isBand = from != to;
        shapes.Add(new JsonObject
        {
            ["type"] = isBand ? "rect" : "line",
            ["layer"] = "below",
            ["xref"] = isX ? "x" : "paper",
            ["x0"] = isX ? from : 0,
            ["x1"] = isX ? to : 1,
            ["yref"] = isX ? "paper" : "y",
            ["y0"] = isX ? 0 : from,
            ["y1"] = isX ? 1 : to,
            ["fillcolor"] = "var(--fm-noise)",
            ["line"] = new JsonObject { ["width"] = isBand ? 0 : 1, ["color"] = "var(--fm-ink-soft)", ["dash"] = "dot" },
        });
        if (label is null) return;
        annotations.Add(new JsonObject
        {
            ["text"] = Literal(label),
            ["showarrow"] = false,
            ["font"] = new JsonObject { ["size"] = 11, ["color"] = "var(--fm-ink-soft)" },
            ["xref"] = isX ? "x" : "paper",
            ["x"] = isX ? to : 1,
            ["xanchor"] = isX ? "left" : "right",
            ["yref"] = isX ? "paper" : "y",
            ["y"] = isX ? 1 : to,
            ["yanchor"] = isX ? "top" : "bottom",
        });
    }

    private static JsonArray Texts(IEnumerable<string> values)
    {
        JsonArray array = [];
        foreach (string value in values) array.Add(value);
        return array;
    }

    private static JsonValue? Number(double? value) => value is { } v && double.IsFinite(v) ? JsonValue.Create(v) : null;
}
