namespace FairMedl.Benchmarks;

/// <summary>The steps of the managed engine compared with those of the peers.</summary>
internal static class StepComparison
{
    private const string Absent = "absent";

    public static void Write(Page page, StepPeers peers, List<(StepMeasurement Ours, StepPeerRounds Theirs)> measured, int rounds)
    {
        page.Heading("The same steps in PyTorch and TorchSharp");
        page.Line($"- PyTorch: benchmarks/peers/train.py. {Presence(peers.PyTorch)}");
        page.Line($"- TorchSharp: benchmarks/FairMedl.Peer, TorchSharp's modules and optimiser. {Presence(peers.TorchSharp)}");
        page.Line($"- TorchSharp engine: FairMedl's own engine on libtorch. {Presence(peers.Engine)}");
        page.Line($"");
        page.Line($"Each uses one thread{Kernels()}. All take turns in {rounds} rounds, on one processor after the other.");
        page.Line($"Microseconds are medians over steps (of the TorchSharp engine: over epochs of 15 steps of a fit).");
        page.Line($"Ratios are medians over rounds of the ratio of two medians; the faster peer is that of the round.");
        page.Line($"");
        page.Table(
            "| step | managed engine, us | PyTorch, us | TorchSharp, us | TorchSharp engine, us | times as fast as PyTorch "
            + "| as TorchSharp | **as the faster peer** | interquartile range | TorchSharp engine, times as fast as TorchSharp |",
            measured.Select(m => Row(m.Ours, m.Theirs)));
        foreach ((StepMeasurement ours, StepPeerRounds theirs) in measured.Where(m => m.Theirs.EngineFailure is not null))
            page.Line($"The TorchSharp engine's fit of {ours.Case.Size} {ours.Case.Model} failed: {theirs.EngineFailure}");
        if (peers.TorchSharpFailures is { Count: > 0 } failures)
            page.Line($"The TorchSharp program ended {failures.Count} times and was started again; the last error: {failures[^1]}");
        if (measured.Max(m => peers.LossDifference(m.Ours.Case)) is { } difference)
        {
            page.Line($"PyTorch and TorchSharp compute the same: with equal parameters, data and noise, the losses of ten steps of each");
            page.Line($"model and size differ by at most {difference:0.0e+0} (relative).");
        }
    }

    private static FormattableString Row(StepMeasurement ours, StepPeerRounds theirs)
    {
        List<Measurement> faster = theirs.PyTorch.Count == 0 ? theirs.TorchSharp
            : theirs.TorchSharp.Count == 0 ? theirs.PyTorch
            : [.. theirs.PyTorch.Zip(theirs.TorchSharp, (a, b) => a.Median < b.Median ? a : b)];
        Measurement? ratio = faster.Count == 0 ? null : ours.Ratio(faster);
        string best = ratio is null ? Absent : FormattableString.Invariant($"**{ratio.Median:F1}**");
        string times = $"{Time(theirs.PyTorch)} | {Time(theirs.TorchSharp)} | {Time(theirs.Engine)}";
        string ratios = $"{Ratio(ours, theirs.PyTorch)} | {Ratio(ours, theirs.TorchSharp)} | {best}";
        string name = $"{ours.Case.Size} {ours.Case.Model}";
        return $"| {name} | {ours.Microseconds.Median:F1} | {times} | {ratios} | {ratio?.InterquartileRange:F1} | {Speedup(theirs)} |";
    }

    private static string Time(List<Measurement> rounds) =>
        rounds.Count == 0 ? Absent : FormattableString.Invariant($"{Median(rounds.SelectMany(r => r.Values)):F0}");

    private static string Ratio(StepMeasurement ours, List<Measurement> peer) =>
        peer.Count == 0 ? Absent : FormattableString.Invariant($"{ours.Ratio(peer).Median:F1}");

    private static string Speedup(StepPeerRounds theirs) => theirs.TorchSharp.Count == 0 || theirs.Engine.Count == 0
        ? Absent
        : FormattableString.Invariant($"{Median(theirs.TorchSharp.Zip(theirs.Engine, (plain, own) => plain.Median / own.Median)):F2}");

    private static double Median(IEnumerable<double> values) => new Measurement("", "", [.. values]).Median;

    private static string Presence(StepPeer peer) =>
        peer.Version is null ? $"Absent here: {peer.Absence.TrimEnd('.')}." : $"Version {peer.Version}.";

    private static string Kernels() => Environment.GetEnvironmentVariable("OPENBLAS_CORETYPE") is { Length: > 0 } kernels
        ? $" (PyTorch with OpenBLAS kernels of {kernels}, as the environment asks)"
        : "";
}
