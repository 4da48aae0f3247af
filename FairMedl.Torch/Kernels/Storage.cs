using System.Runtime.CompilerServices;

namespace FairMedl.Torch.Kernels;

/// <summary>
/// The life of the memory that tensors share: a block of its own on the heap, or the part of the arena that belongs to
/// one dispose scope. Tensors hold addresses, and this object says whether they still mean anything.
/// </summary>
internal sealed unsafe class Storage
{
    /// <summary>Every block starts on a cache line, and a whole line behind its end may be read and written.</summary>
    public const int Alignment = 64;

    private ulong[]? block;

    private Storage(ulong[]? block) => this.block = block;

    public bool IsAlive { get; private set; } = true;

    /// <summary>Whether the block is on the heap, where it lives as long as a tensor references it.</summary>
    public bool IsHeap { get; private init; }

    /// <summary>Whether more than one tensor may have been given this block, so that its elements cannot move.</summary>
    public bool IsShared { get; set; }

    /// <summary>How often an in-place operation wrote here; backward compares it with what forward saw.</summary>
    public int Version { get; set; }

    /// <summary>Memory of this many bytes on the pinned heap, uninitialised.</summary>
    public static Storage OnHeap(long bytes, out nint address)
    {
        ulong[] block = GC.AllocateUninitializedArray<ulong>(checked((int)((bytes + 2 * Alignment + 7) / 8)), pinned: true);
        nint start = (nint)Unsafe.AsPointer(ref block[0]);
        address = (start + Alignment - 1) & ~(nint)(Alignment - 1);
        return new Storage(block) { IsHeap = true };
    }

    /// <summary>The lifetime of one tensor's elements within a block that several tensors share.</summary>
    public static Storage PartOf(Storage whole) => new(whole.block) { IsHeap = true, IsShared = true };

    /// <summary>The life of a dispose scope's part of the arena.</summary>
    public static Storage OfScope() => new(null);

    /// <summary>From now on a tensor that lives here refuses to be used.</summary>
    public void End()
    {
        IsAlive = false;
        block = null;
    }
}
