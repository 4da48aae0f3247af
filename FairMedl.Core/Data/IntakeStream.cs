using System.Security.Cryptography;

namespace FairMedl.Core.Data;

/// <summary>Passes a file's bytes on while it counts them, hashes them and holds them to the limit.</summary>
internal sealed class IntakeStream(Stream source, CsvLimits limits) : Stream
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>How many bytes were read.</summary>
    public long Bytes { get; private set; }

    /// <summary>How many there are in all, where the source knows.</summary>
    public long? TotalBytes { get; } = source.CanSeek ? source.Length - source.Position : null;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => Bytes; set => throw new NotSupportedException(); }

    /// <summary>SHA-256 of what was read, in lower-case hexadecimal.</summary>
    public string Fingerprint() => Convert.ToHexStringLower(hash.GetCurrentHash());

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int n = source.Read(buffer);
        Take(buffer[..n]);
        return n;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int n = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Take(buffer.Span[..n]);
        return n;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) hash.Dispose();
        base.Dispose(disposing);
    }

    private void Take(ReadOnlySpan<byte> read)
    {
        hash.AppendData(read);
        Bytes += read.Length;
        if (Bytes > limits.MaxBytes)
        {
            throw new InputException(new InputFault(
                $"The file is larger than {ShownText.Count(limits.MaxBytes)} bytes.", "Upload fewer rows or columns."));
        }
    }
}
