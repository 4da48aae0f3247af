namespace FairMedl.Core.Data.Csv;

/// <summary>
/// Passes a stream's bytes on and shows them to whoever watches, once and in their order: to count, to check, to copy.
/// What was read ahead can be given back, and is then passed on again without being shown again.
/// </summary>
/// <param name="source">Where the bytes come from; stays open.</param>
/// <param name="watch">Called with the bytes of each read, and with none at the end.</param>
public sealed class WatchedStream(Stream source, Action<ReadOnlySpan<byte>> watch) : Stream
{
    private ReadOnlyMemory<byte> ahead;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Gives back what was read; the next reads get it first.</summary>
    public void GiveBack(ReadOnlyMemory<byte> read) => ahead = read;

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (!ahead.IsEmpty) return TakeAhead(buffer);
        int read = source.Read(buffer);
        if (buffer.Length > 0) watch(buffer[..read]);
        return read;
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!ahead.IsEmpty) return TakeAhead(buffer.Span);
        int read = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        if (buffer.Length > 0) watch(buffer.Span[..read]);
        return read;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override void Flush() { }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int TakeAhead(Span<byte> buffer)
    {
        int n = Math.Min(buffer.Length, ahead.Length);
        ahead.Span[..n].CopyTo(buffer);
        ahead = ahead[n..];
        return n;
    }
}
