using static TorchSharp.torch;
#if TORCH_MANAGED
using FairMedl.Torch.Engine;
using FairMedl.Torch.Kernels;
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
        Strided.Set(y.address, 0, (float)workspace.Kernel.GaussianKl(mu.address, rho.address, (int)mu.layout.Count, (float)priorSd));
        if (workspace.Needs(mu) || workspace.Needs(rho)) workspace.Record(Operation.GaussianKl, y, mu, rho).P = (float)priorSd;
        return y;
#else
        return Composed.GaussianKl(mu, rho, priorSd);
#endif
    }

#if TORCH_MANAGED
    /// <summary>dKL/dmu = mu / prior^2, dKL/drho = (sigma / prior^2 - 1 / sigma) sigmoid(rho).</summary>
    internal static void GaussianKlBackward(Workspace workspace, in Record record)
    {
        Tensor mu = record.A!, rho = record.B!;
        float g = Strided.Element<float>(record.Output.gradient, 0);
        bool addMu = false, addRho = false;
        nint toMu = workspace.Wants(mu) ? mu.Receive(workspace, out addMu) : 0, toRho = workspace.Wants(rho) ? rho.Receive(workspace, out addRho) : 0;
        workspace.Kernel.GaussianKlGradient(mu.address, rho.address, (int)mu.layout.Count, record.P, g, toMu, addMu, toRho, addRho);
    }
#endif
}

public static partial class Composed
{
    /// <inheritdoc cref="Fused.GaussianKl"/>
    public static Tensor GaussianKl(Tensor mu, Tensor rho, double priorSd)
    {
        if (!mu.shape.SequenceEqual(rho.shape)) throw new ArgumentException($"mu {Named(mu)} and rho {Named(rho)} need one shape.");
        Tensor sigma = nn.functional.softplus(rho) + 1e-5f;
        Tensor each = (sigma.square() + mu.square()) * (float)(0.5 / (priorSd * priorSd)) - 0.5f - (sigma * (float)(1 / priorSd)).log();
        return each.sum();
    }
}
