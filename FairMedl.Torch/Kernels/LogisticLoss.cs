using System.Runtime.CompilerServices;

namespace FairMedl.Torch.Kernels;

internal abstract unsafe partial class Kernel
{
    /// <summary>
    /// The sum over n elements of w (ln(1 + e^l) - l y), and where asked scale w (sigmoid(l) - y).
    /// Weights of 0 mean all ones; a gradient of 0 is not wanted.
    /// </summary>
    public abstract double LogisticLoss(nint logits, nint y, nint weights, int n, float scale, nint gradient);
}

internal sealed unsafe partial class Kernel<V>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double LogisticLoss(nint logits, nint y, nint weights, int n, float scale, nint gradient)
    {
        double total = 0;
        int i = 0;
        for (; i <= n - V.Width; i += V.Width) total += LogisticLoss<V>((float*)logits + i, (float*)y + i, weights == 0 ? null : (float*)weights + i, scale, gradient == 0 ? null : (float*)gradient + i);
        for (; i < n; i++) total += LogisticLoss<Lanes1>((float*)logits + i, (float*)y + i, weights == 0 ? null : (float*)weights + i, scale, gradient == 0 ? null : (float*)gradient + i);
        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float LogisticLoss<T>(float* logits, float* target, float* weights, float scale, float* gradient) where T : unmanaged, ILanes<T>
    {
        T l = T.Load(logits), y = T.Load(target), softplus = Transcendental.Softplus(l, out T p);
        T w = weights == null ? T.Create(1f) : T.Load(weights);
        if (gradient != null) T.Store(gradient, T.Create(scale) * w * (p - y));
        return T.Sum(w * (softplus - l * y));
    }
}
