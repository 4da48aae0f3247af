namespace FairMedl.Core.Fairness.Counts;

/// <summary>The thresholds 0, 1/S, 2/S, ... 1 at which scores are counted, exactly. There are no counts between them.</summary>
public readonly record struct ThresholdGrid
{
    /// <summary>Maximum number of steps.</summary>
    public const int MostSteps = 1000;

    /// <summary>A grid of S steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no step, or there are more than <see cref="MostSteps"/>.</exception>
    public ThresholdGrid(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, MostSteps);
        Steps = steps;
    }

    /// <summary>Number of steps, S.</summary>
    public int Steps { get; }

    /// <summary>The threshold of a step, 0 .. S.</summary>
    public double At(int step) => (double)step / Steps;

    /// <summary>The step nearest to a threshold; below 0 it is the first, above 1 the last.</summary>
    public int Nearest(double threshold) => (int)Math.Round(Math.Clamp(threshold, 0, 1) * Steps, MidpointRounding.AwayFromZero);

    /// <summary>The last step whose threshold a probability reaches (a tie reaches it).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The score is not within 0 .. 1.</exception>
    public int Reached(float score)
    {
        if (!(score >= 0 && score <= 1)) throw new ArgumentOutOfRangeException(nameof(score), score, "A probability was expected.");
        int step = Math.Clamp((int)((double)score * Steps), 0, Steps);
        while (step < Steps && score >= At(step + 1)) step++;
        while (score < At(step)) step--;
        return step;
    }
}
