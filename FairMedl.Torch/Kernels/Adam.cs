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
        for (; i <= n - V.Width; i += V.Width) Adam<V>((float*)weights + i, (float*)gradient + i, (float*)first + i, (float*)second + i, task);
        for (; i < n; i++) Adam<Lanes1>((float*)weights + i, (float*)gradient + i, (float*)first + i, (float*)second + i, task);
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
                sum = V.FusedMultiplyAdd(v, v, sum);
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
    private static void Adam<T>(float* weights, float* gradient, float* first, float* second, in AdamTask task) where T : unmanaged, ILanes<T>
    {
        T w = T.Load(weights), g = T.FusedMultiplyAdd(T.Create(task.WeightDecay), w, T.Load(gradient));
        T m = T.Load(first), v = T.Load(second);
        m = T.FusedMultiplyAdd(T.Create(task.NewShare1), g - m, m);
        v = T.FusedMultiplyAdd(T.Create(task.NewShare2), g * g - v, v);
        T.Store(first, m);
        T.Store(second, v);
        T scale = T.FusedMultiplyAdd(T.Sqrt(v), T.Create(task.InverseRootCorrection2), T.Create(task.Epsilon));
        T.Store(weights, w - T.Create(task.StepSize) * m / scale);
    }
}
