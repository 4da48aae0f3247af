using FairMedl.Torch.Engine;
using FairMedl.Torch.Kernels;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static class functional
        {
            public static Tensor relu(Tensor input) => input.relu();

            /// <summary>ln(1 + e^x).</summary>
            public static Tensor softplus(Tensor input) => UnaryOperations.Forward(Unary.Softplus, input);

            /// <summary>x, or negative_slope x where x is negative.</summary>
            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01) => UnaryOperations.Forward(Unary.LeakyRectify, input, (float)negative_slope);

            /// <summary>(x - y)^2.</summary>
            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean)
            {
                SameShape(input, target);
                return Reduce((input - target).square(), reduction);
            }

            /// <summary>
            /// w (-y ln sigma(l) - (1 - y) ln(1 - sigma(l))), with pos_weights multiplying the first term. The mean is over the
            /// elements, regardless of their weights.
            /// </summary>
            public static Tensor binary_cross_entropy_with_logits(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null)
            {
                SameShape(input, target);
                Workspace workspace = Workspace.Current;
                bool alike = reduction != Reduction.None && pos_weights is null && InOneRun(input) && Alike(input, target) && (weight is null || Alike(input, weight))
                    && !workspace.Needs(target) && !workspace.Needs(weight);
                if (alike) return Losses.Logistic(input.Float(), target.Float(), weight?.Float(), reduction == Reduction.Mean);

                // -ln sigma(l) = softplus(-l) and -ln(1 - sigma(l)) = softplus(l) = softplus(-l) + l
                Tensor loss = pos_weights is null
                    ? softplus(input) - input * target
                    : (1 - target) * input + ((pos_weights - 1) * target + 1) * softplus(-input);
                return Reduce(weight is null ? loss : loss * weight, reduction);
            }

            /// <summary>-ln softmax(x)[label]: input [batch, classes], target int64 [batch].</summary>
            public static Tensor cross_entropy(Tensor input, Tensor target, Tensor? weight = null, long? ignore_index = null, Reduction reduction = Reduction.Mean)
            {
                if (weight is not null || ignore_index is not null) throw new NotSupportedException("cross_entropy takes neither class weights nor an ignored index here.");
                if (input.layout.Rank != 2 || target.layout.Rank != 1 || target.layout.Sizes[0] != input.layout.Sizes[0])
                    throw new ArgumentException($"cross_entropy needs logits [batch, classes] and labels [batch], not {input.layout} and {target.layout}.");
                return Reduce(-input.log_softmax(1).gather(1, target.unsqueeze(1)).squeeze(1), reduction);
            }

            private static Tensor Reduce(Tensor loss, Reduction reduction) => reduction switch
            {
                Reduction.None => loss,
                Reduction.Mean => loss.mean(),
                Reduction.Sum => loss.sum(),
            };

            private static void SameShape(Tensor input, Tensor target)
            {
                if (!input.layout.SameSizes(target.layout)) throw new ArgumentException($"The input has shape {input.layout} and the target {target.layout}; a loss needs equal ones.");
            }

            private static bool InOneRun(Tensor a) => a.layout.IsPacked || (a.layout.IsPadded && a.layout.Sizes[1] == 1);

            private static bool Alike(Tensor a, Tensor b) => a.layout.SameSizes(b.layout) && InOneRun(b);
        }
    }
}
