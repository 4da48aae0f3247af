using FairMedl.Core.Fits.SelfTests;

namespace FairMedl.Engine.SelfTest;

/// <summary>One quantity of a fixture compared with its reference value.</summary>
/// <param name="Quantity">What is compared, such as "gradient of L_F by fe.out.weight".</param>
/// <param name="Difference">
/// Largest absolute difference divided by the largest expected value (at least 1e-3). Infinite if the quantity is missing, was not
/// expected or is not finite.
/// </param>
internal readonly record struct Comparison(string Quantity, double Difference)
{
    /// <summary>Whether the difference is within <see cref="FixtureParity.Bound"/>.</summary>
    public bool Passed => Difference <= FixtureParity.Bound;

    /// <summary>Compares values; null stands for a quantity that does not exist.</summary>
    public static Comparison Of(string quantity, float[]? expected, float[]? actual)
    {
        if (expected is null && actual is null) return new Comparison(quantity, 0);
        if (expected is null || actual is null || expected.Length != actual.Length)
            return new Comparison(quantity, double.PositiveInfinity);
        double scale = Math.Max(expected.Max(Math.Abs), 1e-3), largest = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double difference = Math.Abs((double)expected[i] - actual[i]);
            if (!double.IsFinite(difference)) return new Comparison(quantity, double.PositiveInfinity);
            largest = Math.Max(largest, difference);
        }

        return new Comparison(quantity, largest / scale);
    }
}
