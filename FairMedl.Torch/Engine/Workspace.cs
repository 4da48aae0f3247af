using FairMedl.Torch.Kernels;
using TorchSharp;

namespace FairMedl.Torch.Engine;

/// <summary>
/// Everything that a thread computes with: its arena, its tape, its open dispose scope and whether gradients are
/// recorded. Nothing here is shared, so any number of fits run side by side and none changes another's numbers.
/// </summary>
internal sealed class Workspace
{
    [ThreadStatic]
    private static Workspace? current;

    private readonly Tape scoped = new();

    /// <summary>
    /// The tape of what is computed outside every scope. The tensors on it hold it, so that a forgotten graph is
    /// collected like any other object.
    /// </summary>
    private WeakReference<Tape>? unscoped;

    public static Workspace Current => current ??= new Workspace();

    public Arena Arena { get; } = new();

    public Kernel Kernel { get; set; } = Kernel.Preferred;

    public DisposeScope? Scope { get; set; }

    /// <summary>Whether operations are recorded for backward.</summary>
    public bool Records { get; set; } = true;

    /// <summary>While the gradient of chosen tensors is taken, other leaves receive none.</summary>
    public bool OnlyWanted { get; set; }

    /// <summary>Whether a backward that leaves the graph as it is runs.</summary>
    public bool Retains { get; set; }

    public Tape ScopedTape => scoped;

    public Tape? UnscopedTape => unscoped is not null && unscoped.TryGetTarget(out Tape? tape) ? tape : null;

    /// <summary>Allocates uninitialized memory in the open scope, or on the heap outside any scope.</summary>
    public nint Allocate(long bytes, out Storage storage)
    {
        if (Scope is null) return HeapBlock(bytes, out storage);
        storage = Scope.Storage;
        return Arena.Allocate(bytes);
    }

    public torch.Tensor Make(in Layout layout, torch.ScalarType type = torch.ScalarType.Float32)
    {
        nint address = Allocate(layout.Extent * type.Bytes(), out Storage storage);
        return new torch.Tensor(storage, address, layout, type);
    }

    public bool Needs(torch.Tensor? a) => Records && a is not null && a.requiresGradient;

    /// <summary>Whether backward has to compute the gradient of this operand.</summary>
    public bool Wants(torch.Tensor? a) => a is not null && a.requiresGradient && (!OnlyWanted || !a.IsLeaf || a.isWanted);

    /// <summary>Writes the operation on the tape and makes its output a part of the graph.</summary>
    public ref Record Record(Operation operation, torch.Tensor output, torch.Tensor? a, torch.Tensor? b = null, torch.Tensor? c = null, torch.Tensor[]? many = null)
    {
        Tape tape = Scope is null ? Unscoped() : scoped;
        output.requiresGradient = true;
        output.tape = tape;
        output.record = tape.Count;
        ref Record record = ref tape.Append();
        record.Operation = operation;
        record.Output = output;
        record.A = a;
        record.B = b;
        record.C = c;
        record.Many = many;
        record.Version = Version(record);
        return ref record;
    }

    /// <summary>How often the operands' own blocks were written in place.</summary>
    public static int Version(in Record record)
    {
        int version = Version(record.A) + Version(record.B) + Version(record.C);
        foreach (torch.Tensor? operand in record.Many ?? []) version += Version(operand);
        return version;
    }

    private static int Version(torch.Tensor? a) => a is not null && a.storage.IsHeap ? a.storage.Version : 0;

    private static nint HeapBlock(long bytes, out Storage storage)
    {
        storage = Storage.OnHeap(bytes, out nint address);
        return address;
    }

    private Tape Unscoped()
    {
        if (UnscopedTape is Tape tape) return tape;
        tape = new Tape();
        unscoped = new WeakReference<Tape>(tape);
        return tape;
    }
}
