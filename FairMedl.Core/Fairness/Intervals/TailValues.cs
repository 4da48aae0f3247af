namespace FairMedl.Core.Fairness.Intervals;

/// <summary>
/// The smallest 2.5% of some values in ascending order, found without sorting them all. For the largest, add their negatives.
/// </summary>
/// <param name="total">How many values will be added.</param>
internal sealed class TailValues(int total)
{
    /// <summary>The share of values beyond each end of a 95% interval.</summary>
    public const double Share = 0.025;

    private readonly double[] smallest = new double[Math.Min(total, (int)(Share * (total + 1)) + 2)];
    private int count;

    /// <summary>The smallest values so far, in ascending order.</summary>
    public ReadOnlySpan<double> Smallest => smallest.AsSpan(0, count);

    /// <summary>The 2.5th percentile of all values, as <see cref="Numerics.Percentile"/> defines it.</summary>
    public double Percentile
    {
        get
        {
            double place = Math.Clamp(Share * (total + 1) - 1, 0, total - 1);
            int below = (int)place;
            if (below + 1 >= count) return smallest[count - 1];
            return smallest[below] + (place - below) * (smallest[below + 1] - smallest[below]);
        }
    }

    /// <summary>Adds a value.</summary>
    public void Add(double value)
    {
        if (count == smallest.Length && value >= smallest[^1]) return;
        int place = count < smallest.Length ? count++ : count - 1;
        while (place > 0 && smallest[place - 1] > value) smallest[place] = smallest[--place];
        smallest[place] = value;
    }
}
