using System.Numerics;
using System.Text;

namespace FairMedl.Core.Numerics;

/// <summary>
/// The only source of random numbers in FairMedl: xoshiro256** (Blackman and Vigna 2021), seeded through SplitMix64,
/// split into named children so that a draw depends on its seed and its name alone, never on what was drawn elsewhere
/// or on which thread. The sequence is part of the product: the same definition gives the same numbers for ever.
/// </summary>
public sealed class RandomStream
{
    private readonly ulong key;
    private ulong s0, s1, s2, s3;

    /// <summary>A stream with the seed that a person recorded.</summary>
    public RandomStream(ulong seed)
    {
        key = seed;
        ulong state = seed;
        s0 = SplitMix(ref state);
        s1 = SplitMix(ref state);
        s2 = SplitMix(ref state);
        s3 = SplitMix(ref state);
    }

    /// <summary>The child of this name: independent of this stream's position and of every other child.</summary>
    public RandomStream Child(string name)
    {
        ulong hash = 14695981039346656037UL;
        foreach (byte b in Encoding.UTF8.GetBytes(name)) hash = (hash ^ b) * 1099511628211UL;
        return Child(hash);
    }

    /// <summary>The child of this number: independent of this stream's position and of every other child.</summary>
    public RandomStream Child(ulong number)
    {
        ulong state = key ^ BitOperations.RotateLeft(number * 0x9E3779B97F4A7C15UL, 23);
        return new RandomStream(SplitMix(ref state) ^ number);
    }

    /// <summary>Returns 64 uniform random bits.</summary>
    public ulong NextBits()
    {
        ulong result = BitOperations.RotateLeft(s1 * 5, 7) * 9, t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = BitOperations.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>Uniform on [0, 1) in steps of 2^-53.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform on 0 .. <paramref name="exclusiveUpper"/> - 1 without bias (Lemire 2019).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bound is not positive.</exception>
    public int NextInt(int exclusiveUpper)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exclusiveUpper);
        uint range = (uint)exclusiveUpper;
        ulong product = (NextBits() >> 32) * range;
        if ((uint)product < range)
        {
            uint reject = (0u - range) % range;
            while ((uint)product < reject) product = (NextBits() >> 32) * range;
        }

        return (int)(product >> 32);
    }

    /// <summary>Standard normal, by the ziggurat of Doornik (2005): exact, and one draw of 64 bits nearly always.</summary>
    public double NextNormal()
    {
        while (true)
        {
            ulong bits = NextBits();
            int layer = (int)(bits & (Ziggurat.Layers - 1));
            double u = 2 * ((bits >> 11) * (1.0 / (1UL << 53))) - 1;
            if (Math.Abs(u) < Ziggurat.Ratio[layer]) return u * Ziggurat.X[layer];
            if (layer == 0) return NormalTail(u < 0);
            double x = u * Ziggurat.X[layer];
            double f0 = Math.Exp(-0.5 * (Ziggurat.X[layer] * Ziggurat.X[layer] - x * x));
            double f1 = Math.Exp(-0.5 * (Ziggurat.X[layer + 1] * Ziggurat.X[layer + 1] - x * x));
            if (f1 + NextDouble() * (f0 - f1) < 1) return x;
        }
    }

    private double NormalTail(bool negative)
    {
        double x, y;
        do
        {
            x = Math.Log(1 - NextDouble()) / Ziggurat.R;
            y = Math.Log(1 - NextDouble());
        }
        while (-2 * y < x * x);
        return negative ? x - Ziggurat.R : Ziggurat.R - x;
    }

    /// <summary>Fills with independent N(0, sd^2): the numbers that as many calls of <see cref="NextNormal"/> give.</summary>
    public void FillNormal(Span<float> destination, double sd = 1)
    {
        // Nearly every draw lies inside its layer's rectangle: those are drawn here, with the state in registers.
        ReadOnlySpan<double> width = Ziggurat.X, ratio = Ziggurat.Ratio;
        (ulong t0, ulong t1, ulong t2, ulong t3) = (s0, s1, s2, s3);
        for (int i = 0; i < destination.Length; i++)
        {
            ulong bits = BitOperations.RotateLeft(t1 * 5, 7) * 9, shifted = t1 << 17;
            int layer = (int)(bits & (Ziggurat.Layers - 1));
            double u = 2 * ((bits >> 11) * (1.0 / (1UL << 53))) - 1;
            if (Math.Abs(u) < ratio[layer])
            {
                t2 ^= t0;
                t3 ^= t1;
                t1 ^= t2;
                t0 ^= t3;
                t2 ^= shifted;
                t3 = BitOperations.RotateLeft(t3, 45);
                destination[i] = (float)(sd * (u * width[layer]));
                continue;
            }

            (s0, s1, s2, s3) = (t0, t1, t2, t3);
            destination[i] = (float)(sd * NextNormal());
            (t0, t1, t2, t3) = (s0, s1, s2, s3);
        }

        (s0, s1, s2, s3) = (t0, t1, t2, t3);
    }

    /// <summary>Fills with independent uniforms on [low, high).</summary>
    public void FillUniform(Span<float> destination, double low, double high)
    {
        for (int i = 0; i < destination.Length; i++) destination[i] = (float)(low + (high - low) * NextDouble());
    }

    /// <summary>A uniform permutation in place (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = NextInt(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static ulong SplitMix(ref ulong state)
    {
        ulong z = state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>Equal areas under the normal density: x_0 is the base strip's width, x_1 = R, x_128 = 0.</summary>
    private static class Ziggurat
    {
        public const int Layers = 128;
        public const double R = 3.442619855899;
        private const double Area = 9.91256303526217e-3;

        public static readonly double[] X = new double[Layers + 1];
        public static readonly double[] Ratio = new double[Layers];

        static Ziggurat()
        {
            double f = Math.Exp(-0.5 * R * R);
            X[0] = Area / f;
            X[1] = R;
            for (int i = 2; i < Layers; i++)
            {
                X[i] = Math.Sqrt(-2 * Math.Log(Area / X[i - 1] + f));
                f = Math.Exp(-0.5 * X[i] * X[i]);
            }

            for (int i = 0; i < Layers; i++) Ratio[i] = X[i + 1] / X[i];
        }
    }
}
