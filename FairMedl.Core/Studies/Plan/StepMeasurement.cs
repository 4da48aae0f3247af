using FairMedl.Core.Data;
using FairMedl.Core.Data.Splits;
using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;

namespace FairMedl.Core.Studies.Plan;

/// <summary>
/// Measures a training step of a study's model on an engine and device: short fits of a sample of the study's own rows, so that
/// columns, clusters, groups and networks are those of the study.
/// </summary>
public static class StepMeasurement
{
    private const int Steps = 16, TestRows = 256, Repetitions = 3;

    /// <summary>Seconds of one step: the fastest of several fits after one that warms up.</summary>
    /// <exception cref="FitException">The fit cannot be finished.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static double SecondsPerStep(ComputeTarget compute, StudyPlan plan, PlannedFit fit, CancellationToken cancellation)
    {
        FoldRows all = plan.Rows(fit.Key);
        var rows = new FoldRows(Sample(all.Training, Steps * fit.Training.BatchSize), [], Sample(all.Test, TestRows));
        StudyData data = plan.Data.WithUnseenRows(Sample(plan.Data.UnseenRows, TestRows));
        FitSpecification once = fit.Specification with { Training = fit.Training with { Epochs = 1 } };
        double fastest = double.PositiveInfinity;
        for (int i = 0; i <= Repetitions; i++)
        {
            FitResult result = compute.Run(data, rows, once, fit.Key, null, cancellation);
            if (i > 0) fastest = Math.Min(fastest, result.TrainSeconds / Math.Max(1, result.Steps));
        }

        return fastest;
    }

    /// <summary>Evenly spaced rows, at most so many.</summary>
    private static int[] Sample(int[] rows, int most) =>
        rows.Length <= most ? rows : [.. Enumerable.Range(0, most).Select(i => rows[(int)((long)i * rows.Length / most)])];
}
