namespace FairMedl.Torch.Kernels;

/// <summary>
/// Plain loops over elements with any strides and of any type: what views, indices, comparisons and searches need, and
/// no training step spends time in.
/// </summary>
internal static unsafe class Strided
{
    /// <summary>out = a, element by element.</summary>
    public static void Copy<T>(in Loop loop, nint output, nint a) where T : unmanaged
    {
        int n = loop.Sizes[0], so = loop.Out[0], sa = loop.A[0];
        for (int k = 0; k < loop.Sizes[3]; k++)
        {
            for (int j = 0; j < loop.Sizes[2]; j++)
            {
                T* o = (T*)output + (long)k * loop.Out[3] + (long)j * loop.Out[2], x = (T*)a + (long)k * loop.A[3] + (long)j * loop.A[2];
                for (int i = 0; i < loop.Sizes[1]; i++, o += loop.Out[1], x += loop.A[1])
                {
                    if (so == 1 && sa == 1) new ReadOnlySpan<T>(x, n).CopyTo(new Span<T>(o, n));
                    else for (int r = 0; r < n; r++) o[(long)r * so] = x[(long)r * sa];
                }
            }
        }
    }

    /// <summary>Values in row-major order into memory with any strides.</summary>
    public static void Write<T>(in Layout layout, nint output, ReadOnlySpan<T> values) where T : unmanaged
    {
        if (layout.IsPacked)
        {
            values.CopyTo(new Span<T>((T*)output, values.Length));
            return;
        }

        fixed (T* source = values) Copy<T>(Loop.Over(layout, layout.AsPacked()), output, (nint)source);
    }

    /// <summary>Elements with any strides as values in row-major order.</summary>
    public static void Read<T>(in Layout layout, nint input, Span<T> values) where T : unmanaged
    {
        fixed (T* destination = values) Copy<T>(Loop.Over(layout.AsPacked(), layout), (nint)destination, input);
    }

    public static T Element<T>(nint input, long offset) where T : unmanaged => ((T*)input)[offset];

    public static void Fill<T>(nint output, long count, T value) where T : unmanaged
    {
        for (long done = 0; done < count;)
        {
            int part = (int)Math.Min(count - done, 1 << 30);
            new Span<T>((T*)output + done, part).Fill(value);
            done += part;
        }
    }

    /// <summary>out = a > b, as one byte of 0 or 1 an element.</summary>
    public static void Greater(in Loop loop, nint output, nint a, nint b)
    {
        for (int l = 0; l < loop.Sizes[3]; l++)
        {
            for (int k = 0; k < loop.Sizes[2]; k++)
            {
                for (int j = 0; j < loop.Sizes[1]; j++)
                {
                    byte* o = (byte*)output + (long)l * loop.Out[3] + (long)k * loop.Out[2] + (long)j * loop.Out[1];
                    float* x = (float*)a + (long)l * loop.A[3] + (long)k * loop.A[2] + (long)j * loop.A[1];
                    float* y = (float*)b + (long)l * loop.B[3] + (long)k * loop.B[2] + (long)j * loop.B[1];
                    for (int i = 0; i < loop.Sizes[0]; i++) o[(long)i * loop.Out[0]] = x[(long)i * loop.A[0]] > y[(long)i * loop.B[0]] ? (byte)1 : (byte)0;
                }
            }
        }
    }

    /// <summary>out (+)= a where the condition's byte equals <paramref name="when"/>; elsewhere out is left as it is.</summary>
    public static void Where(in Loop loop, nint output, nint condition, nint a, bool when, bool accumulate)
    {
        for (int l = 0; l < loop.Sizes[3]; l++)
        {
            for (int k = 0; k < loop.Sizes[2]; k++)
            {
                for (int j = 0; j < loop.Sizes[1]; j++)
                {
                    float* o = (float*)output + (long)l * loop.Out[3] + (long)k * loop.Out[2] + (long)j * loop.Out[1];
                    byte* c = (byte*)condition + (long)l * loop.A[3] + (long)k * loop.A[2] + (long)j * loop.A[1];
                    float* x = (float*)a + (long)l * loop.B[3] + (long)k * loop.B[2] + (long)j * loop.B[1];
                    for (int i = 0; i < loop.Sizes[0]; i++)
                    {
                        if (c[(long)i * loop.A[0]] != 0 != when) continue;
                        float* at = o + (long)i * loop.Out[0];
                        *at = accumulate ? *at + x[(long)i * loop.B[0]] : x[(long)i * loop.B[0]];
                    }
                }
            }
        }
    }

    /// <summary>out[i] (+)= in[offset(i)] over n elements; used by gathers, whose offsets are any.</summary>
    public static void Add(nint output, long at, nint input, long from) => ((float*)output)[at] += ((float*)input)[from];

    public static void Set<T>(nint output, long at, T value) where T : unmanaged => ((T*)output)[at] = value;
}
