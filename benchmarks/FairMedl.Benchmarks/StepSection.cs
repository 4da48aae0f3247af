using FairMedl.Core.Data;
using FairMedl.Core.Fits.SelfTests;
using FairMedl.Engine.SelfTest;

namespace FairMedl.Benchmarks;

/// <summary>Training steps compared with PyTorch's, for each model in both sizes, in alternating rounds.</summary>
internal static class StepSection
{
    private const int Rounds = 15;

    // Those of peers/train.py.
    private static readonly string[] PeerModels = ["nnet", "medl", "fair-adb-medl"];

    public static void Write(Page page, double seconds, bool peers)
    {
        StudyData data = AdultShaped.Data();
        double peak = PeakBenchmark.MultiplyAddsPerSecond();
        string reason = "not asked for";
        using Peer? peer = peers ? Peer.Start("train.py", out reason) : null;
        page.Heading("Training steps, one thread");
        page.Line($"Rows of Adult's shape (75 encoded columns, 6 clusters, 4 attributes). small: batch 128, fixed effects 4-4-4, A_C 8-8-4; wide: batch 1024, 128-64-32, A_C 64-32. A step holds the drawing, gathering and encoding of its batch and its noise. Processor time: the median over steps, and the least. {PeerSentence(peer, reason)}");
        page.Line($"");

        var measured = new List<(StepMeasurement Ours, List<Measurement> Theirs)>();
        foreach (StepCase of in StepCase.All.Where(c => PeerModels.Contains(c.Model)))
        {
            var theirs = new List<Measurement>();
            StepMeasurement ours = StepBenchmark.Run(data, of, seconds, Rounds, Turn);
            measured.Add((ours, theirs));

            void Turn(int? processor)
            {
                if (peer is not null) theirs.Add(new Measurement(of.Model, "us", peer.Ask(of.Model, of.Size, 2 * seconds / Rounds, processor ?? -1)));
            }
        }

        page.Table(
            "| step | us, median | least | steps a second | PyTorch us, median | least | **times as fast**, median of rounds | interquartile range | least | bytes allocated | share of peak |",
            measured.Select(m => Row(m.Ours, m.Theirs, peak)));
        page.Line($"Peak: {peak / 1e9:F1} billion multiply-adds a second, measured by a loop that never leaves the registers. The share is that of the matrix products' multiply-adds over the whole step's least time.");
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

    private static FormattableString Row(StepMeasurement ours, List<Measurement> theirs, double peak)
    {
        Measurement steps = ours.Microseconds;
        double least = steps.Values.Min();
        string share = ours.Case.Size == "wide" ? FormattableString.Invariant($"{ours.MultiplyAdds / (least / 1e6) / peak:P0}") : "";
        if (theirs.Count == 0)
            return $"| {ours.Case.Size} {ours.Case.Model} | {steps.Median:F1} | {least:F1} | {1e6 / steps.Median:N0} | | | | | | {ours.Bytes:N0} | {share} |";
        double[] peer = [.. theirs.SelectMany(t => t.Values)];
        Measurement ratio = ours.Ratio(theirs);
        return $"| {ours.Case.Size} {ours.Case.Model} | {steps.Median:F1} | {least:F1} | {1e6 / steps.Median:N0} | {new Measurement("", "", peer).Median:F0} | {peer.Min():F0} | **{ratio.Median:F1}** | {ratio.InterquartileRange:F1} | {peer.Min() / least:F1} | {ours.Bytes:N0} | {share} |";
    }

    private static string PeerSentence(Peer? peer, string reason) => peer is null
        ? $"PyTorch is not measured beside it: {reason}."
        : $"Both take turns in {Rounds} rounds, on one processor after the other, the same for both; times as fast is the median over the rounds of the ratio of the two medians and, beside it, the ratio of the two least times. Beside it benchmarks/peers/train.py on PyTorch {peer.Version}, one thread{(Environment.GetEnvironmentVariable("OPENBLAS_CORETYPE") is { Length: > 0 } kernels ? $", OpenBLAS kernels of {kernels} as the environment asks" : "")}.";
}
