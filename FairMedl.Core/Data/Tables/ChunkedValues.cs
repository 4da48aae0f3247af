
namespace FairMedl.Core.Data.Tables;

/// <summary>
/// Values of one column while a file is read: chunks, because doubling one array would need three times the memory at the peak.
/// </summary>
internal sealed class ChunkedValues<T> where T : unmanaged
{
    private const int Shift = 12, Size = 1 << Shift;
    private readonly List<T[]> chunks = [];

    /// <summary>How many values were added.</summary>
    public int Count { get; private set; }

    /// <summary>The value at a position.</summary>
    public T this[int index] => chunks[index >> Shift][index & (Size - 1)];

    /// <summary>Adds a value at the end.</summary>
    public void Add(T value)
    {
        int offset = Count & (Size - 1);
        if (offset == 0) chunks.Add(new T[Count == 0 ? 1024 : Size]);
        T[] chunk = chunks[^1];
        if (offset == chunk.Length)
        {
            Array.Resize(ref chunk, Size);
            chunks[^1] = chunk;
        }

        chunk[offset] = value;
        Count++;
    }

    /// <summary>All values in one array; the chunks are let go one by one as they are copied.</summary>
    public T[] ToArrayAndClear()
    {
        var all = new T[Count];
        for (int c = 0; c < chunks.Count; c++)
        {
            int start = c << Shift;
            Array.Copy(chunks[c], 0, all, start, Math.Min(Size, Count - start));
            chunks[c] = [];
        }

        chunks.Clear();
        Count = 0;
        return all;
    }
}
