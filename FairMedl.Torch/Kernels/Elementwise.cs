using System.Runtime.CompilerServices;

namespace FairMedl.Torch.Kernels;

/// <summary>What an element-wise operation computes, and its derivative, for any vector width.</summary>
internal interface IUnary
{
    /// <summary>y(x); p and q are the operation's constants.</summary>
    static abstract V Forward<V>(V x, V p, V q) where V : unmanaged, ILanes<V>;

    /// <summary>dy/dx at x, where y is the result.</summary>
    static abstract V Derivative<V>(V x, V y, V p, V q) where V : unmanaged, ILanes<V>;
}

/// <summary>What an operation of two operands computes.</summary>
internal interface IBinary
{
    static abstract V Apply<V>(V a, V b) where V : unmanaged, ILanes<V>;
}

internal enum Binary : byte
{
    Add,
    Subtract,
    Multiply,
    Divide,
}

internal abstract unsafe partial class Kernel
{
    /// <summary>Computes out = y(a).</summary>
    public abstract void Map(Unary unary, in Loop loop, nint output, nint a, float p, float q);

    /// <summary>out (+)= dy/dx(a) * g, where y is a's result and g the gradient of the result, both laid out as B.</summary>
    public abstract void MapGradient(Unary unary, in Loop loop, nint output, nint a, nint y, nint g, float p, float q, bool accumulate);

    /// <summary>out (+)= a op b.</summary>
    public abstract void Combine(Binary binary, in Loop loop, nint output, nint a, nint b, bool accumulate);

    /// <summary>Computes out += scale * (sum of a over the dimensions in which out has stride 0).</summary>
    public abstract void Sum(in Loop loop, nint output, nint a, float scale);

    /// <summary>Computes out = scale * a, or out += scale * a; out must not have stride 0.</summary>
    public abstract void Flow(in Loop loop, nint output, nint a, float scale, bool accumulate);
}

internal sealed unsafe partial class Kernel<V>
{
    private const int Block = 1024;

    public override void Combine(Binary binary, in Loop loop, nint output, nint a, nint b, bool accumulate)
    {
        switch (binary)
        {
            case Binary.Add: Combine<Sum2>(loop, (float*)output, (float*)a, (float*)b, accumulate); break;
            case Binary.Subtract: Combine<Difference>(loop, (float*)output, (float*)a, (float*)b, accumulate); break;
            case Binary.Multiply: Combine<Product2>(loop, (float*)output, (float*)a, (float*)b, accumulate); break;
            case Binary.Divide: Combine<Quotient>(loop, (float*)output, (float*)a, (float*)b, accumulate); break;
        }
    }

    public override void Flow(in Loop loop, nint output, nint a, float scale, bool accumulate)
    {
        if (accumulate || scale != 1)
        {
            Loop scaled = loop;
            scaled.B = default;
            Combine<Product2>(scaled, (float*)output, (float*)a, &scale, accumulate);
        }
        else
        {
            Strided.Copy<float>(loop, output, a);
        }
    }

