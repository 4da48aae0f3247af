using FairMedl.Torch.Engine;
using FairMedl.Torch.Kernels;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>
/// Adam (Kingma and Ba 2015) in PyTorch's form: with g the gradient plus weight_decay w, m = b1 m + (1 - b1) g,
/// v = b2 v + (1 - b2) g^2, w -= lr m_hat / (sqrt(v_hat) + eps), where m_hat = m / (1 - b1^t) and v_hat = v / (1 - b2^t).
/// Parameters without a gradient stay as they are and do not count the step.
/// </summary>
public sealed class Adam : Optimizer, ILearningRateController
{
    private readonly Parameter[] given;
    private readonly int[] start, count, steps;
    private readonly double beta1, beta2, epsilon, weightDecay;
    private readonly Storage keeper;
    private readonly nint first, second;

    internal Adam(IEnumerable<Parameter> parameters, double lr, double beta1, double beta2, double eps, double weight_decay)
    {
        given = [.. parameters];
        if (given.Length == 0) throw new ArgumentException("An optimiser needs at least one parameter.", nameof(parameters));
        (LearningRate, this.beta1, this.beta2, epsilon, weightDecay) = (lr, beta1, beta2, eps, weight_decay);
        start = new int[given.Length];
        count = new int[given.Length];
        steps = new int[given.Length];
        int total = 0;
        for (int i = 0; i < given.Length; i++)
        {
            start[i] = total;
            count[i] = (int)given[i].layout.Count;
            total += (count[i] + Layout.Line - 1) & -Layout.Line;
        }

        // All first moments, then all second ones, in one block.
        keeper = Storage.OnHeap(2L * total * sizeof(float), out first);
        second = first + (nint)total * sizeof(float);
        Strided.Fill(first, 2L * total, 0f);
    }

    public double LearningRate { get; set; }

    public override IEnumerable<ILearningRateController> ParamGroups => [this];

    public override void zero_grad(bool set_to_none = true)
    {
        foreach (Parameter parameter in given) parameter.hasGradient = false;
    }

    public override void step()
    {
        Kernel kernel = Workspace.Current.Kernel;
        int t = -1;
        AdamTask task = default;
        for (int i = 0; i < given.Length; i++)
        {
            Parameter parameter = given[i];
            if (!parameter.hasGradient) continue;
            if (++steps[i] != t)
            {
                t = steps[i];
                task = new AdamTask(
                    (float)(LearningRate / (1 - Math.Pow(beta1, t))), (float)(1 - beta1), (float)(1 - beta2), (float)epsilon, (float)weightDecay, (float)(1 / Math.Sqrt(1 - Math.Pow(beta2, t))));
            }

            parameter.storage.Version++;
            kernel.Adam(parameter.address, parameter.gradient, first + (nint)start[i] * sizeof(float), second + (nint)start[i] * sizeof(float), count[i], task);
        }

        GC.KeepAlive(keeper);
    }
}
