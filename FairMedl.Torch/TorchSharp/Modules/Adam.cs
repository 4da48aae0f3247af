using FairMedl.Torch.Engine;
using FairMedl.Torch.Kernels;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>
/// Adam (Kingma and Ba 2015) in PyTorch's form: with g the gradient plus weight_decay w, m = b1 m + (1 - b1) g,
/// v = b2 v + (1 - b2) g^2, w -= lr m_hat / (sqrt(v_hat) + eps), where m_hat = m / (1 - b1^t) and v_hat = v / (1 - b2^t).
/// Parameters without a gradient stay as they are and do not count the step.
/// </summary>
/// <remarks>
/// Parameters whose elements no other tensor is on move into one block of the optimizer's, their gradients into a second:
/// beside its two blocks of moments a step is then one loop over all of them.
/// </remarks>
public sealed class Adam : Optimizer, ILearningRateController
{
    private readonly Parameter[] given;
    private readonly ILearningRateController[] groups;
    private readonly int[] start, count, steps;
    private readonly double beta1, beta2, epsilon, weightDecay;
    private readonly Storage keeper;
    private readonly nint weights, gradients, first, second;

    internal Adam(IEnumerable<Parameter> parameters, double lr, double beta1, double beta2, double eps, double weight_decay)
    {
        given = [.. parameters];
        if (given.Length == 0) throw new ArgumentException("An optimiser needs at least one parameter.", nameof(parameters));
        groups = [this];
        (LearningRate, this.beta1, this.beta2, epsilon, weightDecay) = (lr, beta1, beta2, eps, weight_decay);
        start = new int[given.Length];
        count = new int[given.Length];
        steps = new int[given.Length];
        int total = 0;
        for (int i = 0; i < given.Length; i++)
        {
            // Behind its last line each has one more: kernels may write whole lines over an end.
            start[i] = total;
            count[i] = (int)given[i].layout.Count;
            total = checked(total + ((count[i] + 2 * Layout.Line - 1) & -Layout.Line));
        }

        long bytes = (long)total * sizeof(float);
        keeper = Storage.OnHeap(4 * bytes, out weights);
        gradients = weights + (nint)bytes;
        first = gradients + (nint)bytes;
        second = first + (nint)bytes;
        Strided.Fill(weights, 4L * total, 0f);
        for (int i = 0; i < given.Length; i++)
            if (given[i].IsMovable) given[i].MoveTo(keeper, At(weights, i), keeper, At(gradients, i));
    }

    public double LearningRate { get; set; }

    public override IEnumerable<ILearningRateController> ParamGroups => groups;

    public override void zero_grad(bool set_to_none = true)
    {
        foreach (Parameter parameter in given) parameter.hasGradient = false;
    }

    public override void step()
    {
        Kernel kernel = Workspace.Current.Kernel;
        for (int i = 0; i < given.Length; i++)
        {
            if (!given[i].hasGradient) continue;

            // Neighbours in the blocks that are at the same step are one run.
            int from = i, t = Count(i);
            while (IsInBlocks(i) && i + 1 < given.Length && IsInBlocks(i + 1) && given[i + 1].hasGradient && steps[i + 1] + 1 == t) Count(++i);
            AdamTask task = new(
                (float)(LearningRate / (1 - Math.Pow(beta1, t))), (float)(1 - beta1), (float)(1 - beta2), (float)epsilon, (float)weightDecay, (float)(1 / Math.Sqrt(1 - Math.Pow(beta2, t))));
            kernel.Adam(given[from].address, given[from].gradient, At(first, from), At(second, from), start[i] + count[i] - start[from], task);
        }

        GC.KeepAlive(keeper);
    }

    private int Count(int parameter)
    {
        given[parameter].storage.Version++;
        return ++steps[parameter];
    }

    private bool IsInBlocks(int parameter) => given[parameter].address == At(weights, parameter) && given[parameter].gradient == At(gradients, parameter);

    private nint At(nint block, int parameter) => block + (nint)start[parameter] * sizeof(float);
}
