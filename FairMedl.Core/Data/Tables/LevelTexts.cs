using System.Collections;
using System.Text;

namespace FairMedl.Core.Data.Tables;

/// <summary>Distinct values of a column as UTF-8 in one array. Strings are created on demand, and cached if there are few.</summary>
internal sealed class LevelTexts(byte[] text, int[] starts) : IReadOnlyList<string>
{
    private const int Kept = 4096;
    private readonly string?[]? strings = starts.Length <= Kept ? new string?[starts.Length - 1] : null;

    public int Count => starts.Length - 1;

    public string this[int index]
    {
        get
        {
            if (strings?[index] is { } made) return made;
            string value = Encoding.UTF8.GetString(Bytes(index));
            if (strings is not null) strings[index] = value;
            return value;
        }
    }

    /// <summary>Returns a level as UTF-8.</summary>
    public ReadOnlySpan<byte> Bytes(int index) => text.AsSpan(starts[index], starts[index + 1] - starts[index]);

    /// <summary>The position of a value, or -1.</summary>
    public int IndexOf(string value)
    {
        byte[] wanted = Encoding.UTF8.GetBytes(value);
        for (int i = 0; i < Count; i++)
        {
            if (Bytes(i).SequenceEqual(wanted)) return i;
        }

        return -1;
    }

    public IEnumerator<string> GetEnumerator()
    {
        for (int i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
