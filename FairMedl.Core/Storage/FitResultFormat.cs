using FairMedl.Core.Training;

namespace FairMedl.Core.Storage;

/// <summary>
/// The stored form of a <see cref="FitResult"/>, its trained model left out: the fields in their order, sealed as
/// <see cref="SealedContent"/>. Floating-point numbers keep their exact bits.
/// </summary>
public static class FitResultFormat
{
    /// <summary>The version that is written, and the only one that is read.</summary>
    public const ushort Version = 1;

    private static readonly SealedContent Seal = new("FMFR", Version, "result");

    /// <summary>Returns the binary form of a result.</summary>
    public static byte[] Write(FitResult result) => Seal.Write(stream =>
    {
        using var writer = new FitResultWriter(stream);
        writer.Write(result);
    });

    /// <summary>The result from its stored form.</summary>
    /// <exception cref="StoredFormatException">It is damaged or of another version.</exception>
    public static FitResult Read(byte[] bytes) => Seal.Read(bytes, stream =>
    {
        using var reader = new FitResultReader(stream);
        return reader.Read();
    });
}
