using FairMedl.Torch.Kernels;
using TorchSharp;

namespace FairMedl.Torch.Engine;

/// <summary>Scalar losses whose derivative falls out of computing them, so that backward only scales it.</summary>
internal static class Losses
{
    /// <summary>A scalar whose derivative by A was computed with it and is saved.</summary>
    private static readonly Operation LossOperation = new("loss", Backward);

    /// <summary>Records a loss of a; its derivative with respect to a is at the given address, in the layout of a's gradient.</summary>
    public static void Record(Workspace workspace, torch.Tensor loss, torch.Tensor a, nint derivative, Storage keeper)
    {
        ref Record record = ref workspace.Record(LossOperation, loss, a);
        record.Saved = derivative;
        record.Keeper = keeper;
        record.Version = int.MinValue;
    }

    private static void Backward(Workspace workspace, in Record record)
    {
        torch.Tensor a = record.A!;
        if (!workspace.Wants(a)) return;
        float g = Strided.Element<float>(record.Output.gradient, 0);
        Layout layout = a.GradientLayout;
        if (!a.IsLeaf && !a.hasGradient && !workspace.Retains)
        {
            // The derivative is not needed again: it becomes the gradient in place.
            a.Adopt(record.Saved, (Storage)record.Keeper!);
            if (g != 1) workspace.Kernel.Scale(record.Saved, (int)layout.Extent, g);
            return;
        }

        nint at = a.Receive(workspace, out bool accumulate);
        workspace.Kernel.Flow(Loop.Over(layout, layout), at, record.Saved, g, accumulate);
    }

    /// <summary>The mean or sum of w (max(l, 0) - l y + ln(1 + e^-|l|)) over tensors of the same layout.</summary>
    public static torch.Tensor Logistic(torch.Tensor logits, torch.Tensor y, torch.Tensor? weight, bool mean)
    {
        Workspace workspace = Workspace.Current;
        int n = (int)logits.layout.Count;
        float scale = mean ? 1f / n : 1f;
        torch.Tensor loss = workspace.Make(default);
        bool needs = workspace.Needs(logits);
        Storage? keeper = null;
        nint derivative = needs ? workspace.Allocate(logits.layout.Extent * sizeof(float), out keeper) : 0;
        double total = workspace.Kernel.LogisticLoss(logits.address, y.address, weight?.address ?? 0, n, scale, derivative);
        Strided.Set(loss.address, 0, (float)(total * scale));
        if (needs) Record(workspace, loss, logits, derivative, keeper!);
        return loss;
    }
}
