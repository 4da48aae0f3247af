using System.Diagnostics;
using FairMedl.Core.Data.Tables;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Core.Studies.Plan;

namespace FairMedl.Benchmarks;

/// <summary>A whole study in this process: training, evaluation, and the audits with their bootstraps.</summary>
internal static class StudySection
{
    public static void Write(Page page, StudyDefinition definition, Table table, int threads)
    {
        StudyPlan plan = StudyPlan.Create(definition, table);
        WarmUp(plan);
        TimeSpan processor = Process.GetCurrentProcess().TotalProcessorTime;
        long start = Stopwatch.GetTimestamp();
        IReadOnlyList<FitSummary> fits = StudyRunner.Run(plan, Compute.Managed, threads, null, CancellationToken.None).Fits;
        double wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double processorSeconds = (Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds;

        // Fits and audits share the threads: the thread time outside of fits is that of audits, and of waiting at the end.
        double all = wall * Math.Min(threads, fits.Count), training = fits.Sum(f => f.TrainSeconds), gathering = all - training - fits.Sum(f => f.EvaluateSeconds);
        page.Heading($"A study: {definition.Name}");
        page.Line($"{definition.Models.Count} models, {definition.Protocol.FoldsToRun ?? definition.Protocol.Folds} folds, {definition.Protocol.Seeds.Count} seeds: {fits.Count} fits of {table.RowCount:N0} rows on {threads} threads.");
        page.Line($"");
        page.Table("| what | |",
        [
            $"| the whole, by the clock | {wall:F1} s |",
            $"| the whole, processor time | {processorSeconds:F1} s |",
            $"| fits an hour, gathering included | {fits.Count / wall * 3600:N0} |",
            $"| share of evaluation, bootstrap and importance in the threads' time | {1 - training / all:P0} |",
            $"| share of gathering with its bootstraps, and of threads that wait at the end | {gathering / all:P0} |",
            $"| peak memory of the process | {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:N0} MB |",
        ]);
        page.Table("| fit | training, s | us a step, cluster predictor included | evaluation, ms |", fits.GroupBy(f => f.Key.Model).Select(Row));
    }

    private static FormattableString Row(IGrouping<string, FitSummary> fits)
    {
        var seconds = new Measurement("", "s", [.. fits.Select(f => f.TrainSeconds)]);
        return $"| {fits.Key} | {seconds.Median:F2} | {new Measurement("", "us", [.. fits.Select(f => f.TrainSeconds / f.Steps * 1e6)]).Median:F1} | {new Measurement("", "ms", [.. fits.Select(f => f.EvaluateSeconds * 1e3)]).Median:F0} |";
    }

    /// <summary>Runs one fit of every model, so that the runtime has compiled the hot methods.</summary>
    private static void WarmUp(StudyPlan plan)
    {
        foreach (PlannedFit fit in plan.Fits.DistinctBy(f => f.Key.Model)) plan.Run(Compute.Managed, fit, null, CancellationToken.None);
    }
}
