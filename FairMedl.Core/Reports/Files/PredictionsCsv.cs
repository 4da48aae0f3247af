using System.Globalization;
using FairMedl.Core.Data;
using FairMedl.Core.Fits;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Reports.Writers;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Files;

/// <summary>
/// predictions.csv: one row per prediction. <c>row</c> is the data row in the file (1 is the first record after the header),
/// <c>predicted</c> the decision at the fit's threshold, with ties positive (regression: the prediction). An unseen row appears
/// once per fit. Each fit is written as it finishes.
/// </summary>
public static class PredictionsCsv
{
    /// <summary>Writes the header, before the first fit.</summary>
    public static void WriteHeader(TextWriter writer) =>
        new CsvText(writer).Header("row", "split", "fold", "model", "head", "seed", "probability_or_value", "predicted");

    /// <summary>Writes the rows of a fit.</summary>
    public static void Write(StudyData data, FitResult fit, TextWriter writer)
    {
        var csv = new CsvText(writer);
        Write(csv, data, fit, Head.FixedEffects, fit.FixedEffects);
        if (fit.MixedEffects is { } mixed) Write(csv, data, fit, Head.MixedEffects, mixed);
    }

    private static void Write(CsvText csv, StudyData data, FitResult fit, Head head, HeadPredictions predictions)
    {
        Rows(csv, data, fit, head, Split.Seen, fit.TestRows, predictions.Test, predictions.Threshold);
        // Empty where unseen rows are not predicted.
        if (predictions.Unseen.Length > 0)
            Rows(csv, data, fit, head, Split.Unseen, data.UnseenRows, predictions.Unseen, predictions.Threshold);
    }

    private static void Rows(CsvText csv, StudyData data, FitResult fit, Head head, Split split, int[] rows, float[] values,
        double? threshold)
    {
        string seed = fit.Key.Seed.ToString(CultureInfo.InvariantCulture);
        for (int i = 0; i < rows.Length; i++)
        {
            csv.Count(data.SourceRows[rows[i]])
                .Raw(ResultNames.Id(split))
                .Count(fit.Key.Fold)
                .Raw(fit.Key.Model)
                .Raw(ResultNames.Id(head))
                .Raw(seed)
                .Number(values[i]);
            if (threshold is { } t) csv.Count(values[i] >= t ? 1 : 0);
            else csv.Number(values[i]);
            csv.End();
        }
    }
}
