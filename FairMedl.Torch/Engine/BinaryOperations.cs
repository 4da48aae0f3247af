using FairMedl.Torch.Kernels;
using TorchSharp;

namespace FairMedl.Torch.Engine;

/// <summary>y = a op b, element by element, each repeated where the other is larger.</summary>
internal static class BinaryOperations
{
    /// <summary>An element-wise operation of A and B, broadcast: I says which.</summary>
    private static readonly Operation CombineOperation = new("combine", Backward);

    public static torch.Tensor Forward(Binary binary, torch.Tensor a, torch.Tensor b)
    {
        Workspace workspace = Workspace.Current;
        a.Float();
        b.Float();
        Layout layout = Layout.Broadcast(a.layout, b.layout);
        torch.Tensor y = workspace.Make(layout);
        workspace.Kernel.Combine(binary, Loop.Over(layout, a.layout.Expand(layout), b.layout.Expand(layout)), y.address, a.address, b.address, false);
        if (!workspace.Needs(a) && !workspace.Needs(b)) return y;
        ref Record record = ref workspace.Record(CombineOperation, y, a, b);
        record.I = (int)binary;
        // Sums do not look at their operands again, so these may change.
        if (binary is Binary.Add or Binary.Subtract) record.Version = int.MinValue;
        return y;
    }

    private static void Backward(Workspace workspace, in Record record)
    {
        torch.Tensor a = record.A!, b = record.B!, y = record.Output;
        Layout layout = y.layout;
        switch ((Binary)record.I)
        {
            case Binary.Add:
                Engine.Backward.Flow(workspace, a, y.gradient, layout);
                Engine.Backward.Flow(workspace, b, y.gradient, layout);
                break;
            case Binary.Subtract:
                Engine.Backward.Flow(workspace, a, y.gradient, layout);
                Engine.Backward.Flow(workspace, b, y.gradient, layout, -1);
                break;
            case Binary.Multiply:
                Times(workspace, Binary.Multiply, a, y.gradient, b, layout);
                Times(workspace, Binary.Multiply, b, y.gradient, a, layout);
                break;
            case Binary.Divide:
                Times(workspace, Binary.Divide, a, y.gradient, b, layout);
                if (!workspace.Wants(b)) break;

                // d(a / b) / db = -y / b
                nint slope = Engine.Backward.Temporary(workspace, layout, out Storage keeper);
                workspace.Kernel.Combine(Binary.Multiply, Loop.Over(layout, layout, layout), slope, y.gradient, y.address, false);
                workspace.Kernel.Combine(Binary.Divide, Loop.Over(layout, layout, b.layout.Expand(layout)), slope, slope, b.address, false);
                Engine.Backward.Flow(workspace, b, slope, layout, -1);
                GC.KeepAlive(keeper);
                break;
        }
    }

    /// <summary>Adds g op factor to the operand's gradient, summed where the operand was repeated.</summary>
    private static void Times(Workspace workspace, Binary binary, torch.Tensor to, nint g, torch.Tensor factor, in Layout layout)
    {
        if (!workspace.Wants(to)) return;
        Layout other = factor.layout.Expand(layout);
        if (to.layout.SameSizes(layout))
        {
            nint at = to.Receive(workspace, out bool accumulate);
            workspace.Kernel.Combine(binary, Loop.Over(to.GradientLayout, layout, other), at, g, factor.address, accumulate);
            return;
        }

        nint full = Engine.Backward.Temporary(workspace, layout, out Storage keeper);
        workspace.Kernel.Combine(binary, Loop.Over(layout, layout, other), full, g, factor.address, false);
        Engine.Backward.Flow(workspace, to, full, layout);
        GC.KeepAlive(keeper);
    }
}
