using System.Globalization;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Interpretation;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Tables;
using FairMedl.Web.Components;
using FairMedl.Web.Components.Charts;
using FairMedl.Web.Components.Charts.Series;
using FairMedl.Web.Components.Charts.Traces;

namespace FairMedl.Web.Results.Figures;

/// <summary>Feature importance as charts: by column of the file with a dot for each model, and by encoded feature.</summary>
public static class ImportanceCharts
{
    private const int LongestName = 34, SlotHeight = 11, RowGap = 9, LeastRow = 26, AroundPlot = 96;

    /// <summary>Permutation importance of columns of the file, a dot with its 95% interval for each model.</summary>
    /// <param name="choice">What is shown.</param>
    /// <param name="models">The models with permutation importance.</param>
    /// <param name="columns">Which columns, from top to bottom.</param>
    public static Chart Permutation(ResultsChoice choice, IReadOnlyList<ImportanceResult> models, IReadOnlyList<string> columns)
    {
        Digits digits = ImportanceTable.ChangeDigits(choice.Results);
        return Dots("Permutation importance by column",
            new ChartAxis(choice.IsClassification ? "Drop in balanced accuracy when shuffled" : "Rise in mean squared error when shuffled",
                choice.IsClassification ? null : "squared units of the target"),
            choice, models, columns,
            (model, column) => model.Permutation!.FirstOrDefault(c => c.Column == column)?.Change is { } change
                ? (change.Value, change.Lower, change.Upper, [Display.Cells.Of(ReportCell.WithInterval(change, digits)),
                    FormattableString.Invariant($"rank {model.Permutation!.First(c => c.Column == column).Rank} of {model.Permutation!.Count}"),
                    .. change.Note is { } note ? [note] : Array.Empty<string>()])
                : (null, null, null, []));
    }

    /// <summary>Gradient importance of columns of the file, a dot for each model.</summary>
    /// <param name="choice">What is shown.</param>
    /// <param name="models">The models.</param>
    /// <param name="columns">Which columns, from top to bottom.</param>
    public static Chart Gradient(ResultsChoice choice, IReadOnlyList<ImportanceResult> models, IReadOnlyList<string> columns) =>
        Dots("Gradient importance by column", GradientAxis(models[0], choice.Task), choice, models, columns,
            (model, column) => model.Columns?.FirstOrDefault(c => c.Column == column) is { } own
                ? (own.Importance, null, null, [FormattableString.Invariant($"{own.Importance:0.0000}"),
                    FormattableString.Invariant($"rank {own.Rank} of {model.Columns!.Count}")])
                : (null, null, null, []));

    /// <summary>The importance of encoded features in one model, each with its rank. A probe is hatched and has another colour.</summary>
    /// <param name="importance">The model's ranking.</param>
    /// <param name="features">Which features, from top to bottom: those of the table, so that charts side by side have the same rows.</param>
    /// <param name="title">The model's name.</param>
    /// <param name="task">Classification or regression.</param>
    /// <param name="to">Where the axis ends, so that charts side by side can be compared; null = by the model's own values.</param>
    public static Chart ByFeature(ImportanceResult importance, IReadOnlyList<string> features, string title, PredictionTask task, double? to = null)
    {
        // A level that is in no fit of this model has neither rank nor bar.
        FeatureImportance?[] top = [.. features.Select(name => importance.Features.FirstOrDefault(f => f.Feature == name))];
        string[] names = Short([.. features.Zip(top, (name, f) => FormattableString.Invariant($"{f?.Rank.ToString(CultureInfo.InvariantCulture) ?? "–"}  {name}"))]);
        string color = SeriesStyle.OfModel(importance.Model).Color;
        return new Chart
        {
            Title = title,
            X = GradientAxis(importance, task) with { ZeroInView = true, From = to is null ? null : 0, To = to },
            Y = new ChartAxis("") { Categories = names, Reversed = true },
            Height = 80 + 24 * Math.Max(top.Length, 3),
            BarMode = "overlay",
            Traces =
            [
                Bars("Features", names, features, top, f => !f.IsProbe, color, hatched: false),
                Bars("Probes", names, features, top, f => f.IsProbe, "var(--fm-series-7)", hatched: true),
            ],
        };
    }

    private static ChartAxis GradientAxis(ImportanceResult importance, PredictionTask task) => new(
        importance.Scale == ImportanceScale.StandardDeviation ? "|∂ŷ/∂x| × SD of x" : "|∂ŷ/∂x| per encoded unit",
        task == PredictionTask.Classification ? "probability" : "SDs of the target");

    private static Chart Dots(string title, ChartAxis axis, ResultsChoice choice, IReadOnlyList<ImportanceResult> models,
        IReadOnlyList<string> columns, Func<ImportanceResult, string, (double? Value, double? Lower, double? Upper, IReadOnlyList<string> Lines)> of)
    {
        HashSet<string> probes = [.. models.SelectMany(m => m.Columns ?? []).Where(c => c.IsProbe).Select(c => c.Column)];
        var values = models.Select(m => columns.Select(c => of(m, c)).ToArray()).ToArray();
        return new Chart
        {
            Title = title,
            X = axis with { ZeroInView = true },
            Y = new ChartAxis("") { Rows = [.. Short([.. columns]).Zip(columns, (name, column) => new ChartRow(name, probes.Contains(column) ? "confounding probe" : null))] },
            Height = AroundPlot + columns.Count * Math.Max(LeastRow, SlotHeight * models.Count + RowGap),
            Legend = true,
            Lines = [new ChartLine('x', 0)],
            Traces =
            [
                .. models.Select((model, m) => new DotTrace(choice.Label(model.Model), columns, [.. values[m].Select(v => v.Value)], SeriesStyle.OfModel(model.Model))
                {
                    Lower = [.. values[m].Select(v => v.Lower)],
                    Upper = [.. values[m].Select(v => v.Upper)],
                    Hover = [.. columns.Select((column, i) => new ChartTip($"{choice.Label(model.Model)}, {column}", [.. values[m][i].Lines]))],
                    Slot = m,
                    Slots = models.Count,
                }),
            ],
        };
    }

    /// <summary>Names cut to fit beside a chart, as long as they stay different; the tooltip has them in full.</summary>
    internal static string[] Short(string[] names)
    {
        string[] cut = [.. names.Select(n => n.Length > LongestName ? n[..(LongestName - 1)] + "…" : n)];
        return cut.Distinct(StringComparer.Ordinal).Count() == names.Length ? cut : names;
    }

    private static BarTrace Bars(string name, string[] names, IReadOnlyList<string> features, FeatureImportance?[] own, Func<FeatureImportance, bool> which, string color, bool hatched) =>
        new(name, names, [.. own.Select(f => f is not null && which(f) ? f.Importance : (double?)null)], color)
        {
            IsHorizontal = true,
            IsHatched = hatched,
            Hover = [.. features.Zip(own, (name, f) => f is null ? new ChartTip(name) : new ChartTip(name, FormattableString.Invariant($"rank {f.Rank}, importance {f.Importance:0.0000}")))],
        };
}
