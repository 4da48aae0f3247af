using FairMedl.Core.Data;
using FairMedl.Core.Training;

namespace FairMedl.Core.Experiments;

/// <summary>
/// How long a study will take, from a short measurement on this machine and with the study's own hyperparameters. Each model is
/// trained three times on samples of a fold's rows: half a sample and a whole one for one epoch, and the whole one for three.
/// What grows with rows and epochs, what grows with rows alone (the cluster predictor), and what does neither (encoding, which
/// reads every row of the study) can then be told apart.
/// </summary>
public static class StudyTimeEstimate
{
    private const int StepsMeasured = 12, FewestRows = 2048, ShortEpochs = 1, LongEpochs = 3;

    /// <summary>One measured run: the share of the fold's rows, its epochs, and what it took.</summary>
    internal readonly record struct Measured(double Share, int Epochs, double TrainSeconds, double EvaluateSeconds);

    /// <summary>The time for all fits on so many threads; gathering the results is not in it.</summary>
    /// <exception cref="FitException">A model cannot be trained with these hyperparameters.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static TimeSpan Measure(StudyPlan plan, int threads, CancellationToken cancellation)
    {
        double seconds = 0;
        bool warm = false;
        foreach (IGrouping<string, PlannedFit> fits in plan.Fits.GroupBy(f => f.Key.Model))
        {
            PlannedFit first = fits.First();
            double share = Math.Min(1, (double)Math.Max(FewestRows, StepsMeasured * first.Training.BatchSize) / plan.Rows(first.Key).Training.Length);
            // The first run of all compiles what the others use.
            if (!warm) Run(plan, first, share / 2, ShortEpochs, cancellation);
            warm = true;
            seconds += fits.Count() * FitSeconds(
                Run(plan, first, share / 2, ShortEpochs, cancellation),
                Run(plan, first, share, ShortEpochs, cancellation),
                Run(plan, first, share, LongEpochs, cancellation),
                first.Training.Epochs);
        }

        return TimeSpan.FromSeconds(seconds / Math.Clamp(threads, 1, Math.Max(1, plan.Fits.Count)));
    }

    /// <summary>
    /// Seconds of a fit over all rows. With the share s and e epochs, training takes a + s (c + d e) and evaluation a' + s c';
    /// the three runs give each of the five.
    /// </summary>
    internal static double FitSeconds(Measured half, Measured whole, Measured longer, int epochs)
    {
        double epoch = Math.Max(0, longer.TrainSeconds - whole.TrainSeconds) / (longer.Epochs - whole.Epochs) / whole.Share;
        return Line(half.TrainSeconds, whole.TrainSeconds) + epoch * (epochs - whole.Epochs) + Line(half.EvaluateSeconds, whole.EvaluateSeconds);

        // Through both measurements to the share 1. Noise must not make more rows take less time.
        double Line(double atHalf, double atWhole) => atWhole + Math.Max(0, atWhole - atHalf) / (whole.Share - half.Share) * (1 - whole.Share);
    }

    private static Measured Run(StudyPlan plan, PlannedFit fit, double share, int epochs, CancellationToken cancellation)
    {
        FoldRows rows = plan.Rows(fit.Key);
        var few = new FoldRows(Every(rows.Training, share), Every(rows.Validation, share), Every(rows.Test, share));
        StudyData data = plan.Data.WithUnseenRows(Every(plan.Data.UnseenRows, share));
        FitResult result = Fit.Run(data, few, fit.Specification with { Training = fit.Training with { Epochs = epochs } }, fit.Key, null, cancellation);
        return new Measured(share, epochs, result.TrainSeconds, result.EvaluateSeconds);
    }

    /// <summary>Rows at even distances, so that every large group and cluster is among them.</summary>
    private static int[] Every(int[] rows, double share)
    {
        int count = Math.Max(Math.Min(rows.Length, 1), (int)(rows.Length * share));
        return [.. Enumerable.Range(0, count).Select(i => rows[(int)((long)i * rows.Length / count)])];
    }
}
