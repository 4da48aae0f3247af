using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace FairMedl.Core.Storage.Formats;

/// <summary>Thrown when stored content is damaged or of another version of its format.</summary>
public sealed class StoredFormatException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// Container format of stored results and trained models: four letters, version (2 bytes), SHA-256 of the rest, content
/// compressed with Brotli. Damaged content and other versions are rejected.
/// </summary>
/// <param name="magic">The four letters at the start.</param>
/// <param name="version">Format version that is written. It is accepted, and so are those from <paramref name="oldest"/> on.</param>
/// <param name="noun">What the content is, for error messages.</param>
/// <param name="remedy">What to do where it cannot be read, for error messages.</param>
/// <param name="oldest">The oldest version that is accepted; null = only <paramref name="version"/>.</param>
internal sealed class SealedContent(string magic, ushort version, string noun, string remedy = "Run the fit again.", ushort? oldest = null)
{
    private const int VersionAt = 4, HashAt = 6, BodyAt = HashAt + SHA256.HashSizeInBytes;
    private readonly byte[] letters = Encoding.ASCII.GetBytes(magic);

    /// <summary>Returns the container of the content that <paramref name="write"/> writes.</summary>
    public byte[] Write(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        Write(stream, write);
        return stream.ToArray();
    }

    /// <summary>
    /// Writes the container of the content that <paramref name="write"/> writes. The stream must be empty, readable and seekable.
    /// </summary>
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

    /// <summary>Verifies header, version and checksum, and reads the content, given as a stream with its version.</summary>
    /// <exception cref="StoredFormatException">The content is damaged or of another version.</exception>
    public T Read<T>(byte[] bytes, Func<Stream, ushort, T> read)
    {
        if (bytes.Length < BodyAt || !bytes.AsSpan(0, letters.Length).SequenceEqual(letters))
            throw new StoredFormatException($"The stored {noun} is damaged: it does not start with the header of a {noun}. {remedy}");
        ushort found = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(VersionAt));
        ushort first = oldest ?? version;
        if (found < first || found > version)
        {
            string accepted = first == version ? $"format {version}" : $"formats {first} to {version}";
            throw new StoredFormatException(
                FormattableString.Invariant($"The stored {noun} has format {found}; this version of FairMedl reads {accepted}. {remedy}"));
        }

        if (!SHA256.HashData(bytes.AsSpan(BodyAt)).AsSpan().SequenceEqual(bytes.AsSpan(HashAt, SHA256.HashSizeInBytes)))
            throw new StoredFormatException($"The stored {noun} is damaged: its checksum does not match. {remedy}");
        try
        {
            using var brotli = new BrotliStream(new MemoryStream(bytes, BodyAt, bytes.Length - BodyAt), CompressionMode.Decompress);
            return read(brotli, found);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or ArgumentException or System.Text.Json.JsonException)
        {
            throw new StoredFormatException($"The stored {noun} is damaged: its content is truncated or invalid. {remedy}", e);
        }
    }
}
