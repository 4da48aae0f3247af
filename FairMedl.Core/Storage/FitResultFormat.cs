using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using FairMedl.Core.Training;

namespace FairMedl.Core.Storage;

/// <summary>A stored result cannot be read: it is damaged, or of another version of the format.</summary>
public sealed class FitResultFormatException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// The stored form of a <see cref="FitResult"/>: "FMFR", version (2 bytes), SHA-256 of what follows, Brotli of the fields
/// in their order. Floating-point numbers keep their exact bits. Anything else than what was written is refused, never read
/// as other numbers.
/// </summary>
public static class FitResultFormat
{
    /// <summary>The version that is written, and the only one that is read.</summary>
    public const ushort Version = 1;

    private const int VersionAt = 4, HashAt = 6, BodyAt = HashAt + SHA256.HashSizeInBytes;

    private static ReadOnlySpan<byte> Magic => "FMFR"u8;

    /// <summary>The result's stored form.</summary>
    public static byte[] Write(FitResult result)
    {
        using var stream = new MemoryStream();
        stream.SetLength(BodyAt);
        stream.Position = BodyAt;
        using (var brotli = new BrotliStream(stream, CompressionLevel.Fastest, leaveOpen: true))
        using (var writer = new FitResultWriter(brotli))
            writer.Write(result);
        byte[] bytes = stream.ToArray();
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(VersionAt), Version);
        SHA256.HashData(bytes.AsSpan(BodyAt), bytes.AsSpan(HashAt, SHA256.HashSizeInBytes));
        return bytes;
    }

    /// <summary>The result from its stored form.</summary>
    /// <exception cref="FitResultFormatException">It is damaged or of another version.</exception>
    public static FitResult Read(byte[] bytes)
    {
        if (bytes.Length < BodyAt || !bytes.AsSpan(0, Magic.Length).SequenceEqual(Magic))
            throw new FitResultFormatException("The stored result is damaged: it does not begin as a result does. Run the fit again.");
        ushort version = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(VersionAt));
        if (version != Version)
            throw new FitResultFormatException(FormattableString.Invariant($"The stored result has format {version}; this version of FairMedl reads format {Version}. Run the fit again."));
        if (!SHA256.HashData(bytes.AsSpan(BodyAt)).AsSpan().SequenceEqual(bytes.AsSpan(HashAt, SHA256.HashSizeInBytes)))
            throw new FitResultFormatException("The stored result is damaged: its checksum does not match. Run the fit again.");
        try
        {
            using var brotli = new BrotliStream(new MemoryStream(bytes, BodyAt, bytes.Length - BodyAt), CompressionMode.Decompress);
            using var reader = new FitResultReader(brotli);
            return reader.Read();
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or ArgumentException)
        {
            throw new FitResultFormatException("The stored result is damaged: its content ends too early or is not of its format. Run the fit again.", e);
        }
    }
}
