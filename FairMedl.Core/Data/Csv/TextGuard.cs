using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace FairMedl.Core.Data.Csv;

/// <summary>
/// Rejects content that is not text: a NUL byte or an invalid UTF-8 sequence, reported with its line. A sequence may span two reads.
/// </summary>
internal sealed class TextGuard
{
    private readonly byte[] pending = new byte[4];
    private int pendingCount;
    private long line = 1;

    /// <summary>Checks the next bytes; none at the end.</summary>
    /// <exception cref="InputException">They are not UTF-8, or not text.</exception>
    public void Check(ReadOnlySpan<byte> read)
    {
        if (read.IsEmpty && pendingCount > 0) throw NotUtf8(line);
        while (pendingCount > 0 && read.Length > 0)
        {
            pending[pendingCount++] = read[0];
            read = read[1..];
            OperationStatus status = Rune.DecodeFromUtf8(pending.AsSpan(0, pendingCount), out _, out _);
            if (status == OperationStatus.Done) pendingCount = 0;
            else if (status == OperationStatus.InvalidData) throw NotUtf8(line);
        }

        int whole = WholeLength(read);
        ReadOnlySpan<byte> body = read[..whole];
        int nul = body.IndexOf((byte)0);
        if (nul >= 0) throw NotText(line + body[..nul].Count((byte)'\n'));
        if (!Utf8.IsValid(body)) throw NotUtf8(line + body[..FirstInvalid(body)].Count((byte)'\n'));
        line += body.Count((byte)'\n');
        if (whole == read.Length) return;
        read[whole..].CopyTo(pending);
        pendingCount = read.Length - whole;
    }

    /// <summary>The length without a sequence at the end that has not arrived in full.</summary>
    private static int WholeLength(ReadOnlySpan<byte> read)
    {
        for (int back = 1; back <= Math.Min(3, read.Length); back++)
        {
            byte b = read[^back];
            if ((b & 0xC0) == 0x80) continue;
            int needed = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : b >= 0xC0 ? 2 : 1;
            return needed > back ? read.Length - back : read.Length;
        }

        return read.Length;
    }

    private static int FirstInvalid(ReadOnlySpan<byte> body)
    {
        int at = 0;
        while (at < body.Length && Rune.DecodeFromUtf8(body[at..], out _, out int used) == OperationStatus.Done) at += used;
        return at;
    }

    private static InputException NotText(long line) => new(new InputFault(
        "The file is not text: it contains a NUL byte.", "Save it as a UTF-8 CSV file.", line));

    private static InputException NotUtf8(long line) => new(new InputFault(
        "The file is not valid UTF-8.", "Save it as a UTF-8 CSV file (in Excel: \"CSV UTF-8\").", line));
}
