using System.Diagnostics;
using FairMedl.Core.Data;
using FairMedl.Core.Experiments;
using FairMedl.Core.Training;

namespace FairMedl.Benchmarks;

/// <summary>A whole study in this process: training, evaluation, and the gathering with its bootstraps.</summary>
internal static class StudySection
{
    public static void Write(Page page, ExperimentDefinition definition, Table table, int threads)
    {
        StudyPlan plan = StudyPlan.Create(definition, table);
        WarmUp(plan);
        TimeSpan processor = Process.GetCurrentProcess().TotalProcessorTime;
        long start = Stopwatch.GetTimestamp();
        IReadOnlyList<FitResult> fits = StudyRunner.Run(plan, threads, null, CancellationToken.None);
        double fitting = Stopwatch.GetElapsedTime(start).TotalSeconds;
        long gathered = Stopwatch.GetTimestamp();
        StudyGathering.Gather(plan, fits);
        double gathering = Stopwatch.GetElapsedTime(gathered).TotalSeconds, wall = fitting + gathering;
        double processorSeconds = (Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds;
        double training = fits.Sum(f => f.TrainSeconds), evaluating = fits.Sum(f => f.EvaluateSeconds);

        // Fits share the processors; the part of their wall time that went into evaluation is as their own times say.
        double evaluation = fitting * evaluating / (training + evaluating) + gathering;
        page.Heading($"A study: {definition.Name}");
        page.Line($"{definition.Models.Count} models, {definition.Protocol.FoldsToRun ?? definition.Protocol.Folds} folds, {definition.Protocol.Seeds.Count} seeds: {fits.Count} fits of {table.RowCount:N0} rows on {threads} threads.");
        page.Line($"");
        page.Table("| what | |",
        [
            $"| the whole, by the clock | {wall:F1} s |",
            $"| the whole, processor time | {processorSeconds:F1} s |",
            $"| fits an hour | {fits.Count / fitting * 3600:N0} |",
            $"| share of evaluation, bootstrap and importance | {evaluation / wall:P0} |",
            $"| gathering with its bootstraps, by the clock | {gathering:F1} s |",
            $"| peak memory of the process | {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:N0} MB |",
        ]);
        page.Table("| fit | training, s | us a step, cluster predictor included | evaluation, ms |", fits.GroupBy(f => f.Key.Model).Select(Row));
    }

    private static FormattableString Row(IGrouping<string, FitResult> fits)
    {
        var seconds = new Measurement("", "s", [.. fits.Select(f => f.TrainSeconds)]);
        return $"| {fits.Key} | {seconds.Median:F2} | {new Measurement("", "us", [.. fits.Select(f => f.TrainSeconds / f.Steps * 1e6)]).Median:F1} | {new Measurement("", "ms", [.. fits.Select(f => f.EvaluateSeconds * 1e3)]).Median:F0} |";
    }

    /// <summary>One fit of every model, until the runtime has compiled what is hot.</summary>
    private static void WarmUp(StudyPlan plan)
    {
        foreach (PlannedFit fit in plan.Fits.DistinctBy(f => f.Key.Model)) plan.Run(fit, null, CancellationToken.None);
    }
}
