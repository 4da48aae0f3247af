using FairMedl.Torch.Engine;

namespace TorchSharp;

public static partial class torch
{
    public static class autograd
    {
        /// <summary>The derivatives of the outputs (weighted by grad_outputs) by the inputs; no leaf's own gradient is touched.</summary>
        /// <exception cref="InvalidOperationException">An input was not used and unused ones are not allowed.</exception>
        public static IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            if (create_graph) throw new NotSupportedException("This backend does not differentiate a gradient (create_graph: true).");
            Workspace workspace = Workspace.Current;
            Wanted[] wanted = new Wanted[inputs.Count];
            for (int i = 0; i < wanted.Length; i++) wanted[i] = new Wanted(inputs[i]);
            Tensor[] gradients = new Tensor[inputs.Count];
            workspace.OnlyWanted = true;
            try
            {
                Backward.Run(workspace, outputs.ToArray(), grad_outputs is null ? [] : grad_outputs.ToArray(), retain_graph);
                for (int i = 0; i < gradients.Length; i++) gradients[i] = wanted[i].Take(allow_unused)!;
            }
            finally
            {
                workspace.OnlyWanted = false;
                foreach (Wanted input in wanted) input.Restore();
            }

            return gradients;
        }

        /// <summary>An input whose own gradient is put aside while another is collected in its place.</summary>
        private sealed class Wanted
        {
            private readonly Tensor input;
            private readonly nint gradient;
            private readonly FairMedl.Torch.Kernels.Storage? storage;
            private readonly bool had, first;

            public Wanted(Tensor input)
            {
                if (!input.Ready().requiresGradient) throw new InvalidOperationException($"An input of shape {input.layout} does not require a gradient.");
                this.input = input;
                first = !input.isWanted;
                (gradient, storage, had) = (input.gradient, input.gradientStorage, input.hasGradient);
                (input.gradient, input.gradientStorage, input.hasGradient, input.isWanted) = (0, null, false, true);
            }

            public Tensor? Take(bool unusedAllowed)
            {
                if (input.hasGradient) return new Tensor(input.gradientStorage!, input.gradient, input.GradientLayout, ScalarType.Float32);
                return unusedAllowed ? null : throw new InvalidOperationException($"An input of shape {input.layout} was not used in computing the outputs. Set allow_unused: true to get null for it.");
            }

            public void Restore()
            {
                if (!first) return;
                (input.gradient, input.gradientStorage, input.hasGradient, input.isWanted) = (gradient, storage, had, false);
            }
        }
    }
}
