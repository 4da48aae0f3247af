namespace FairMedl.Core.Numerics;

/// <summary>
/// Draws from Binomial(n, p), exactly distributed, in constant time for large n p: inversion below n p = 10, else the
/// transformed rejection BTRS of Hörmann (1993). With it the time of a bootstrap over counts depends on the number of groups,
/// not on the number of rows.
/// </summary>
internal static class BinomialDraw
{
    /// <summary>One draw, 0 .. n.</summary>
    /// <param name="random">Where it comes from.</param>
    /// <param name="n">Trials, not negative.</param>
    /// <param name="p">Chance of a hit; rounding beyond [0, 1] is taken as the end.</param>
    public static int Next(RandomStream random, int n, double p)
    {
        if (n <= 0 || p <= 0) return 0;
        if (p >= 1) return n;
        if (p > 0.5) return n - Next(random, n, 1 - p);
        return n * p < 10 ? Invert(random, n, p) : Reject(random, n, p);
    }

    private static int Invert(RandomStream random, int n, double p)
    {
        double odds = p / (1 - p), mass = Math.Exp(n * double.LogP1(-p)), u = random.NextDouble();
        int k = 0;
        while (u > mass && k < n)
        {
            u -= mass;
            k++;
            mass *= odds * (n - k + 1) / k;
        }

        return k;
    }

    private static int Reject(RandomStream random, int n, double p)
    {
        double sd = Math.Sqrt(n * p * (1 - p)), odds = p / (1 - p);
        double b = 1.15 + 2.53 * sd, a = -0.0873 + 0.0248 * b + 0.01 * p, centre = n * p + 0.5;
        double quick = 0.92 - 4.2 / b, alpha = (2.83 + 5.1 / b) * sd;
        double mode = Math.Floor((n + 1) * p);
        while (true)
        {
            double u = random.NextDouble() - 0.5, v = random.NextDouble(), edge = 0.5 - Math.Abs(u);
            double k = Math.Floor((2 * a / edge + b) * u + centre);
            if (edge >= 0.07 && v <= quick) return (int)k;
            if (k < 0 || k > n) continue;
            double bound = (mode + 0.5) * Math.Log((mode + 1) / (odds * (n - mode + 1)))
                + (n + 1) * Math.Log((n - mode + 1) / (n - k + 1))
                + (k + 0.5) * Math.Log(odds * (n - k + 1) / (k + 1))
                + Stirling(mode) + Stirling(n - mode) - Stirling(k) - Stirling(n - k);
            if (Math.Log(v * alpha / (a / (edge * edge) + b)) <= bound) return (int)k;
        }
    }

    /// <summary>ln k! minus Stirling's (k + 1/2) ln(k + 1) - (k + 1) + ln(2 pi) / 2.</summary>
    private static double Stirling(double k)
    {
        if (k < 10) return SmallStirling[(int)k];
        double next = k + 1, square = next * next;
        return (1.0 / 12 - (1.0 / 360 - 1.0 / 1260 / square) / square) / next;
    }

    private static readonly double[] SmallStirling = Enumerable.Range(0, 10).Select(k =>
    {
        double logFactorial = 0;
        for (int i = 2; i <= k; i++) logFactorial += Math.Log(i);
        return logFactorial - ((k + 0.5) * Math.Log(k + 1) - (k + 1) + 0.5 * Math.Log(2 * Math.PI));
    }).ToArray();
}
