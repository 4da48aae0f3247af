using TorchSharp;

namespace FairMedl.Torch.Engine;

/// <summary>One computed operation on the tape, with what its backward pass needs. The operation gives the lettered fields their meaning.</summary>
internal struct Record
{
    /// <summary>Null for a record that was forgotten.</summary>
    public Operation? Operation;

    public bool J;
    public int I, Version;
    public float P, Q;
    public torch.Tensor Output;
    public torch.Tensor? A, B, C, D;
    public torch.Tensor[]? Many;

    /// <summary>Memory that forward left for backward, and what keeps it.</summary>
    public nint Saved;
    public object? Keeper;
}

/// <summary>
/// The differentiable operations of the tape. Each is defined next to the forward function that writes its record.
/// </summary>
internal sealed class Operation(string name, Operation.WayBack back)
{
    /// <summary>Adds, from the gradient of a record's output, to the gradients of its operands that are needed.</summary>
    public delegate void WayBack(Workspace workspace, in Record record);

    public WayBack Back => back;

    public override string ToString() => name;
}
