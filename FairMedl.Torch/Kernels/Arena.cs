using System.Runtime.InteropServices;

namespace FairMedl.Torch.Kernels;

/// <summary>
/// A bump allocator of one thread: 64-byte aligned, uninitialised memory that is given back all at once, by returning
/// to a mark. A step that needs as much as the step before it therefore allocates nothing.
/// </summary>
internal sealed unsafe class Arena
{
    private const long FirstChunk = 1 << 20, Kept = 1 << 28;

    private readonly List<(nint Start, long Bytes)> chunks = [];
    private int chunk = -1;
    private long used;

    ~Arena() => Release();

    /// <summary>A position to return to.</summary>
    public readonly record struct Mark(int Chunk, long Used);

    public Mark Position => new(chunk, used);

    /// <summary>Bytes held from the system.</summary>
    public long Capacity { get; private set; }

    public nint Allocate(long bytes)
    {
        // The extra line keeps every block's padded end inside its chunk.
        long size = (bytes + 2 * Storage.Alignment - 1) & ~(long)(Storage.Alignment - 1);
        if (chunk < 0 || used + size > chunks[chunk].Bytes) Advance(size);
        nint address = chunks[chunk].Start + (nint)used;
        used += size;
        return address;
    }

    /// <summary>Gives back everything allocated since the mark.</summary>
    public void Return(Mark mark)
    {
        (chunk, used) = mark;
        if (mark.Chunk > 0 || mark.Used > 0 || chunks.Count <= 1) return;

        // Empty again: one chunk as large as all of them keeps the next step's memory together.
        long total = Math.Min(Capacity, Kept);
        Release();
        Add(total);
        (chunk, used) = (0, 0);
    }

    private void Advance(long size)
    {
        while (++chunk < chunks.Count)
        {
            if (size <= chunks[chunk].Bytes)
            {
                used = 0;
                return;
            }
        }

        Add(Math.Max(size, chunks.Count == 0 ? FirstChunk : 2 * chunks[^1].Bytes));
        chunk = chunks.Count - 1;
        used = 0;
    }

    private void Add(long bytes)
    {
        chunks.Add(((nint)NativeMemory.AlignedAlloc((nuint)bytes, Storage.Alignment), bytes));
        Capacity += bytes;

        // A thread's arena is freed with its thread's objects; the collector must know how much hangs on them.
        GC.AddMemoryPressure(bytes);
    }

    private void Release()
    {
        foreach ((nint start, long bytes) in chunks)
        {
            NativeMemory.AlignedFree((void*)start);
            GC.RemoveMemoryPressure(bytes);
        }

        chunks.Clear();
        Capacity = 0;
    }
}
