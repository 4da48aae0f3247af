using FairMedl.Torch.Engine;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor matmul(Tensor input, Tensor target) => Products.Multiply(input, target);

    /// <summary>[batch, m, k] by [batch, k, n].</summary>
    public static Tensor bmm(Tensor input, Tensor batch2) => Products.Batched(input, batch2);

    /// <summary>x where the condition holds, otherwise y.</summary>
    public static Tensor where(Tensor condition, Tensor x, Tensor y) => Indexing.Where(condition, x, y);

    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => Concatenation.Cat(tensors.AsReadOnly(), dim);

    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => Concatenation.Stack(tensors.ToArray(), dim);
}
