using System.Globalization;
using FairMedl.Core.Reports.Writers;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Files;

/// <summary>
/// fits.csv: one row per fit, with its times. The threshold is that of the model's main head (ME where it has one); empty for
/// regression. lambda_k is the weight of the KL divergence in the last epoch; empty for a model without random effects.
/// </summary>
public static class FitsCsv
{
    /// <summary>Writes the file.</summary>
    public static void Write(StudyResults results, TextWriter writer)
    {
        var csv = new CsvText(writer);
        csv.Header("model", "seed", "fold", "epochs", "steps", "train_rows", "train_seconds", "evaluate_seconds", "threshold",
            "selected_epoch", "lambda_k");
        foreach (FitSummary fit in results.Fits)
        {
            csv.Raw(fit.Key.Model)
                .Raw(fit.Key.Seed.ToString(CultureInfo.InvariantCulture))
                .Count(fit.Key.Fold)
                .Count(fit.Losses.Count)
                .Count(fit.Steps)
                .Count(fit.TrainingRows)
                .Number(fit.TrainSeconds)
                .Number(fit.EvaluateSeconds)
                .Number(fit.MixedThreshold ?? fit.FixedThreshold)
                .Count(fit.SelectedEpoch)
                .Number(fit.KlWeight)
                .End();
        }
    }
}
