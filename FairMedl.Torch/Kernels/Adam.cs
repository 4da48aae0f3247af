using System.Runtime.CompilerServices;

namespace FairMedl.Torch.Kernels;

/// <summary>The constants of one Adam step.</summary>
internal readonly record struct AdamTask(float StepSize, float NewShare1, float NewShare2, float Epsilon, float WeightDecay, float InverseRootCorrection2);

internal abstract unsafe partial class Kernel
{
    /// <summary>
    /// m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2; w -= step m / (sqrt(v) / sqrt(1 - b2^t) + eps), with g = gradient + decay w
    /// and step = lr / (1 - b1^t).
    /// </summary>
    public abstract void Adam(nint weights, nint gradient, nint first, nint second, int n, in AdamTask task);

    /// <summary>The sum of squares of n packed elements.</summary>
    public abstract double SumOfSquares(nint x, int n);

    /// <summary>x *= factor, over n packed elements.</summary>
    public abstract void Scale(nint x, int n, float factor);
}

internal sealed unsafe partial class Kernel<V>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Adam(nint weights, nint gradient, nint first, nint second, int n, in AdamTask task)
    {
        int i = 0;
        for (; i <= n - V.Width; i += V.Width) Adam((float*)weights + i, (float*)gradient + i, (float*)first + i, (float*)second + i, task);
        if (i < n) AdamTail((float*)weights + i, (float*)gradient + i, (float*)first + i, (float*)second + i, n - i, task);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double SumOfSquares(nint x, int n)
    {
        double total = 0;
        float* at = (float*)x;
        for (int start = 0; start < n; start += Block)
        {
            int end = Math.Min(n, start + Block), i = start;
            V sum = default;
            for (; i <= end - V.Width; i += V.Width)
            {
                V v = V.Load(at + i);
                V.AddProduct(ref sum, v, v);
            }

            float tail = 0;
            for (; i < end; i++) tail += at[i] * at[i];
            total += V.Sum(sum) + tail;
        }

        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Scale(nint x, int n, float factor)
    {
        int i = 0;
        float* at = (float*)x;
        V scale = V.Create(factor);
        for (; i <= n - V.Width; i += V.Width) V.Store(at + i, V.Load(at + i) * scale);
        for (; i < n; i++) at[i] *= factor;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Adam(float* weights, float* gradient, float* first, float* second, in AdamTask task)
    {
        V w = V.Load(weights), g = V.FusedMultiplyAdd(V.Create(task.WeightDecay), w, V.Load(gradient));
        V m = V.Load(first), v = V.Load(second);
        V.AddProduct(ref m, V.Create(task.NewShare1), g - m);
        V.AddProduct(ref v, V.Create(task.NewShare2), g * g - v);
        V.Store(first, m);
        V.Store(second, v);
        V scale = V.FusedMultiplyAdd(V.Sqrt(v), V.Create(task.InverseRootCorrection2), V.Create(task.Epsilon));
        V.Store(weights, w - V.Create(task.StepSize) * m / scale);
    }

    /// <summary>
    /// Updates the last elements (all of a small parameter) in one vector, on copies, because the memory behind them may belong
    /// to another tensor.
    /// </summary>
    [SkipLocalsInit]
    private static void AdamTail(float* weights, float* gradient, float* first, float* second, int n, in AdamTask task)
    {
        float* copy = stackalloc float[4 * Layout.Line];
        float* w = copy, g = copy + Layout.Line, m = g + Layout.Line, v = m + Layout.Line;
        V.Store(w, V.Load(weights));
        V.Store(g, V.And(V.First(n), V.Load(gradient)));
        V.Store(m, V.And(V.First(n), V.Load(first)));
        V.Store(v, V.And(V.First(n), V.Load(second)));
        Adam(w, g, m, v, task);
        for (int i = 0; i < n; i++) (weights[i], first[i], second[i]) = (w[i], m[i], v[i]);
    }
}
