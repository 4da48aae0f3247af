using System.Runtime.CompilerServices;

namespace FairMedl.Torch.Kernels;

internal abstract unsafe partial class Kernel
{
    /// <summary>What is added to softplus so that no standard deviation is 0.</summary>
    public const float SmallestDeviation = 1e-5f;

    /// <summary>y = mu + sigma noise with sigma = 1e-5 + softplus(rho), over n packed elements; dy/drho too, unless its address is 0.</summary>
    public abstract void Reparameterise(nint mu, nint rho, nint noise, nint y, nint slope, int n);

    /// <summary>
    /// The sum over n packed elements of ln(prior / sigma) + (sigma^2 + mu^2) / (2 prior^2) - 1/2, with sigma = 1e-5 + softplus(rho);
    /// its derivatives by mu and by rho too, unless their addresses are 0.
    /// </summary>
    public abstract double GaussianKl(nint mu, nint rho, int n, float prior, nint muSlope, nint rhoSlope);
}

internal sealed unsafe partial class Kernel<V>
{
    private const int Deviations = 256;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Reparameterise(nint mu, nint rho, nint noise, nint y, nint slope, int n)
    {
        int i = 0;
        for (; i <= n - V.Width; i += V.Width) Reparameterise<V>((float*)mu + i, (float*)rho + i, (float*)noise + i, (float*)y + i, slope == 0 ? null : (float*)slope + i);
        for (; i < n; i++) Reparameterise<Lanes1>((float*)mu + i, (float*)rho + i, (float*)noise + i, (float*)y + i, slope == 0 ? null : (float*)slope + i);
    }

    /// <summary>In two passes over blocks: each is short enough for the processor to overlap several vectors.</summary>
    [SkipLocalsInit]
    public override double GaussianKl(nint mu, nint rho, int n, float prior, nint muSlope, nint rhoSlope)
    {
        float* sigma = stackalloc float[2 * Deviations], derivative = sigma + Deviations;
        double total = 0;
        for (int start = 0; start < n; start += Deviations)
        {
            int length = Math.Min(Deviations, n - start);
            Deviation((float*)rho + start, length, sigma, derivative);
            total += Divergence(
                (float*)mu + start, length, 1 / prior, sigma, derivative, muSlope == 0 ? null : (float*)muSlope + start, rhoSlope == 0 ? null : (float*)rhoSlope + start);
        }

        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Deviation(float* rho, int n, float* sigma, float* derivative)
    {
        int i = 0;
        for (; i <= n - V.Width; i += V.Width)
        {
            V.Store(sigma + i, V.Create(SmallestDeviation) + Transcendental.Softplus(V.Load(rho + i), out V slope));
            V.Store(derivative + i, slope);
        }

        for (; i < n; i++)
        {
            Lanes1.Store(sigma + i, Lanes1.Create(SmallestDeviation) + Transcendental.Softplus(Lanes1.Load(rho + i), out Lanes1 slope));
            Lanes1.Store(derivative + i, slope);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Divergence(float* mu, int n, float inverse, float* sigma, float* derivative, float* muSlope, float* rhoSlope)
    {
        V sum = default;
        float tail = 0;
        int i = 0;
        for (; i <= n - V.Width; i += V.Width) sum += Divergence<V>(mu + i, inverse, sigma + i, derivative + i, muSlope == null ? null : muSlope + i, rhoSlope == null ? null : rhoSlope + i);
        for (; i < n; i++)
            tail += Lanes1.Sum(Divergence<Lanes1>(mu + i, inverse, sigma + i, derivative + i, muSlope == null ? null : muSlope + i, rhoSlope == null ? null : rhoSlope + i));
        return V.Sum(sum) + (double)tail;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Reparameterise<T>(float* mu, float* rho, float* noise, float* y, float* slope) where T : unmanaged, ILanes<T>
    {
        T sigma = T.Create(SmallestDeviation) + Transcendental.Softplus(T.Load(rho), out T derivative), e = T.Load(noise);
        T.Store(y, T.FusedMultiplyAdd(sigma, e, T.Load(mu)));
        if (slope != null) T.Store(slope, e * derivative);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Divergence<T>(float* mu, float inverse, float* sigma, float* derivative, float* muSlope, float* rhoSlope) where T : unmanaged, ILanes<T>
    {
        T s = T.Load(sigma), square = T.Create(inverse * inverse), m = T.Load(mu);
        if (muSlope != null) T.Store(muSlope, m * square);
        if (rhoSlope != null) T.Store(rhoSlope, T.Load(derivative) * (s * square - T.Create(1f) / s));
        T squares = T.FusedMultiplyAdd(s, s, m * m) * square;
        return (squares - T.Create(1f)) * T.Create(0.5f) - T.Log(s * T.Create(inverse));
    }
}
