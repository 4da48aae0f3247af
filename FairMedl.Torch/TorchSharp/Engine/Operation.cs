namespace FairMedl.Torch.Engine;

/// <summary>
/// What the tape can take a gradient back through: each stands, under its name, beside the forward that writes its record.
/// </summary>
internal sealed class Operation(string name, Operation.WayBack back)
{
    /// <summary>Adds, from the gradient of a record's output, to the gradients of its operands that somebody wants.</summary>
    public delegate void WayBack(Workspace workspace, in Record record);

    public WayBack Back => back;

    public override string ToString() => name;
}
