using FairMedl.Core.Numerics;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Tables;

/// <summary>Table of the fits' thresholds and epochs by model. It has no times, because they differ between runs.</summary>
public static class ThresholdTable
{
    /// <summary>The table.</summary>
    public static ReportTable Of(StudyResults results) => new(
        "fits",
        "Fits by model",
        [new("Model"), ReportColumn.Number("Fits"), ReportColumn.Number("Steps per fit"), ReportColumn.Number("Training rows per fit"),
            new("Threshold FE"), new("Threshold ME")],
        results.Fits
            .GroupBy(f => f.Key.Model)
            .Select(fits => new[]
            {
                ReportCell.Words(ResultNames.Model(fits.Key)),
                ReportCell.Count(fits.Count()),
                ReportCell.Number(fits.Average(f => f.Steps), Digits.Fixed(0)),
                ReportCell.Number(fits.Average(f => f.TrainingRows), Digits.Fixed(0)),
                Range(fits.Select(f => f.FixedThreshold)),
                Range(fits.Select(f => f.MixedThreshold)),
            })
            .ToArray(),
        [
            .. TableNotes.Of("Each model uses the decision threshold chosen on its training rows: mean (smallest to largest)."),
            .. results.Threshold is { } one
                ? new[] { NumericText.Of($"The rates shown use a threshold of {Digits.Rate.Number(one)} for all models instead of these thresholds.") }
                : [],
        ]);

    /// <summary>Describes the decision thresholds: a common one, or each model's own.</summary>
    /// <param name="chosen">Common threshold; null = each model's own.</param>
    /// <param name="own">Thresholds of the fits; empty for a regression.</param>
    internal static NumericText Rule(double? chosen, IEnumerable<double?> own)
    {
        double[] values = [.. own.OfType<double>().Order()];
        if (values.Length == 0) return NumericText.Of("none: the target is a number");
        NumericText range = $"from its training rows: {Digits.Rate.Number(values[0])} to {Digits.Rate.Number(values[^1])}, median " +
            $"{Digits.Rate.Number(values[values.Length / 2])}";
        return chosen is { } one
            ? NumericText.Of($"{Digits.Rate.Number(one)} for all models, set by the user, instead of the models' own thresholds, {range}")
            : NumericText.Of($"each model's own threshold, {range}");
    }

    private static ReportCell Range(IEnumerable<double?> thresholds)
    {
        double[] values = thresholds.OfType<double>().ToArray();
        if (values.Length == 0) return ReportCell.None();
        return ReportCell.Words($"{Digits.Rate.Number(values.Average())} ({Digits.Rate.Number(values.Min())} to " +
            $"{Digits.Rate.Number(values.Max())})");
    }
}
