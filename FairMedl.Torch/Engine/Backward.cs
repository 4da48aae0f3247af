using FairMedl.Torch.Kernels;
using TorchSharp;

namespace FairMedl.Torch.Engine;

/// <summary>The way back: from an output's gradient to those of everything it was computed from.</summary>
internal static class Backward
{
    /// <summary>Adds to each output's gradient, then walks the tape once from its end; the walked records are forgotten unless retained.</summary>
    public static void Run(Workspace workspace, ReadOnlySpan<torch.Tensor> outputs, ReadOnlySpan<torch.Tensor> seeds, bool retain)
    {
        foreach (torch.Tensor output in outputs)
        {
            if (!output.Float().requiresGradient)
                throw new InvalidOperationException($"The tensor {output.layout} does not require a gradient: nothing that does was used to compute it.");
            if (seeds.IsEmpty && output.layout.Count != 1)
                throw new InvalidOperationException($"The gradient of a tensor with shape {output.layout} needs grad_outputs; only a scalar does without.");
        }

        bool recorded = workspace.Records;
        workspace.Records = false;
        workspace.Retains = retain;
        try
        {
            for (int i = 0; i < outputs.Length; i++) Seed(workspace, outputs[i], seeds.IsEmpty ? null : seeds[i]);

            // Results computed outside every scope may depend on results computed inside one, but not the reverse.
            Walk(workspace, workspace.ScopedTape, retain);
            if (workspace.UnscopedTape is Tape unscoped) Walk(workspace, unscoped, retain);
        }
        catch
        {
            // A walk that failed half-way leaves nothing for the next one to find.
            Abandon(workspace.ScopedTape);
            if (workspace.UnscopedTape is Tape unscoped) Abandon(unscoped);
            throw;
        }
        finally
        {
            workspace.Records = recorded;
        }
    }

    private static void Abandon(Tape tape)
    {
        for (int i = 0; i < tape.Count; i++) if (tape[i].Output is torch.Tensor output) Release(output);
    }

    private static void Seed(Workspace workspace, torch.Tensor output, torch.Tensor? seed)
    {
        nint at = output.Receive(workspace, out bool accumulate);
        if (seed is not null)
        {
            if (!seed.Float().layout.SameSizes(output.layout))
                throw new ArgumentException($"The gradient given has shape {seed.layout}, its output {output.layout}.");
            workspace.Kernel.Flow(Loop.Over(output.GradientLayout, seed.layout), at, seed.address, 1, accumulate);
            return;
        }

        float before = accumulate ? Strided.Element<float>(at, 0) : 0;
        Strided.Set(at, 0, before + 1f);
    }

    private static void Walk(Workspace workspace, Tape tape, bool retain)
    {
        for (int i = tape.Count - 1; i >= 0; i--)
        {
            if (i >= tape.Count) continue;
            ref Record record = ref tape[i];
            torch.Tensor? output = record.Output;
            if (output is null || !output.hasGradient) continue;
            if (record.Version != int.MinValue && record.Version != Workspace.Version(record))
                throw new InvalidOperationException($"An operand of {record.Operation} was changed in place after it was used, so its gradient cannot be computed.");
            record.Operation!.Back(workspace, record);
            if (!output.isWanted) Release(output);
            if (!retain) tape.Forget(i);
        }
    }

    /// <summary>The gradient of an intermediate result is not kept.</summary>
    private static void Release(torch.Tensor output)
    {
        output.gradient = 0;
        output.gradientStorage = null;
        output.hasGradient = output.isGated = false;
    }

    /// <summary>Adds scale times a gradient to an operand's, summed over the dimensions in which the operand was repeated.</summary>
    public static void Flow(Workspace workspace, torch.Tensor to, nint gradient, in Layout layout, float scale = 1)
    {
        if (!workspace.Wants(to)) return;
        nint at = to.Receive(workspace, out bool accumulate);
        Layout own = to.GradientLayout;
        if (own.SameSizes(layout))
        {
            workspace.Kernel.Flow(Loop.Over(own, layout), at, gradient, scale, accumulate);
            return;
        }

        if (!accumulate) Strided.Fill(at, own.Extent, 0f);
        workspace.Kernel.Sum(Loop.Over(own.Expand(layout), layout), at, gradient, scale);
    }

    /// <summary>Memory for an intermediate value of backward.</summary>
    public static nint Temporary(Workspace workspace, in Layout layout, out Storage keeper) =>
        workspace.Allocate(layout.Extent * sizeof(float), out keeper);
}