    public override void Sum(in Loop loop, nint output, nint a, float scale)
    {
        for (int k = 0; k < loop.Sizes[3]; k++)
        {
            for (int j = 0; j < loop.Sizes[2]; j++)
            {
                float* o = (float*)output + (long)k * loop.Out[3] + (long)j * loop.Out[2], x = (float*)a + (long)k * loop.A[3] + (long)j * loop.A[2];
                for (int i = 0; i < loop.Sizes[1]; i++, o += loop.Out[1], x += loop.A[1])
                {
                    if (loop.Out[0] == 0) *o += (float)(scale * SumOf(x, loop.A[0], loop.Sizes[0]));
                    else CombineRow<Product2>(o, loop.Out[0], x, loop.A[0], &scale, 0, loop.Sizes[0], true);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Map<T>(in Loop loop, float* output, float* a, float p, float q) where T : IUnary
    {
        int n = loop.Sizes[0], so = loop.Out[0], sa = loop.A[0];
        for (int k = 0; k < loop.Sizes[3]; k++)
        {
            for (int j = 0; j < loop.Sizes[2]; j++)
            {
                float* o = output + (long)k * loop.Out[3] + (long)j * loop.Out[2], x = a + (long)k * loop.A[3] + (long)j * loop.A[2];
                for (int i = 0; i < loop.Sizes[1]; i++, o += loop.Out[1], x += loop.A[1])
                {
                    int r = 0;
                    if (so == 1 && sa == 1)
                    {
                        V vp = V.Create(p), vq = V.Create(q);
                        for (; r <= n - V.Width; r += V.Width) V.Store(o + r, T.Forward(V.Load(x + r), vp, vq));
                    }

                    Lanes1 sp = Lanes1.Create(p), sq = Lanes1.Create(q);
                    for (; r < n; r++) Lanes1.Store(o + (long)r * so, T.Forward(Lanes1.Load(x + (long)r * sa), sp, sq));
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MapGradient<T>(in Loop loop, float* output, float* a, float* y, float* g, float p, float q, bool accumulate) where T : IUnary
    {
        int n = loop.Sizes[0], so = loop.Out[0], sa = loop.A[0], sb = loop.B[0];
        for (int k = 0; k < loop.Sizes[3]; k++)
        {
            for (int j = 0; j < loop.Sizes[2]; j++)
            {
                float* o = output + (long)k * loop.Out[3] + (long)j * loop.Out[2], x = a + (long)k * loop.A[3] + (long)j * loop.A[2];
                long offset = (long)k * loop.B[3] + (long)j * loop.B[2];
                for (int i = 0; i < loop.Sizes[1]; i++, o += loop.Out[1], x += loop.A[1], offset += loop.B[1])
                {
                    float* yi = y + offset, gi = g + offset;
                    int r = 0;
                    if (so == 1 && sa == 1 && sb == 1)
                    {
                        V vp = V.Create(p), vq = V.Create(q);
                        for (; r <= n - V.Width; r += V.Width)
                        {
                            V d = T.Derivative(V.Load(x + r), V.Load(yi + r), vp, vq) * V.Load(gi + r);
                            V.Store(o + r, accumulate ? V.Load(o + r) + d : d);
                        }
                    }

                    Lanes1 sp = Lanes1.Create(p), sq = Lanes1.Create(q);
                    for (; r < n; r++)
                    {
                        float* at = o + (long)r * so;
                        Lanes1 d = T.Derivative(Lanes1.Load(x + (long)r * sa), Lanes1.Load(yi + (long)r * sb), sp, sq) * Lanes1.Load(gi + (long)r * sb);
                        Lanes1.Store(at, accumulate ? Lanes1.Load(at) + d : d);
                    }
                }
            }
        }
    }

    private static void Combine<T>(in Loop loop, float* output, float* a, float* b, bool accumulate) where T : IBinary
    {
        for (int k = 0; k < loop.Sizes[3]; k++)
        {
            for (int j = 0; j < loop.Sizes[2]; j++)
            {
                float* o = output + (long)k * loop.Out[3] + (long)j * loop.Out[2];
                float* x = a + (long)k * loop.A[3] + (long)j * loop.A[2], y = b + (long)k * loop.B[3] + (long)j * loop.B[2];
                for (int i = 0; i < loop.Sizes[1]; i++, o += loop.Out[1], x += loop.A[1], y += loop.B[1])
                    CombineRow<T>(o, loop.Out[0], x, loop.A[0], y, loop.B[0], loop.Sizes[0], accumulate);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CombineRow<T>(float* o, int so, float* x, int sx, float* y, int sy, int n, bool accumulate) where T : IBinary
    {
        int r = 0;
        if (so == 1 && sx == 1 && sy == 1)
        {
            for (; r <= n - V.Width; r += V.Width)
            {
                V v = T.Apply(V.Load(x + r), V.Load(y + r));
                V.Store(o + r, accumulate ? V.Load(o + r) + v : v);
            }
        }
        else if (so == 1 && sx == 1 && sy == 0)
        {
            V vy = V.Create(*y);
            for (; r <= n - V.Width; r += V.Width)
            {
                V v = T.Apply(V.Load(x + r), vy);
                V.Store(o + r, accumulate ? V.Load(o + r) + v : v);
            }
        }
        else if (so == 1 && sx == 0 && sy == 1)
        {
            V vx = V.Create(*x);
            for (; r <= n - V.Width; r += V.Width)
            {
                V v = T.Apply(vx, V.Load(y + r));
                V.Store(o + r, accumulate ? V.Load(o + r) + v : v);
            }
        }

        for (; r < n; r++)
        {
            float* at = o + (long)r * so;
            Lanes1 v = T.Apply(Lanes1.Load(x + (long)r * sx), Lanes1.Load(y + (long)r * sy));
            Lanes1.Store(at, accumulate ? Lanes1.Load(at) + v : v);
        }
    }

    /// <summary>A sum in blocks: floats inside a block, double over the blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SumOf(float* x, int stride, int n)
    {
        double total = 0;
        if (stride != 1)
        {
            for (int r = 0; r < n; r++) total += x[(long)r * stride];
            return total;
        }

        for (int start = 0; start < n; start += Block)
        {
            int end = Math.Min(n, start + Block), r = start;
            V s0 = default, s1 = default, s2 = default, s3 = default;
            for (; r <= end - 4 * V.Width; r += 4 * V.Width)
            {
                s0 += V.Load(x + r);
                s1 += V.Load(x + r + V.Width);
                s2 += V.Load(x + r + 2 * V.Width);
                s3 += V.Load(x + r + 3 * V.Width);
            }

            for (; r <= end - V.Width; r += V.Width) s0 += V.Load(x + r);
            float tail = 0;
            for (; r < end; r++) tail += x[r];
            total += V.Sum((s0 + s1) + (s2 + s3)) + tail;
        }

        return total;
    }

    private readonly struct Sum2 : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Apply<T>(T a, T b) where T : unmanaged, ILanes<T> => a + b;
    }

    private readonly struct Difference : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Apply<T>(T a, T b) where T : unmanaged, ILanes<T> => a - b;
    }

    private readonly struct Product2 : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Apply<T>(T a, T b) where T : unmanaged, ILanes<T> => a * b;
    }

    private readonly struct Quotient : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Apply<T>(T a, T b) where T : unmanaged, ILanes<T> => a / b;
    }
}
