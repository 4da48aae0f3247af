using System.Collections.Concurrent;
using FairMedl.Core.Data;
using FairMedl.Core.Data.Tables;
using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Storage.Stores;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Core.Studies.Sample;
using FairMedl.Tests.Storage;
using FairMedl.Web.Jobs;
using FairMedl.Web.Services.Studies;

namespace FairMedl.Tests.Jobs;

/// <summary>Plans made-up fits, whose running a test holds in its hand.</summary>
public sealed class FakePlanner : IStudyPlanner, IStudyWork
{
    private int running;

    public IReadOnlyList<NewFit> Fits { get; init; } = [.. Enumerable.Range(0, 6).Select(i => new NewFit(new FitKey("nnet", 1, i), 3))];

    public StudyData Data => throw new NotSupportedException();

    /// <summary>What a fit does besides giving its result; may wait, throw or watch the token.</summary>
    public Action<FitKey, CancellationToken> Act { get; set; } = (_, _) => { };

    /// <summary>The engine and device of the fits; null = none is needed.</summary>
    public ComputeTarget? Compute { get; set; }

    public InputException? Refuse { get; set; }

    public ConcurrentQueue<FitKey> Started { get; } = [];

    public int MostAtOnce { get; private set; }

    public int Gatherings { get; private set; }

    public IStudyWork Plan(StudyDefinition definition, Table table, ComputeChoice? compute = null) => Refuse is null ? this : throw Refuse;

    public Task<ComputeTarget?> ComputeAsync(CancellationToken cancellation) => Task.FromResult(Compute);

    public FitResult Run(FitKey fit, IProgress<EpochLosses>? progress, CancellationToken cancellation)
    {
        Started.Enqueue(fit);
        int now = Interlocked.Increment(ref running);
        lock (Started) MostAtOnce = Math.Max(MostAtOnce, now);
        try
        {
            progress?.Report(new EpochLosses(1, 0.5, 0.5));
            Act(fit, cancellation);
            cancellation.ThrowIfCancellationRequested();
            return FitResults.Full(fit, rows: 11);
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }

    public GatheredStudy Gather(IFitSource fits)
    {
        Gatherings++;
        IReadOnlyList<FitResult> done = fits.Read(fits.Keys);
        StudyDefinition definition = SampleStudy.Definition();
        var results = new StudyResults
        {
            Header = new StudyHeader(definition.Name, "", "", "", "", definition, "", 0, 0, 0, [], Fits.Count, []),
            Audits = [],
            Fits = [.. done.Select(f => new FitSummary(f.Key, f.Steps, f.TrainingRows, f.TrainSeconds, f.EvaluateSeconds, null, null, f.SelectedEpoch, f.Epochs))],
            Importance = [],
            RandomEffects = [],
        };
        return new GatheredStudy(results, null) { Unreadable = fits.Unreadable };
    }
}
