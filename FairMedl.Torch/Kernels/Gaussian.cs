namespace FairMedl.Torch.Kernels;

internal abstract unsafe partial class Kernel
{
    /// <summary>What is added to softplus so that no standard deviation is 0.</summary>
    public const float SmallestDeviation = 1e-5f;

    /// <summary>y = mu + (1e-5 + softplus(rho)) noise, over n packed elements.</summary>
    public abstract void Reparameterise(nint mu, nint rho, nint noise, nint y, int n);

    /// <summary>rhoGradient (+)= g noise sigmoid(rho).</summary>
    public abstract void ReparameteriseGradient(nint rho, nint noise, nint g, nint rhoGradient, int n, bool accumulate);

    /// <summary>The sum of ln(prior / sigma) + (sigma^2 + mu^2) / (2 prior^2) - 1/2, with sigma = 1e-5 + softplus(rho).</summary>
    public abstract double GaussianKl(nint mu, nint rho, int n, float prior);

    /// <summary>scale times the derivatives of the Kullback-Leibler divergence by mu and by rho; 0 for one not wanted.</summary>
    public abstract void GaussianKlGradient(nint mu, nint rho, int n, float prior, float scale, nint muGradient, bool accumulateMu, nint rhoGradient, bool accumulateRho);
}

internal sealed unsafe partial class Kernel<V>
{
    public override void Reparameterise(nint mu, nint rho, nint noise, nint y, int n)
    {
        int i = 0;
        for (; i <= n - V.Width; i += V.Width) Reparameterise<V>((float*)mu + i, (float*)rho + i, (float*)noise + i, (float*)y + i);
        for (; i < n; i++) Reparameterise<Lanes1>((float*)mu + i, (float*)rho + i, (float*)noise + i, (float*)y + i);
    }

    public override void ReparameteriseGradient(nint rho, nint noise, nint g, nint rhoGradient, int n, bool accumulate)
    {
        int i = 0;
        for (; i <= n - V.Width; i += V.Width) ReparameteriseGradient<V>((float*)rho + i, (float*)noise + i, (float*)g + i, (float*)rhoGradient + i, accumulate);
        for (; i < n; i++) ReparameteriseGradient<Lanes1>((float*)rho + i, (float*)noise + i, (float*)g + i, (float*)rhoGradient + i, accumulate);
    }

    public override double GaussianKl(nint mu, nint rho, int n, float prior)
    {
        double total = 0;
        int i = 0;
        for (; i <= n - V.Width; i += V.Width) total += GaussianKl<V>((float*)mu + i, (float*)rho + i, prior);
        for (; i < n; i++) total += GaussianKl<Lanes1>((float*)mu + i, (float*)rho + i, prior);
        return total;
    }

    public override void GaussianKlGradient(nint mu, nint rho, int n, float prior, float scale, nint muGradient, bool accumulateMu, nint rhoGradient, bool accumulateRho)
    {
        float inverse = 1 / (prior * prior);
        if (muGradient != 0)
        {
            int i = 0;
            float factor = scale * inverse;
            for (; i <= n - V.Width; i += V.Width) Add((float*)muGradient + i, V.Load((float*)mu + i) * V.Create(factor), accumulateMu);
            for (; i < n; i++) Add((float*)muGradient + i, Lanes1.Load((float*)mu + i) * Lanes1.Create(factor), accumulateMu);
        }

        if (rhoGradient != 0)
        {
            int i = 0;
            for (; i <= n - V.Width; i += V.Width) GaussianKlGradient<V>((float*)rho + i, inverse, scale, (float*)rhoGradient + i, accumulateRho);
            for (; i < n; i++) GaussianKlGradient<Lanes1>((float*)rho + i, inverse, scale, (float*)rhoGradient + i, accumulateRho);
        }
    }

    private static void Reparameterise<T>(float* mu, float* rho, float* noise, float* y) where T : unmanaged, ILanes<T> =>
        T.Store(y, T.FusedMultiplyAdd(Deviation(T.Load(rho)), T.Load(noise), T.Load(mu)));

    private static void ReparameteriseGradient<T>(float* rho, float* noise, float* g, float* rhoGradient, bool accumulate) where T : unmanaged, ILanes<T> =>
        Add(rhoGradient, T.Load(g) * T.Load(noise) * Transcendental.Sigmoid(T.Load(rho)), accumulate);

    private static float GaussianKl<T>(float* mu, float* rho, float prior) where T : unmanaged, ILanes<T>
    {
        T sigma = Deviation(T.Load(rho)), m = T.Load(mu);
        T squares = T.FusedMultiplyAdd(sigma, sigma, m * m) * T.Create(0.5f / (prior * prior));
        return T.Sum(squares - T.Create(0.5f) - Transcendental.Log(sigma * T.Create(1 / prior)));
    }

    private static void GaussianKlGradient<T>(float* rho, float inverse, float scale, float* rhoGradient, bool accumulate) where T : unmanaged, ILanes<T>
    {
        T r = T.Load(rho), sigma = Deviation(r);
        T slope = sigma * T.Create(inverse) - T.Create(1f) / sigma;
        Add(rhoGradient, T.Create(scale) * slope * Transcendental.Sigmoid(r), accumulate);
    }

    private static T Deviation<T>(T rho) where T : unmanaged, ILanes<T> => T.Create(SmallestDeviation) + Transcendental.Softplus(rho);

    private static void Add<T>(float* at, T value, bool accumulate) where T : unmanaged, ILanes<T> =>
        T.Store(at, accumulate ? T.Load(at) + value : value);
}
