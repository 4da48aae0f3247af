namespace FairMedl.Torch.Engine;

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
