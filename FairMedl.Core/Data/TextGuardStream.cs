using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace FairMedl.Core.Data;

/// <summary>Passes UTF-8 on and refuses what is not text: a NUL byte or an invalid sequence, named with its line. A sequence may lie across two reads.</summary>
internal sealed class TextGuardStream(Stream source) : Stream
{
    private readonly byte[] pending = new byte[4];
    private int pendingCount;
    private long line = 1;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int n = source.Read(buffer);
        Check(buffer[..n], buffer.Length > 0 && n == 0);
        return n;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int n = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Check(buffer.Span[..n], buffer.Length > 0 && n == 0);
        return n;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Check(ReadOnlySpan<byte> read, bool isEnd)
    {
        if (isEnd && pendingCount > 0) throw NotUtf8(line);
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
        "The file is not text: it holds a NUL byte.", "Save it as a CSV in UTF-8.", line));

    private static InputException NotUtf8(long line) => new(new InputFault(
        "The file is not valid UTF-8.", "Save it as a CSV in UTF-8 (in Excel: \"CSV UTF-8\").", line));
}
