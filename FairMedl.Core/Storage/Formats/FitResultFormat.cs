using FairMedl.Core.Fits;

namespace FairMedl.Core.Storage.Formats;

/// <summary>
/// Binary format of a <see cref="FitResult"/> without its trained model: its fields in order, wrapped as
/// <see cref="SealedContent"/>. Floating-point numbers keep their exact bits.
/// </summary>
public static class FitResultFormat
{
    /// <summary>Format version, written and accepted.</summary>
    public const ushort Version = 1;

    private static readonly SealedContent Seal = new("FMFR", Version, "result");

    /// <summary>Returns the binary form of a result.</summary>
    public static byte[] Write(FitResult result) => Seal.Write(stream =>
    {
        using var writer = new FitResultWriter(stream);
        writer.Write(result);
    });

    /// <summary>Reads a result from its binary form.</summary>
    /// <exception cref="StoredFormatException">The content is damaged or of another version.</exception>
    public static FitResult Read(byte[] bytes) => Seal.Read(bytes, stream =>
    {
        using var reader = new FitResultReader(stream);
        return reader.Read();
    });
}
