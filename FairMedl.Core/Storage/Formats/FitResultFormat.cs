using FairMedl.Core.Fits;

namespace FairMedl.Core.Storage.Formats;

/// <summary>
/// Binary format of a <see cref="FitResult"/> without its trained model: its fields in order, wrapped as
/// <see cref="SealedContent"/>. Floating-point numbers keep their exact bits.
/// </summary>
public static class FitResultFormat
{
    /// <summary>Format version that is written.</summary>
    public const ushort Version = 3;

    /// <summary>
    /// The oldest version that can be read. Version 1 has no origin, version 2 no SDs of features, no permutation
    /// importance, no KL weight and no total effects.
    /// </summary>
    public const ushort OldestVersion = 1;

    private static readonly SealedContent Seal = new("FMFR", Version, "result", oldest: OldestVersion);

    /// <summary>Returns the binary form of a result.</summary>
    public static byte[] Write(FitResult result) => Seal.Write(stream =>
    {
        using var writer = new FitResultWriter(stream);
        writer.Write(result);
    });

    /// <summary>Reads a result from its binary form, in this version or an older one.</summary>
    /// <exception cref="StoredFormatException">The content is damaged or of an unknown version.</exception>
    public static FitResult Read(byte[] bytes) => Seal.Read(bytes, (stream, version) =>
    {
        using var reader = new FitResultReader(stream);
        return reader.Read(version);
    });
}
