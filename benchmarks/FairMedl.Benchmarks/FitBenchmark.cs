using FairMedl.Core.Data;
using FairMedl.Core.Experiments;
using FairMedl.Core.Training;

namespace FairMedl.Benchmarks;

/// <summary>One fit a model on one thread: the first fold of the first seed, at the definition's constants.</summary>
internal static class FitBenchmark
{
    /// <summary>Time of a step and of an epoch (its training only), memory allocated a step, and time of the evaluation.</summary>
    public static IEnumerable<Measurement> Run(ExperimentDefinition definition, Table table, int repetitions)
    {
        StudyPlan plan = StudyPlan.Create(definition with { Protocol = definition.Protocol with { FoldsToRun = 1, Seeds = [1] } }, table);
        foreach (PlannedFit fit in plan.Fits)
        {
            var steps = new List<double>();
            var epochs = new List<double>();
            var evaluations = new List<double>();
            var allocated = new List<double>();
            // The first run compiles.
            for (int i = -1; i < repetitions; i++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                FitResult result = plan.Run(fit, null, CancellationToken.None);
                long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
                if (i < 0) continue;
                steps.Add(result.TrainSeconds / result.Steps * 1e6);
                epochs.Add(result.TrainSeconds / result.Epochs.Count * 1e3);
                evaluations.Add(result.EvaluateSeconds * 1e3);
                allocated.Add((double)bytes / result.Steps / 1024);
            }

            yield return new Measurement($"{fit.Key.Model}: training step", "us", steps);
            yield return new Measurement($"{fit.Key.Model}: training epoch", "ms", epochs);
            yield return new Measurement($"{fit.Key.Model}: evaluation of the fold", "ms", evaluations);
            yield return new Measurement($"{fit.Key.Model}: allocated a step, whole fit", "KiB", allocated);
        }
    }
}
