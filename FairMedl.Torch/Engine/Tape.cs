namespace FairMedl.Torch.Engine;

/// <summary>
/// The operations in the order in which they were computed. An operation's operands come before it, so one walk from
/// the end to the start is the whole of backward: no recursion, no sorting.
/// </summary>
internal sealed class Tape
{
    private Record[] records = new Record[64];

    public int Count { get; private set; }

    /// <summary>Index of the first record of the innermost scope. Earlier records are kept until their own scope ends.</summary>
    public int Floor { get; set; }

    public ref Record this[int index] => ref records[index];

    public ref Record Append()
    {
        if (Count == records.Length) Array.Resize(ref records, 2 * Count);
        return ref records[Count++];
    }

    /// <summary>Forgets the records from here on.</summary>
    public void Truncate(int count)
    {
        Array.Clear(records, count, Count - count);
        Count = count;
    }

    /// <summary>Forgets one record; those at the end make room.</summary>
    public void Forget(int index)
    {
        records[index] = default;
        while (Count > Floor && records[Count - 1].Operation is null) Count--;
    }
}
