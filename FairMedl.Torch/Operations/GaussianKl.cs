using static TorchSharp.torch;
#if TORCH_MANAGED
using FairMedl.Torch.Engine;
using FairMedl.Torch.Kernels;
#else
using TorchSharp;
#endif

namespace FairMedl.Torch;

public static partial class Fused
{
    /// <summary>
    /// KL(N(mu, sigma^2) || N(0, prior^2)) in nats, in closed form and summed over the elements:
    /// ln(prior / sigma) + (sigma^2 + mu^2) / (2 prior^2) - 1/2, with sigma = 1e-5 + softplus(rho). 0 means that the
    /// posterior is the prior.
    /// </summary>
    /// <exception cref="ArgumentException">The shapes differ; they are named.</exception>
    public static Tensor GaussianKl(Tensor mu, Tensor rho, double priorSd)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(priorSd);
#if TORCH_MANAGED
        Workspace workspace = Workspace.Current;
        mu.Float();
        rho.Float();
        if (!mu.layout.IsPacked || !rho.layout.Equals(mu.layout)) return Composed.GaussianKl(mu, rho, priorSd);
        Tensor y = workspace.Make(default);
        bool needs = workspace.Needs(mu) || workspace.Needs(rho);
        int n = (int)mu.layout.Count;
        Storage? keeper = null;
        nint slopes = needs ? workspace.Allocate(2L * n * sizeof(float), out keeper) : 0, rhoSlopes = needs ? slopes + (nint)n * sizeof(float) : 0;
        Strided.Set(y.address, 0, (float)workspace.Kernel.GaussianKl(mu.address, rho.address, n, (float)priorSd, slopes, rhoSlopes));
        if (!needs) return y;
        ref Record record = ref workspace.Record(GaussianKlOperation, y, mu, rho);
        record.Saved = slopes;
        record.Keeper = keeper;
        record.Version = int.MinValue;
        return y;
#else
        Composed.CheckShapes(mu, rho);
        double half = 0.5 / (priorSd * priorSd);
        using Scalar negativeHalf = (-half).ToScalar(), rest = (mu.numel() * (Math.Log(priorSd) - 0.5)).ToScalar();
        Tensor sigma = Composed.Sigma(rho);
        Tensor each = sigma.log().addcmul(sigma, sigma, negativeHalf).addcmul(mu, mu, negativeHalf);
        return each.sum().neg().add(rest, Arithmetic.One);
#endif
    }

#if TORCH_MANAGED
    /// <summary>The divergence of N(A, (1e-5 + softplus(B))^2) from a prior; both derivatives are saved.</summary>
    private static readonly Operation GaussianKlOperation = new("Gaussian divergence", GaussianKlBackward);

    /// <summary>dKL/dmu = mu / prior^2, dKL/drho = (sigma / prior^2 - 1 / sigma) sigmoid(rho), as forward left them.</summary>
    private static void GaussianKlBackward(Workspace workspace, in Record record)
    {
        float g = Strided.Element<float>(record.Output.gradient, 0);
        Layout layout = record.A!.layout;
        Backward.Flow(workspace, record.A, record.Saved, layout, g);
        Backward.Flow(workspace, record.B!, record.Saved + (nint)layout.Count * sizeof(float), layout, g);
    }
#endif
}

public static partial class Composed
{
    /// <inheritdoc cref="Fused.GaussianKl"/>
    public static Tensor GaussianKl(Tensor mu, Tensor rho, double priorSd)
    {
        CheckShapes(mu, rho);
        Tensor sigma = Sigma(rho);
        Tensor each = sigma.Squared().Plus(mu.Squared()).Times((float)(0.5 / (priorSd * priorSd))).Plus(-0.5f) - sigma.Times((float)(1 / priorSd)).log();
        return each.sum();
    }

    internal static void CheckShapes(Tensor mu, Tensor rho)
    {
        if (!mu.shape.SequenceEqual(rho.shape)) throw new ArgumentException($"mu {Named(mu)} and rho {Named(rho)} need one shape.");
    }
}
