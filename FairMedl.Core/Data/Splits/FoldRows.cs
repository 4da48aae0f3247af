namespace FairMedl.Core.Data.Splits;

/// <summary>
/// The seen rows of a study as one fold uses them, as ascending row numbers of the study: test = fold k, validation =
/// fold k + 1 mod n, training = the others. Where no validation fold is held out, it belongs to training. With two folds nothing
/// would be left to train on, so there is no validation fold and training is the other fold.
/// </summary>
public sealed record FoldRows(int[] Training, int[] Validation, int[] Test)
{
    /// <summary>How many of the folds a fit is trained on.</summary>
    public static int TrainingFolds(int folds, bool validation) => folds < 3 || !validation ? folds - 1 : folds - 2;

    /// <summary>About how many rows a fit is trained on, of this many seen rows.</summary>
    public static int TrainingRows(int seenRows, int folds, bool validation) =>
        (int)((long)seenRows * TrainingFolds(folds, validation) / folds);

    /// <summary>Splits by an assignment of <see cref="StratifiedFolds.Assign"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The fold is not one of the folds, or there are fewer than two.</exception>
    /// <exception cref="ArgumentException">The assignment is not one of these seen rows.</exception>
    public static FoldRows Of(StudyData data, ReadOnlySpan<int> assignment, int fold, int folds, bool validation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(fold);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(fold, folds);
        if (assignment.Length != data.SeenRows.Length) throw new ArgumentException("The fold assignment must have " +
            "one entry for each seen row.", nameof(assignment));

        int validationFold = TrainingFolds(folds, validation) == folds - 1 ? -1 : (fold + 1) % folds;
        List<int> training = [], heldOut = [], test = [];
        for (int i = 0; i < assignment.Length; i++)
        {
            List<int> part = assignment[i] == fold ? test : assignment[i] == validationFold ? heldOut : training;
            part.Add(data.SeenRows[i]);
        }

        return new FoldRows([.. training], [.. heldOut], [.. test]);
    }
}
