using FairMedl.Core.Data;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Fits.SelfTests;

namespace FairMedl.Benchmarks;

/// <summary>A program or an engine that takes turns with the managed engine.</summary>
/// <param name="Name">Its name in the results.</param>
/// <param name="Version">Version of its library; null if it is absent.</param>
/// <param name="Absence">Why it is absent.</param>
internal sealed record StepPeer(string Name, string? Version, string Absence);

/// <summary>
/// What takes turns with the managed engine: plain PyTorch and plain TorchSharp, each in a process of its own, and the TorchSharp
/// engine in this process. What is absent here is left out, with a reason.
/// </summary>
internal sealed class StepPeers : IDisposable
{
    private readonly Peer? pyTorch, torchSharp;
    private readonly ComputeTarget? engine;

    /// <summary>Starts what is present.</summary>
    /// <param name="wanted">Whether to measure peers at all.</param>
    /// <param name="libTorchFolder">Folder with libtorch; null: the package for this system.</param>
    public StepPeers(bool wanted, DirectoryInfo? libTorchFolder)
    {
        const string NotWanted = "--no-peers was given";
        string pyTorchReason = NotWanted, torchSharpReason = NotWanted, engineReason = NotWanted;
        if (wanted)
        {
            LibTorch.Use(libTorchFolder);
            pyTorch = Peer.Start("train.py", out pyTorchReason);
            engine = LibTorch.Engine(out engineReason);
            torchSharpReason = engineReason;
            if (engine is not null) torchSharp = Peer.StartTorchSharp(out torchSharpReason);
        }

        PyTorch = new StepPeer("PyTorch", pyTorch?.Version, pyTorchReason);
        TorchSharp = new StepPeer("TorchSharp", torchSharp?.Version, torchSharpReason);
        Engine = new StepPeer("TorchSharp engine", engine?.Engine.Version, engineReason);
    }

    /// <summary>benchmarks/peers/train.py.</summary>
    public StepPeer PyTorch { get; }

    /// <summary>benchmarks/FairMedl.Peer.</summary>
    public StepPeer TorchSharp { get; }

    /// <summary>FairMedl's TorchSharp engine.</summary>
    public StepPeer Engine { get; }

    /// <summary>
    /// Largest relative difference between the losses of both programs in ten steps with the same parameters, data and noise; null
    /// without both.
    /// </summary>
    public double? LossDifference(StepCase of)
    {
        if (pyTorch is null || torchSharp is null) return null;
        double[] theirs = pyTorch.Ask("losses", of.Model, of.Size), others = torchSharp.Ask("losses", of.Model, of.Size);
        return theirs.Zip(others, (a, b) => Math.Abs(a - b) / Math.Abs(a)).Max();
    }

    /// <summary>Errors with which the TorchSharp program ended; it was started again each time.</summary>
    public IReadOnlyList<string> TorchSharpFailures => torchSharp?.Failures ?? [];

    /// <summary>Starts the rounds of a case.</summary>
    public StepPeerRounds Rounds(StudyData data, StepCase of) =>
        new(pyTorch, torchSharp, engine is null ? null : new FitInRounds(engine, data, of), of);

    public void Dispose()
    {
        pyTorch?.Dispose();
        torchSharp?.Dispose();
    }
}

/// <summary>Times of the peers in microseconds per step, by round; empty for an absent one.</summary>
internal sealed class StepPeerRounds(Peer? pyTorch, Peer? torchSharp, FitInRounds? engine, StepCase of) : IDisposable
{
    public List<Measurement> PyTorch { get; } = [];

    public List<Measurement> TorchSharp { get; } = [];

    public List<Measurement> Engine { get; } = [];

    /// <summary>Why the fit of the TorchSharp engine failed; null if it did not.</summary>
    public string? EngineFailure { get; private set; }

    /// <summary>One turn of each on a processor.</summary>
    public void Turn(double seconds, int? processor)
    {
        if (pyTorch is not null) PyTorch.Add(Times(pyTorch.Ask(of.Model, of.Size, seconds, processor ?? -1)));
        if (torchSharp is not null) TorchSharp.Add(Times(torchSharp.Ask(of.Model, of.Size, seconds, processor ?? -1)));
        if (engine is null || EngineFailure is not null) return;
        try
        {
            Engine.Add(Times(engine.Round(seconds, processor)));
        }
        catch (InvalidOperationException e)
        {
            Engine.Clear();
            EngineFailure = e.Message.Split('\n')[0].Trim();
        }
    }

    public void Dispose() => engine?.Dispose();

    private Measurement Times(IReadOnlyList<double> microseconds) => new(of.Model, "us", microseconds);
}
