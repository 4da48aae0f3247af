using FairMedl.Core.Data;
using FairMedl.Core.Fits;
using FairMedl.Core.Fits.SelfTests;

namespace FairMedl.Engine.SelfTest;

/// <summary>The self-test of an engine: replays the reference fixtures and times a training step of each model.</summary>
internal static class EngineSelfTest
{
    /// <summary>
    /// Runs the test on the calling thread and its device. A part that fails is recorded with its reason, and the rest continues.
    /// </summary>
    /// <param name="progress">Called before each part.</param>
    /// <param name="cancellation">Cancels the test between two steps.</param>
    /// <param name="describe">The engine's own words for an exception, null where it has none; null = messages as they are.</param>
    /// <exception cref="OperationCanceledException">The test was cancelled.</exception>
    public static SelfTestResult Run(IProgress<SelfTestProgress>? progress, CancellationToken cancellation,
        Func<Exception, string?>? describe = null)
    {
        int done = 0, total = ReferenceFixtures.Names.Count + StepCase.All.Count;
        var fixtures = new List<FixtureParity>();
        foreach (string name in ReferenceFixtures.Names)
        {
            Report($"Replaying {ReferenceFixtures.Title(name)}");
            fixtures.Add(Attempt(() => Replay(name), describe, reason => new FixtureParity(name, null, null, reason)));
        }

        StudyData data = AdultShaped.Data();
        var steps = new List<StepTiming>();
        foreach (StepCase of in StepCase.All)
        {
            Report($"Timing a step of {ModelCatalogue.Find(of.Model)!.Name}, {of.Size}");
            steps.Add(Attempt(() => StepTimer.Measure(data, of, cancellation), describe, reason => new StepTiming(of, null, reason)));
        }

        return new SelfTestResult(fixtures, steps);

        void Report(string current)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new SelfTestProgress(done++, total, current));
        }
    }

    private static FixtureParity Replay(string name)
    {
        IReadOnlyList<Comparison> compared = FixtureReplay.All(new Fixture(name));
        Comparison worst = compared.MaxBy(c => c.Difference);
        return double.IsFinite(worst.Difference)
            ? new FixtureParity(name, worst.Difference, worst.Quantity)
            : new FixtureParity(name, null, worst.Quantity, $"{worst.Quantity} is missing, not expected or not finite.");
    }

    // Whatever an engine throws is the finding of the test.
    private static T Attempt<T>(Func<T> part, Func<Exception, string?>? describe, Func<string, T> failed)
    {
        try
        {
            return part();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return failed(describe?.Invoke(e)
                ?? (e is TypeInitializationException { InnerException: { } inner } ? inner : e).Message.Split('\n')[0].Trim());
        }
    }
}
