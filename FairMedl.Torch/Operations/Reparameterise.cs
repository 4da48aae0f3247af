using static TorchSharp.torch;
#if TORCH_MANAGED
using FairMedl.Torch.Engine;
using FairMedl.Torch.Kernels;
#endif

namespace FairMedl.Torch;

public static partial class Fused
{
    /// <summary>A draw of N(mu, sigma^2) as mu + sigma noise, with sigma = 1e-5 + softplus(rho); all of one shape.</summary>
    /// <exception cref="ArgumentException">The shapes differ; they are named.</exception>
    public static Tensor Reparameterise(Tensor mu, Tensor rho, Tensor noise)
    {
#if TORCH_MANAGED
        Workspace workspace = Workspace.Current;
        mu.Float();
        rho.Float();
        noise.Float();
        bool packed = mu.layout.IsPacked && rho.layout.Equals(mu.layout) && noise.layout.SameSizes(mu.layout) && !workspace.Needs(noise);
        if (!packed) return Composed.Reparameterise(mu, rho, noise);
        if (!noise.layout.IsPacked) noise = Copying.Reordered(noise, mu.layout);
        Tensor y = workspace.Make(mu.layout);
        Storage? keeper = null;
        nint slope = workspace.Needs(rho) ? workspace.Allocate(mu.layout.Extent * sizeof(float), out keeper) : 0;
        workspace.Kernel.Reparameterise(mu.address, rho.address, noise.address, y.address, slope, (int)mu.layout.Count);
        if (!workspace.Needs(mu) && !workspace.Needs(rho)) return y;
        ref Record record = ref workspace.Record(ReparameteriseOperation, y, mu, rho);
        record.Saved = slope;
        record.Keeper = keeper;
        record.Version = int.MinValue;
        return y;
#else
        Composed.CheckShapes(mu, rho, noise);
        return mu.addcmul(Composed.Sigma(rho), noise, Arithmetic.One);
#endif
    }

#if TORCH_MANAGED
    /// <summary>A + (1e-5 + softplus(B)) noise; the derivative by B is saved.</summary>
    private static readonly Operation ReparameteriseOperation = new("reparameterise", ReparameteriseBackward);

    /// <summary>dL/dmu = g, dL/drho = g noise sigmoid(rho), of which forward left all but g.</summary>
    private static void ReparameteriseBackward(Workspace workspace, in Record record)
    {
        Tensor y = record.Output, rho = record.B!;
        Backward.Flow(workspace, record.A!, y.gradient, y.layout);
        if (!workspace.Wants(rho)) return;
        nint at = rho.Receive(workspace, out bool accumulate);
        workspace.Kernel.Combine(Binary.Multiply, Loop.Over(rho.GradientLayout, y.layout), at, y.gradient, record.Saved, accumulate);
    }
#endif
}

public static partial class Composed
{
    /// <inheritdoc cref="Fused.Reparameterise"/>
    public static Tensor Reparameterise(Tensor mu, Tensor rho, Tensor noise)
    {
        CheckShapes(mu, rho, noise);
        return mu.Plus(Sigma(rho) * noise);
    }

    internal static void CheckShapes(Tensor mu, Tensor rho, Tensor noise)
    {
        if (!mu.shape.SequenceEqual(rho.shape) || !mu.shape.SequenceEqual(noise.shape))
            throw new ArgumentException($"mu {Named(mu)}, rho {Named(rho)} and noise {Named(noise)} need one shape.");
    }

    /// <summary>1e-5 + softplus(rho).</summary>
    internal static Tensor Sigma(Tensor rho) =>
#if TORCH_MANAGED
        nn.functional.softplus(rho) + 1e-5f;
#else
        // softplus(rho) = ln(e^rho + e^0): TorchSharp's softplus creates scalars that a collection may free.
        rho.logaddexp(Arithmetic.Zero(rho)).add(Arithmetic.SmallestSigma, Arithmetic.One);
#endif
}
