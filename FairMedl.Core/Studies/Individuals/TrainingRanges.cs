using FairMedl.Core.Data;
using FairMedl.Core.Fits;

namespace FairMedl.Core.Studies.Individuals;

/// <summary>The range of a numeric feature in the training rows of the fits that predict a row.</summary>
/// <param name="Least">The smallest value.</param>
/// <param name="Most">The largest value.</param>
public sealed record TrainingRange(float Least, float Most)
{
    /// <summary>Whether a value is outside the training range, so that the model extrapolates; false for a missing value.</summary>
    public bool IsOutside(float value) => value < Least || value > Most;
}

/// <summary>
/// The ranges of a study's numbers in training, by feature. Rows of held-out clusters are in no fit's training rows, nor are those
/// of a fit's own test fold; a row that at least one of the fits was trained on counts.
/// </summary>
public static class TrainingRanges
{
    /// <summary>The ranges of the given fits. A feature whose values were all missing in training has no range.</summary>
    public static IReadOnlyDictionary<string, TrainingRange> Of(PredictedRows rows, IReadOnlyList<FitKey> fits)
    {
        FitKey[] folds = [.. fits.DistinctBy(f => (f.Seed, f.Fold))];
        int[] trained = [.. rows.Data.SeenRows.Where(row => Array.Exists(folds, fit => !rows.Tested(fit, row)))];
        var ranges = new Dictionary<string, TrainingRange>(StringComparer.Ordinal);
        foreach (FeatureSource feature in rows.Data.Features)
        {
            if (feature.IsProbe || feature.Numbers is not { } numbers) continue;
            float least = float.PositiveInfinity, most = float.NegativeInfinity;
            foreach (int row in trained)
            {
                // A missing number is neither less nor more.
                if (numbers[row] < least) least = numbers[row];
                if (numbers[row] > most) most = numbers[row];
            }

            if (least <= most) ranges[feature.Column] = new TrainingRange(least, most);
        }

        return ranges;
    }
}
