using FairMedl.Torch.Kernels;
using TorchSharp;

namespace FairMedl.Torch.Engine;

/// <summary>y = f(a), element by element.</summary>
internal static class UnaryOperations
{
    /// <summary>An element-wise function of A: I says which, P and Q are its constants.</summary>
    private static readonly Operation MapOperation = new("map", Backward);

    public static torch.Tensor Forward(Unary unary, torch.Tensor a, float p = 0, float q = 0)
    {
        Workspace workspace = Workspace.Current;
        a.Float();
        torch.Tensor y = workspace.Make(a.layout.IsDense ? a.layout : a.layout.AsResult());
        workspace.Kernel.Map(unary, Loop.Over(y.layout, a.layout), y.address, a.address, p, q);
        if (!workspace.Needs(a)) return y;
        ref Record record = ref workspace.Record(MapOperation, y, a);
        record.I = (int)unary;
        record.P = p;
        record.Q = q;
        return y;
    }

    private static void Backward(Workspace workspace, in Record record)
    {
        torch.Tensor a = record.A!, y = record.Output;
        if (!workspace.Wants(a)) return;
        nint at = a.Receive(workspace, out bool accumulate);
        Loop loop = Loop.Over(a.GradientLayout, a.layout, y.layout);
        workspace.Kernel.MapGradient((Unary)record.I, loop, at, a.address, y.address, y.gradient, record.P, record.Q, accumulate);
    }
}
