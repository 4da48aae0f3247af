using FairMedl.Core.Data;
using FairMedl.Core.Training;

namespace FairMedl.Core.Experiments;

/// <summary>
/// How long a study will take, from a short measurement: each model is trained for one epoch and for three on a sample of a
/// fold's rows, on this machine and with the study's own constants. The difference is the cost of a step; what does not grow
/// with the epochs (the cluster predictor, the evaluation) is scaled by its rows.
/// </summary>
public static class StudyTimeEstimate
{
    private const int StepsMeasured = 12, FewestRows = 2048, ShortEpochs = 1, LongEpochs = 3;

    /// <summary>The time for all fits on so many threads; gathering the results is not in it.</summary>
    /// <exception cref="FitException">A model cannot be trained with these constants.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static TimeSpan Measure(StudyPlan plan, int threads, CancellationToken cancellation)
    {
        double seconds = 0;
        bool warm = false;
        foreach (IGrouping<string, PlannedFit> fits in plan.Fits.GroupBy(f => f.Key.Model))
        {
            PlannedFit first = fits.First();
            FoldRows rows = plan.Rows(first.Key);
            FoldRows few = Sample(rows, Math.Max(FewestRows, StepsMeasured * first.Training.BatchSize));
            // The first run of all compiles what the others use.
            if (!warm) Run(plan, first, few, ShortEpochs, cancellation);
            warm = true;
            FitResult once = Run(plan, first, few, ShortEpochs, cancellation), thrice = Run(plan, first, few, LongEpochs, cancellation);
            double step = Math.Max(0, thrice.TrainSeconds - once.TrainSeconds) / (thrice.Steps - once.Steps);
            double stepsAFit = Math.Ceiling((double)rows.Training.Length / first.Training.BatchSize) * first.Training.Epochs;
            double rest = Math.Max(0, once.TrainSeconds - step * once.Steps) * rows.Training.Length / few.Training.Length;
            // The unseen rows are all predicted by a sample's model too.
            double evaluated = few.Training.Length + few.Test.Length + plan.Data.UnseenRows.Length;
            double evaluation = once.EvaluateSeconds * (rows.Training.Length + rows.Test.Length + plan.Data.UnseenRows.Length) / evaluated;
            seconds += fits.Count() * (step * stepsAFit + rest + evaluation);
        }

        return TimeSpan.FromSeconds(seconds / Math.Clamp(threads, 1, Math.Max(1, plan.Fits.Count)));
    }

    private static FitResult Run(StudyPlan plan, PlannedFit fit, FoldRows rows, int epochs, CancellationToken cancellation) =>
        Fit.Run(plan.Data, rows, fit.Specification with { Training = fit.Training with { Epochs = epochs } }, fit.Key, null, cancellation);

    /// <summary>Rows at even distances, so that every large group and cluster is among them.</summary>
    private static FoldRows Sample(FoldRows rows, int training)
    {
        double share = Math.Min(1, (double)training / rows.Training.Length);
        return new FoldRows(Every(rows.Training, share), Every(rows.Validation, share), Every(rows.Test, share));
    }

    private static int[] Every(int[] rows, double share)
    {
        int count = Math.Max(Math.Min(rows.Length, 1), (int)(rows.Length * share));
        return [.. Enumerable.Range(0, count).Select(i => rows[(int)((long)i * rows.Length / count)])];
    }
}
