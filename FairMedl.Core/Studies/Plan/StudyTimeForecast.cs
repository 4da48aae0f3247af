using FairMedl.Core.Numerics;
using FairMedl.Core.Studies.Definition;

namespace FairMedl.Core.Studies.Plan;

/// <summary>A fit that this machine has finished, with what it took beside the fits that ran at the same time.</summary>
/// <param name="Length">Its shape and epochs.</param>
/// <param name="Rows">Rows of its data set.</param>
/// <param name="Folds">Into how many folds they were split.</param>
/// <param name="TrainSeconds">Seconds of training.</param>
/// <param name="OtherSeconds">Seconds of everything else: preparing, evaluating, storing.</param>
public sealed record RecordedFit(FitLength Length, int Rows, int Folds, double TrainSeconds, double OtherSeconds);

/// <summary>
/// How long a study will take, from the recorded fits of the same shape. Nothing is trained for it, and nothing is guessed: a
/// model without such a fit makes the time unknown.
/// </summary>
/// <param name="Time">The time for all fits on the threads of this machine, gathering excluded; null = unknown.</param>
/// <param name="SecondsPerFit">Seconds of one fit by model, of the models that are known.</param>
/// <param name="UnknownModels">Identifiers of the models without a recorded fit of their shape, in the definition's order.</param>
/// <param name="RecordedFits">How many recorded fits the time is based on.</param>
public sealed record StudyTimeForecast(TimeSpan? Time, IReadOnlyDictionary<string, double> SecondsPerFit,
    IReadOnlyList<string> UnknownModels, int RecordedFits)
{
    // Beyond this ratio of rows or of epochs, time is no longer in proportion (caches, fixed costs).
    private const double MostScaling = 8;

    /// <summary>Nothing is known, as of a definition with faults.</summary>
    public static StudyTimeForecast Unknown { get; } = new(null, new Dictionary<string, double>(), [], 0);

    /// <summary>The forecast for a study, given the number of rows of its data set.</summary>
    public static StudyTimeForecast Of(StudyDefinition definition, int rows, IReadOnlyList<RecordedFit> recorded, int threads)
    {
        IReadOnlyList<FitLength> models = FitShape.Of(definition, rows);
        if (models.Count == 0) return Unknown;
        var seconds = new Dictionary<string, double>(StringComparer.Ordinal);
        int used = 0;
        foreach (FitLength model in models)
        {
            RecordedFit[] alike = [.. Closest(recorded.Where(r => r.Length.Shape == model.Shape))];
            if (alike.Length == 0) continue;
            seconds[model.Shape.Model] = Median.Of([.. alike.Select(r => r.TrainSeconds * RowRatio(r) * EpochRatio(r, model) +
                r.OtherSeconds * rows / r.Rows)]);
            used += alike.Length;

            // The fits of the most similar length: others are scaled further.
            IEnumerable<RecordedFit> Closest(IEnumerable<RecordedFit> fits) => fits
                .Where(r => Distance(RowRatio(r)) <= Math.Log(MostScaling) && Distance(EpochRatio(r, model)) <= Math.Log(MostScaling))
                .GroupBy(r => Distance(RowRatio(r)) + Distance(EpochRatio(r, model)))
                .MinBy(g => g.Key) ?? Enumerable.Empty<RecordedFit>();
        }

        string[] unknown = [.. models.Select(m => m.Shape.Model).Where(m => !seconds.ContainsKey(m))];
        int fitsPerModel = (definition.Protocol.FoldsToRun ?? definition.Protocol.Folds) * definition.Protocol.Seeds.Count;
        TimeSpan? time = unknown.Length == 0
            ? SideBySide(seconds.Values.SelectMany(s => Enumerable.Repeat(s, fitsPerModel)), threads) : null;
        return new StudyTimeForecast(time, seconds, unknown, used);

        double TrainingShare() => (double)models[0].TrainingFolds / definition.Protocol.Folds;

        double RowRatio(RecordedFit fit) => rows * TrainingShare() / (fit.Rows * (double)fit.Length.TrainingFolds / fit.Folds);
    }

    /// <summary>The time of fits on a number of threads: all work divided by the threads, and at least the longest fit.</summary>
    public static TimeSpan SideBySide(IEnumerable<double> fitSeconds, int threads)
    {
        double[] fits = [.. fitSeconds];
        return TimeSpan.FromSeconds(fits.Length == 0 ? 0 : Math.Max(fits.Sum() / Math.Clamp(threads, 1, fits.Length), fits.Max()));
    }

    private static double EpochRatio(RecordedFit fit, FitLength model) => (double)model.Epochs / fit.Length.Epochs;

    private static double Distance(double ratio) => Math.Abs(Math.Log(ratio));
}
