using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace FairMedl.Core.Storage;

/// <summary>What was stored cannot be read: it is damaged, or of another version of the format.</summary>
public sealed class StoredFormatException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// How results and trained models are stored: four letters, version (2 bytes), SHA-256 of what follows, Brotli of the
/// content. Anything else than what was written is refused, never read as something else.
/// </summary>
/// <param name="magic">The four letters.</param>
/// <param name="version">The version that is written, and the only one that is read.</param>
/// <param name="noun">What it is, for a person.</param>
/// <param name="remedy">What to do where it cannot be read.</param>
internal sealed class SealedContent(string magic, ushort version, string noun, string remedy = "Run the fit again.")
{
    private const int VersionAt = 4, HashAt = 6, BodyAt = HashAt + SHA256.HashSizeInBytes;
    private readonly byte[] letters = Encoding.ASCII.GetBytes(magic);

    /// <summary>Seals what is written to the stream.</summary>
    public byte[] Write(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        Write(stream, write);
        return stream.ToArray();
    }

    /// <summary>Seals what is written, into a stream that is empty and can be read back.</summary>
    public void Write(Stream sealedStream, Action<Stream> write)
    {
        Span<byte> head = stackalloc byte[BodyAt];
        sealedStream.Write(head);
        using (var brotli = new BrotliStream(sealedStream, CompressionLevel.Fastest, leaveOpen: true)) write(brotli);
        sealedStream.Position = BodyAt;
        SHA256.HashData(sealedStream, head[HashAt..]);
        letters.CopyTo(head);
        BinaryPrimitives.WriteUInt16LittleEndian(head[VersionAt..], version);
        sealedStream.Position = 0;
        sealedStream.Write(head);
    }

    /// <summary>Verifies header, version and checksum, and reads the content.</summary>
    /// <exception cref="StoredFormatException">It is damaged or of another version.</exception>
    public T Read<T>(byte[] bytes, Func<Stream, T> read)
    {
        if (bytes.Length < BodyAt || !bytes.AsSpan(0, letters.Length).SequenceEqual(letters))
            throw new StoredFormatException($"The stored {noun} is damaged: it does not start with the header of a {noun}. {remedy}");
        ushort found = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(VersionAt));
        if (found != version)
            throw new StoredFormatException(FormattableString.Invariant($"The stored {noun} has format {found}; this version of FairMedl reads format {version}. {remedy}"));
        if (!SHA256.HashData(bytes.AsSpan(BodyAt)).AsSpan().SequenceEqual(bytes.AsSpan(HashAt, SHA256.HashSizeInBytes)))
            throw new StoredFormatException($"The stored {noun} is damaged: its checksum does not match. {remedy}");
        try
        {
            using var brotli = new BrotliStream(new MemoryStream(bytes, BodyAt, bytes.Length - BodyAt), CompressionMode.Decompress);
            return read(brotli);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or ArgumentException or System.Text.Json.JsonException)
        {
            throw new StoredFormatException($"The stored {noun} is damaged: its content is truncated or invalid. {remedy}", e);
        }
    }
}
