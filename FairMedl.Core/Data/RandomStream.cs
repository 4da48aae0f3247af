using System.Numerics;
using System.Text;

namespace FairMedl.Core.Data;

/// <summary>
/// The only source of random numbers in FairMedl: xoshiro256** (Blackman and Vigna 2021), seeded through SplitMix64,
/// split into named children so that a draw depends on its seed and its name alone, never on what was drawn elsewhere
/// or on which thread. The sequence is part of the product: the same definition gives the same numbers for ever.
/// </summary>
public sealed class RandomStream
{
    private readonly ulong key;
    private ulong s0, s1, s2, s3;
    private double spare;
    private bool hasSpare;

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

    /// <summary>64 uniform bits.</summary>
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

    /// <summary>Standard normal, by Marsaglia's polar method.</summary>
    public double NextNormal()
    {
        if (hasSpare)
        {
            hasSpare = false;
            return spare;
        }

        while (true)
        {
            double u = 2 * NextDouble() - 1, v = 2 * NextDouble() - 1, s = u * u + v * v;
            if (s is >= 1 or 0) continue;
            double factor = Math.Sqrt(-2 * Math.Log(s) / s);
            spare = v * factor;
            hasSpare = true;
            return u * factor;
        }
    }

    /// <summary>Fills with independent N(0, sd^2).</summary>
    public void FillNormal(Span<float> destination, double sd = 1)
    {
        for (int i = 0; i < destination.Length; i++) destination[i] = (float)(sd * NextNormal());
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
}
