using FairMedl.Core.Numerics;

namespace FairMedl.Core.Fairness.Intervals;

/// <summary>
/// Draws means of n rows with replacement, for rows with two numbers each (squared error and prediction). Up to
/// <see cref="RowLimit"/> rows are drawn one by one. For more, the two means are drawn from their joint normal limit, so that
/// the time does not grow with the group.
/// </summary>
internal sealed class MeanSource
{
    /// <summary>Number of rows above which the normal limit is used.</summary>
    public const int RowLimit = 500;

    private readonly double[] first, second;
    private readonly double firstMean, secondMean, firstSd, slope, residualSd;

    /// <summary>A source of at least one row. Both arrays must have the same length.</summary>
    public MeanSource(double[] first, double[] second)
    {
        this.first = first;
        this.second = second;
        firstMean = first.Average();
        secondMean = second.Average();
        double ff = 0, fs = 0, ss = 0;
        for (int i = 0; i < first.Length; i++)
        {
            double f = first[i] - firstMean, s = second[i] - secondMean;
            ff += f * f;
            fs += f * s;
            ss += s * s;
        }

        firstSd = Math.Sqrt(ff / first.Length);
        slope = ff > 0 ? fs / ff : 0;
        residualSd = Math.Sqrt(Math.Max(0, ss - slope * fs) / first.Length);
    }

    /// <summary>Mean of the first number.</summary>
    public double FirstMean => firstMean;

    /// <summary>Mean of the second number.</summary>
    public double SecondMean => secondMean;

    /// <summary>The two means of n rows drawn with replacement.</summary>
    public (double First, double Second) Draw(RandomStream random, int n)
    {
        double f = 0, s = 0;
        if (n <= RowLimit)
        {
            for (int i = 0; i < n; i++)
            {
                int row = random.NextInt(first.Length);
                f += first[row];
                s += second[row];
            }

            return (f / n, s / n);
        }

        double root = Math.Sqrt(n);
        f = firstSd * random.NextNormal() / root;
        s = slope * f + residualSd * random.NextNormal() / root;
        return (firstMean + f, secondMean + s);
    }
}
