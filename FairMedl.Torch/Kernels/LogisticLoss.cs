namespace FairMedl.Torch.Kernels;

internal abstract unsafe partial class Kernel
{
    /// <summary>
    /// The sum over n elements of w (max(l, 0) - l y + ln(1 + e^-|l|)), and where asked scale w (sigmoid(l) - y).
    /// Weights of 0 mean all ones; a gradient of 0 is not wanted.
    /// </summary>
    public abstract double LogisticLoss(nint logits, nint y, nint weights, int n, float scale, nint gradient);
}

internal sealed unsafe partial class Kernel<V>
{
    public override double LogisticLoss(nint logits, nint y, nint weights, int n, float scale, nint gradient)
    {
        double total = 0;
        int i = 0;
        for (; i <= n - V.Width; i += V.Width) total += LogisticLoss<V>((float*)logits + i, (float*)y + i, weights == 0 ? null : (float*)weights + i, scale, gradient == 0 ? null : (float*)gradient + i);
        for (; i < n; i++) total += LogisticLoss<Lanes1>((float*)logits + i, (float*)y + i, weights == 0 ? null : (float*)weights + i, scale, gradient == 0 ? null : (float*)gradient + i);
        return total;
    }

    private static float LogisticLoss<T>(float* logits, float* y, float* weights, float scale, float* gradient) where T : unmanaged, ILanes<T>
    {
        T one = T.Create(1f), zero = T.Create(0f), l = T.Load(logits), t = T.Load(y), w = weights == null ? one : T.Load(weights);
        T u = Transcendental.Exp(-T.Abs(l));
        if (gradient != null)
        {
            T high = one / (one + u), p = T.Select(T.GreaterThan(zero, l), u * high, high);
            T.Store(gradient, T.Create(scale) * w * (p - t));
        }

        return T.Sum(w * (T.Max(zero, l) - l * t + Transcendental.Log1p(u)));
    }
}
