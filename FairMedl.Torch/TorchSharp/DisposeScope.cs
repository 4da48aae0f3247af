using FairMedl.Torch.Engine;
using FairMedl.Torch.Kernels;

namespace TorchSharp;

/// <summary>
/// Everything made between the opening and the disposal of a scope on one thread lives in the thread's arena and ends
/// with the scope, which is then reset: a training step inside a scope allocates no tensor memory. Scopes nest. A
/// tensor used after its scope ended throws <see cref="ObjectDisposedException"/>.
/// </summary>
public sealed class DisposeScope : IDisposable
{
    private readonly Workspace workspace;
    private readonly DisposeScope? outer;
    private readonly Arena.Mark mark;
    private readonly int recorded, floor;
    private List<Storage>? adopted;

    internal DisposeScope(Workspace workspace)
    {
        this.workspace = workspace;
        outer = workspace.Scope;
        mark = workspace.Arena.Position;
        recorded = workspace.ScopedTape.Count;
        floor = workspace.ScopedTape.Floor;
        workspace.ScopedTape.Floor = recorded;
        workspace.Scope = this;
    }

    internal Storage Storage { get; } = Storage.OfScope();

    /// <summary>Ends the scope, and first any scope opened inside it that is still open.</summary>
    /// <exception cref="InvalidOperationException">The scope was opened on another thread.</exception>
    public void Dispose()
    {
        if (!Storage.IsAlive) return;
        if (workspace != Workspace.Current) throw new InvalidOperationException("A dispose scope ends on the thread that opened it.");
        while (workspace.Scope != this) workspace.Scope!.Dispose();
        Storage.End();
        if (adopted is not null) foreach (Storage storage in adopted) storage.End();
        workspace.ScopedTape.Truncate(recorded);
        workspace.ScopedTape.Floor = floor;
        workspace.Arena.Return(mark);
        workspace.Scope = outer;
    }

    /// <summary>Copies a tensor of this scope to memory of the outer scope, or to the heap if there is none.</summary>
    internal void MoveOut(torch.Tensor tensor)
    {
        tensor.MoveToHeap();
        if (outer is not null) (outer.adopted ??= []).Add(tensor.storage);
    }
}
