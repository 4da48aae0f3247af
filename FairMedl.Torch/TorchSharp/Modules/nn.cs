using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What becomes of the losses of single elements.</summary>
        public enum Reduction
        {
            None,
            Mean,
            Sum,
        }

        public static Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);

        public static Linear Linear(long inputSize, long outputSize, bool hasBias = true) => new(inputSize, outputSize, hasBias);

        public static ReLU ReLU() => new();

        public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) => new(modules);

        public static class utils
        {
            /// <summary>Scales the gradients together so that their Euclidean norm is at most max_norm; returns the norm before.</summary>
            public static double clip_grad_norm_(IEnumerable<Parameter> parameters, double max_norm)
            {
                FairMedl.Torch.Kernels.Kernel kernel = FairMedl.Torch.Engine.Workspace.Current.Kernel;
                IReadOnlyList<Parameter> given = parameters as IReadOnlyList<Parameter> ?? [.. parameters];
                double squares = 0;
                for (int i = 0; i < given.Count; i++)
                    if (given[i].hasGradient) squares += kernel.SumOfSquares(given[i].gradient, (int)given[i].layout.Count);
                double norm = Math.Sqrt(squares), factor = max_norm / (norm + 1e-6);
                if (factor >= 1) return norm;
                for (int i = 0; i < given.Count; i++)
                    if (given[i].hasGradient) kernel.Scale(given[i].gradient, (int)given[i].layout.Count, (float)factor);
                return norm;
            }
        }
    }
}
