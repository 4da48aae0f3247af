using System.Globalization;
using System.Text;
using FairMedl.Core.Data;
using FairMedl.Core.Experiments;
using FairMedl.Core.Fairness;

namespace FairMedl.Core.Reports;

/// <summary>
/// A dot plot of the spreads by attribute, baseline against fair model by their main heads, with intervals and the noise
/// floor as a grey band. Its numbers are those of <see cref="ComparisonTable"/> beside it.
/// </summary>
/// <param name="Title">The caption.</param>
/// <param name="BaselineName">How the baseline is called.</param>
/// <param name="FairName">How the compared model is called.</param>
/// <param name="Rows">By attribute.</param>
public sealed record SpreadFigure(string Title, string BaselineName, string FairName, IReadOnlyList<SpreadFigureRow> Rows)
{
    private const int Left = 190, Right = 30, Top = 34, RowHeight = 44, Width = 760;

    /// <summary>The TPR SD (regression: MSE SD) of two models; null where either has no finished fits or nothing is defined.</summary>
    public static SpreadFigure? Of(StudyResults results, string baseline, string fair, Split split)
    {
        bool classification = results.Header.Definition.Data.Target.Task == PredictionTask.Classification;
        string metric = classification ? "tpr_sd" : "mse_sd";
        if (results.Find(baseline, StudyResults.MainHead(baseline, split), split) is not { } from || results.Find(fair, StudyResults.MainHead(fair, split), split) is not { } to) return null;
        SpreadFigureRow[] rows = from.Audit.Attributes
            .Zip(to.Audit.Attributes, (a, b) => new SpreadFigureRow(a.Attribute, MetricDescriptions.Read(a, metric), MetricDescriptions.Read(b, metric), MetricDescriptions.Floor(b, metric)?.Percentile95))
            .ToArray();
        if (rows.All(r => r.Baseline.Value is null && r.Fair.Value is null)) return null;
        string title = $"{MetricDescriptions.Get(metric).Name} by attribute, {ResultNames.Long(split)}; 0 means no difference between groups";
        return new SpreadFigure(title, ResultNames.Model(baseline, from.Head), ResultNames.Model(fair, to.Head), rows);
    }

    /// <summary>An inline SVG; colours from the Okabe-Ito palette, a circle and a diamond as the second cue.</summary>
    public string ToSvg()
    {
        double most = Rows.SelectMany(r => new[] { r.Baseline.Value, r.Baseline.Upper, r.Fair.Value, r.Fair.Upper, r.Floor }).OfType<double>().Max();
        double step = Step(most), end = Math.Max(step, Math.Ceiling(most / step) * step);
        Digits tick = Digits.Fixed(Math.Max(0, -(int)Math.Floor(Math.Log10(step) + 1e-9)));
        int height = Top + Rows.Count * RowHeight + 46;
        double X(double value) => Left + value / end * (Width - Left - Right);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"{HtmlText.Escape(Title)}\">");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"16\" fill=\"#0072B2\">● {HtmlText.Escape(BaselineName)}</text><text x=\"{Left + 260}\" y=\"16\" fill=\"#D55E00\">◆ {HtmlText.Escape(FairName)}</text>");
        for (int i = 0; i * step <= end + step / 2; i++)
        {
            string x = Point(X(i * step));
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{x}\" x2=\"{x}\" y1=\"{Top}\" y2=\"{height - 40}\" stroke=\"#ddd\"/><text x=\"{x}\" y=\"{height - 22}\" text-anchor=\"middle\">{tick.Format(i * step)}</text>");
        }

        for (int r = 0; r < Rows.Count; r++)
        {
            SpreadFigureRow row = Rows[r];
            int y = Top + r * RowHeight + RowHeight / 2;
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 12}\" y=\"{y + 4}\" text-anchor=\"end\">{HtmlText.Escape(row.Attribute)}</text>");
            if (row.Floor is { } floor) svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{Left}\" y=\"{y - 16}\" width=\"{Point(X(floor) - Left)}\" height=\"32\" fill=\"#999\" fill-opacity=\"0.25\"><title>noise floor {Digits.Significant(3).Format(floor)}</title></rect>");
            Mark(svg, row.Baseline, y - 7, "#0072B2", X, diamond: false);
            Mark(svg, row.Fair, y + 7, "#D55E00", X, diamond: true);
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"{height - 4}\" fill=\"#666\">Lines: 95 % intervals. Grey: noise floor.</text></svg>");
        return svg.ToString();
    }

    private static void Mark(StringBuilder svg, Estimate estimate, int y, string colour, Func<double, double> scale, bool diamond)
    {
        if (estimate.Value is not { } value) return;
        if (estimate is { Lower: { } lower, Upper: { } upper })
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Point(scale(lower))}\" x2=\"{Point(scale(upper))}\" y1=\"{y}\" y2=\"{y}\" stroke=\"{colour}\" stroke-width=\"1.5\"/>");
        double x = scale(value);
        svg.Append(diamond
            ? string.Create(CultureInfo.InvariantCulture, $"<path d=\"M{Point(x)} {y - 6}l6 6l-6 6l-6 -6z\" fill=\"{colour}\">")
            : string.Create(CultureInfo.InvariantCulture, $"<circle cx=\"{Point(x)}\" cy=\"{y}\" r=\"5\" fill=\"{colour}\">"));
        svg.Append(CultureInfo.InvariantCulture, $"<title>{Digits.Significant(3).Format(value)}</title></{(diamond ? "path" : "circle")}>");
    }

    /// <summary>1, 2 or 5 times a power of ten, giving some five ticks.</summary>
    private static double Step(double most)
    {
        if (most <= 0) return 1;
        double raw = most / 5, power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        return power * (raw / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
    }

    private static string Point(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}

/// <summary>One attribute's two spreads and the noise floor's 95th percentile.</summary>
public sealed record SpreadFigureRow(string Attribute, Estimate Baseline, Estimate Fair, double? Floor);
