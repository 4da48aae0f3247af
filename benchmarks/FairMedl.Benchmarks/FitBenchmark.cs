using FairMedl.Core.Data;
using FairMedl.Core.Experiments;
using FairMedl.Core.Training;

namespace FairMedl.Benchmarks;

/// <summary>One fit a model on one thread: the first fold of the first seed, at the definition's constants.</summary>
internal static class FitBenchmark
{
    // As many runs of every model as the runtime needs to compile what is hot.
    private const int WarmUps = 3;

    /// <summary>Time of a step and of an epoch (its training only), memory allocated a step, and time of the evaluation.</summary>
    public static IEnumerable<Measurement> Run(ExperimentDefinition definition, Table table, int repetitions)
    {
        StudyPlan plan = StudyPlan.Create(definition with { Protocol = definition.Protocol with { FoldsToRun = 1, Seeds = [1] } }, table);
        for (int i = 0; i < WarmUps; i++)
        {
            foreach (PlannedFit fit in plan.Fits) plan.Run(fit, null, CancellationToken.None);
        }

        var runs = plan.Fits.ToDictionary(fit => fit.Key.Model, _ => new List<(FitResult Fit, long Bytes)>());
        for (int i = 0; i < repetitions; i++)
        {
            // In turn, so that what disturbs the machine for a while disturbs every model.
            foreach (PlannedFit fit in plan.Fits)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                FitResult result = plan.Run(fit, null, CancellationToken.None);
                runs[fit.Key.Model].Add((result, GC.GetAllocatedBytesForCurrentThread() - before));
            }
        }

        foreach ((string model, List<(FitResult Fit, long Bytes)> fits) in runs)
        {
            yield return new Measurement($"{model}: training step", "us", [.. fits.Select(r => r.Fit.TrainSeconds / r.Fit.Steps * 1e6)]);
            yield return new Measurement($"{model}: training epoch", "ms", [.. fits.Select(r => r.Fit.TrainSeconds / r.Fit.Epochs.Count * 1e3)]);
            yield return new Measurement($"{model}: evaluation of the fold", "ms", [.. fits.Select(r => r.Fit.EvaluateSeconds * 1e3)]);
            yield return new Measurement($"{model}: allocated a step, whole fit", "KiB", [.. fits.Select(r => (double)r.Bytes / r.Fit.Steps / 1024)]);
        }
    }
}
