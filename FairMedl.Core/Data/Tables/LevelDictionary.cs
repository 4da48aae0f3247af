using System.Numerics;
using System.Runtime.InteropServices;

namespace FairMedl.Core.Data.Tables;

/// <summary>
/// Distinct UTF-8 values of a column with their codes: an open-addressing table over one arena of bytes, so that a
/// field that was met before costs a hash and a comparison and allocates nothing.
/// </summary>
internal sealed class LevelDictionary
{
    private byte[] arena = new byte[64];
    private int[] starts = new int[9];
    private uint[] hashes = new uint[8];
    private int[] codes = new int[8];
    private int[] slots = new int[16];

    /// <summary>Number of entries, declared missing codes included.</summary>
    public int Count { get; private set; }

    /// <summary>Total bytes of all entries.</summary>
    public int TextBytes => starts[Count];

    /// <summary>The value of an entry, in order of insertion.</summary>
    public ReadOnlySpan<byte> this[int entry] => arena.AsSpan(starts[entry], starts[entry + 1] - starts[entry]);

    /// <summary>The code that an entry was added with.</summary>
    public int CodeOf(int entry) => codes[entry];

    /// <summary>The code of a value, or -1; the hash goes to <see cref="Add"/>.</summary>
    public int Find(ReadOnlySpan<byte> value, out uint hash)
    {
        hash = Hash(value);
        int mask = slots.Length - 1;
        for (int slot = (int)hash & mask; ; slot = (slot + 1) & mask)
        {
            int entry = slots[slot] - 1;
            if (entry < 0) return -1;
            if (hashes[entry] == hash && value.SequenceEqual(this[entry])) return codes[entry];
        }
    }

    /// <summary>Adds a value that <see cref="Find"/> did not find.</summary>
    public void Add(ReadOnlySpan<byte> value, uint hash, int code)
    {
        int end = checked(starts[Count] + value.Length);
        if (end > arena.Length) Array.Resize(ref arena, (int)Math.Min(Array.MaxLength, Math.Max(2L * arena.Length, end)));
        if (Count == hashes.Length)
        {
            Array.Resize(ref starts, 2 * Count + 1);
            Array.Resize(ref hashes, 2 * Count);
            Array.Resize(ref codes, 2 * Count);
        }

        value.CopyTo(arena.AsSpan(starts[Count]));
        hashes[Count] = hash;
        codes[Count] = code;
        starts[++Count] = end;
        if (2 * Count > slots.Length) Grow();
        else Place(Count - 1);
    }

    private void Grow()
    {
        slots = new int[2 * slots.Length];
        for (int entry = 0; entry < Count; entry++) Place(entry);
    }

    private void Place(int entry)
    {
        int mask = slots.Length - 1, slot = (int)hashes[entry] & mask;
        while (slots[slot] != 0) slot = (slot + 1) & mask;
        slots[slot] = entry + 1;
    }

    private static uint Hash(ReadOnlySpan<byte> value)
    {
        ulong hash = 0x9E3779B97F4A7C15UL + (ulong)value.Length;
        while (value.Length >= 8)
        {
            hash = Mix(hash ^ MemoryMarshal.Read<ulong>(value));
            value = value[8..];
        }

        ulong tail = 0;
        for (int i = 0; i < value.Length; i++) tail |= (ulong)value[i] << (8 * i);
        hash = Mix(hash ^ tail);
        return (uint)(hash ^ (hash >> 32));
    }

    private static ulong Mix(ulong x) => BitOperations.RotateLeft(x * 0xBF58476D1CE4E5B9UL, 29) * 0x94D049BB133111EBUL;
}
