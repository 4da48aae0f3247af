using static TorchSharp.torch;
#if TORCH_MANAGED
using FairMedl.Torch.Engine;
#endif

namespace FairMedl.Torch;

public static partial class Fused
{
    /// <summary>
    /// Matrices [batch, ...] side by side, as [batch, sum of their columns]. A linear layer reads the parts where they are;
    /// only another operation makes the concatenation a block of its own.
    /// </summary>
    /// <exception cref="ArgumentException">The numbers of rows differ; both shapes are named.</exception>
    public static Tensor Concatenate(params ReadOnlySpan<Tensor> parts)
    {
#if TORCH_MANAGED
        Tensor[] columns = new Tensor[parts.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            if (parts[i].Alive().layout.Rank != 2) throw new ArgumentException($"Matrices are concatenated here, not shape {parts[i].layout}.", nameof(parts));
            columns[i] = Copying.Columns(parts[i].Ready());
        }

        return Concatenation.Lazy(columns, 1, out _);
#else
        return Composed.Concatenate(parts);
#endif
    }
}

public static partial class Composed
{
    /// <inheritdoc cref="Fused.Concatenate"/>
    public static Tensor Concatenate(params ReadOnlySpan<Tensor> parts) => cat(parts.ToArray(), 1);
}
