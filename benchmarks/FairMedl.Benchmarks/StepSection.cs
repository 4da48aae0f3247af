using FairMedl.Core.Data;
using FairMedl.Core.Fits.SelfTests;
using FairMedl.Engine.SelfTest;

namespace FairMedl.Benchmarks;

/// <summary>Training steps compared with those of PyTorch and TorchSharp, for each model in both sizes, in alternating rounds.</summary>
internal static class StepSection
{
    private const int Rounds = 15;

    // Those of the peers.
    private static readonly string[] PeerModels = ["nnet", "medl", "fair-adb-medl"];

    public static void Write(Page page, double seconds, bool peers, DirectoryInfo? libTorch)
    {
        StudyData data = AdultShaped.Data();
        double peak = PeakBenchmark.MultiplyAddsPerSecond();
        using var programs = new StepPeers(peers, libTorch);
        var measured = new List<(StepMeasurement Ours, StepPeerRounds Theirs)>();
        foreach (StepCase of in StepCase.All.Where(c => PeerModels.Contains(c.Model)))
        {
            using StepPeerRounds theirs = programs.Rounds(data, of);
            measured.Add((StepBenchmark.Run(data, of, seconds, Rounds, processor => theirs.Turn(2 * seconds / Rounds, processor)), theirs));
        }

        page.Heading("Training steps, one thread");
        page.Line($"Rows of Adult's shape (75 encoded columns, 6 clusters, 4 attributes). small: batch 128, fixed effects 4-4-4, A_C 8-8-4; wide: batch 1024, 128-64-32, A_C 64-32. A step includes sampling, gathering and encoding of its batch and its noise. Managed engine; processor time: the median over steps, and the least.");
        page.Line($"");
        page.Table("| step | us, median | least | steps per second | bytes allocated | share of peak |", measured.Select(m => Row(m.Ours, peak)));
        page.Line($"Peak: {peak / 1e9:F1} billion multiply-adds per second, measured by a loop that never leaves the registers. The share is that of the matrix products' multiply-adds over the least time of the whole step.");
        StepComparison.Write(page, programs, measured, Rounds);
        foreach ((StepMeasurement ours, _) in measured.Where(m => m.Ours.Case.Model == "fair-adb-medl"))
        {
            page.Heading($"Where a {ours.Case.Size} Fair(ADB) MEDL step goes");
            page.Table("| operation | us | calls | share |", ours.Split.Select(o => (FormattableString)$"| {o.Operation} | {o.Microseconds:F2} | {o.Calls:F0} | {o.Microseconds / ours.Split.Sum(s => s.Microseconds):P0} |"));
        }
    }

    /// <summary>Steps on one thread per processor, and one process of the peer per processor.</summary>
    public static void WriteScaling(Page page, double seconds, bool peers)
    {
        int threads = Environment.ProcessorCount;
        StudyData data = AdultShaped.Data();
        var of = new StepCase("fair-adb-medl", "small");
        ScalingMeasurement steps = ScalingBenchmark.Run(threads, 3 * seconds, () => Steps(data, of));
        ScalingMeasurement registers = ScalingBenchmark.Run(threads, seconds, () => (PeakBenchmark.Round, null));
        page.Heading("All processors");
        page.Line($"Fair(ADB) MEDL, small, by the clock: {steps.One:N0} steps a second on one thread, {steps.All:N0} on {threads}: **{steps.Ratio.Median:F2} times** (median of {steps.Alone.Count} rounds in which both took turns; interquartile range {steps.Ratio.InterquartileRange:F2}). The loop that never leaves the registers, in the same way: {registers.Ratio.Median:F2} times.");
        if (!peers) return;
        Peer?[] started = [.. Enumerable.Range(0, threads).Select(_ => Peer.Start("train.py", out string _))];
        try
        {
            if (started.Any(p => p is null)) return;
            double[] counted = new double[threads];
            Thread[] asking = [.. Enumerable.Range(0, threads).Select(i => new Thread(() => counted[i] = started[i]!.Ask(of.Model, of.Size, 3 * seconds, -1).Length / (3 * seconds)))];
            foreach (Thread thread in asking) thread.Start();
            foreach (Thread thread in asking) thread.Join();
            page.Line($"PyTorch, one process a processor: {counted.Sum():N0} steps a second in all; here {steps.All / counted.Sum():F0} times as many.");
        }
        finally
        {
            foreach (Peer? peer in started) peer?.Dispose();
        }
    }

    /// <summary>Training after its warm-up; one unit of work is twenty steps.</summary>
    private static (Func<double>, IDisposable) Steps(StudyData data, StepCase of)
    {
        const int Warm = 3000, Piece = 20;
        var training = new TrainingStep(data, of);
        for (int s = 0; s < Warm; s++) training.Take();
        return (
            () =>
            {
                for (int s = 0; s < Piece; s++) training.Take();
                return Piece;
            },
            training);
    }

    private static FormattableString Row(StepMeasurement ours, double peak)
    {
        Measurement steps = ours.Microseconds;
        double least = steps.Values.Min();
        string share = ours.Case.Size == "wide" ? FormattableString.Invariant($"{ours.MultiplyAdds / (least / 1e6) / peak:P0}") : "";
        return $"| {ours.Case.Size} {ours.Case.Model} | {steps.Median:F1} | {least:F1} | {1e6 / steps.Median:N0} | {ours.Bytes:N0} | {share} |";
    }
}
