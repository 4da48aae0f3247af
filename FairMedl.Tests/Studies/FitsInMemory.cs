using System.Collections.Concurrent;
using FairMedl.Core.Fits;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Core.Studies.Plan;

namespace FairMedl.Tests.Studies;

/// <summary>The fits of a study, all in memory.</summary>
internal sealed class FitsInMemory(IReadOnlyList<FitResult> fits) : IFitSource
{
    private readonly Dictionary<FitKey, FitResult> byKey = fits.ToDictionary(f => f.Key);

    public IReadOnlyList<FitKey> Keys { get; } = [.. fits.Select(f => f.Key)];

    public IReadOnlyList<FitResult> Read(IReadOnlyList<FitKey> keys) => [.. keys.Select(k => byKey[k])];

    /// <summary>Runs a study and keeps its fits, in the plan's order.</summary>
    public static IReadOnlyList<FitResult> Of(StudyPlan plan, int threads = 2)
    {
        var all = new Sink();
        StudyRunner.Run(plan, TestCompute.Managed, threads, null, CancellationToken.None, all);
        return [.. plan.Fits.Select(f => all.Fits[f.Key])];
    }

    private sealed class Sink : IFitSink
    {
        public ConcurrentDictionary<FitKey, FitResult> Fits { get; } = [];

        public void Keep(FitResult fit) => Fits[fit.Key] = fit;
    }
}
