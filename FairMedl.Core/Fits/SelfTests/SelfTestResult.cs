namespace FairMedl.Core.Fits.SelfTests;

/// <summary>What the self-test of an engine found on one device.</summary>
/// <param name="Fixtures">By reference fixture: whether the engine reproduces its numbers.</param>
/// <param name="Steps">By model and size: the time of a training step.</param>
public sealed record SelfTestResult(IReadOnlyList<FixtureParity> Fixtures, IReadOnlyList<StepTiming> Steps)
{
    /// <summary>Whether every fixture was reproduced and every step was timed.</summary>
    public bool Passed => Fixtures.All(f => f.Passed) && Steps.All(s => s.Failure is null);

    /// <summary>Largest difference over all fixtures; null if one of them could not be replayed.</summary>
    public double? LargestDifference => Fixtures.All(f => f.Difference is not null) ? Fixtures.Max(f => f.Difference) : null;

    /// <summary>The result of an engine that could not run the test at all.</summary>
    public static SelfTestResult Failed(string reason) => new(
        [.. ReferenceFixtures.Names.Select(name => new FixtureParity(name, null, null, reason))],
        [.. StepCase.All.Select(of => new StepTiming(of, null, reason))]);
}

/// <summary>Comparison of an engine with one reference fixture.</summary>
/// <param name="Fixture">The fixture's name.</param>
/// <param name="Difference">
/// Largest difference of a loss, gradient, parameter or prediction from its reference value, relative to the largest value of the same
/// quantity; 0 means equal. Null if the fixture could not be replayed.
/// </param>
/// <param name="Quantity">The quantity with the largest difference; null if the fixture could not be replayed.</param>
/// <param name="Failure">Why the fixture could not be replayed; null otherwise.</param>
public sealed record FixtureParity(string Fixture, double? Difference, string? Quantity, string? Failure = null)
{
    /// <summary>The largest difference that passes.</summary>
    public const double Bound = 1e-4;

    /// <summary>Whether every quantity is within the bound.</summary>
    public bool Passed => Difference <= Bound;
}

/// <summary>Time of a training step.</summary>
/// <param name="Case">Model and size.</param>
/// <param name="Microseconds">
/// Median time in microseconds, including the step's batch sampling, encoding and noise; null if it could not be measured.
/// </param>
/// <param name="Failure">Why the step could not be measured; null otherwise.</param>
public sealed record StepTiming(StepCase Case, double? Microseconds, string? Failure = null)
{
    /// <summary>This time divided by that of the same step in another result; null if either was not measured.</summary>
    public double? RatioTo(SelfTestResult? other) => Microseconds / other?.Steps.FirstOrDefault(s => s.Case == Case)?.Microseconds;
}

/// <summary>Progress of a self-test.</summary>
/// <param name="Done">Finished parts.</param>
/// <param name="Total">All parts.</param>
/// <param name="Current">What runs now, in words.</param>
public sealed record SelfTestProgress(int Done, int Total, string Current);
