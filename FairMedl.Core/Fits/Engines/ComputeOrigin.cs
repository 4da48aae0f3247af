namespace FairMedl.Core.Fits.Engines;

/// <summary>
/// Where a fit was computed. On a CPU, fits of equal origin are equal bit for bit; all others agree within tolerance.
/// </summary>
/// <param name="Engine">The engine's id, such as "managed".</param>
/// <param name="EngineName">The engine's name for readers.</param>
/// <param name="Version">The engine's version.</param>
/// <param name="Device">"cpu" or "cuda:N".</param>
/// <param name="DeviceName">The GPU's name; null for a CPU.</param>
/// <param name="VectorBits">Vector width in bits; null where the library decides.</param>
public sealed record ComputeOrigin(string Engine, string EngineName, string Version, string Device, string? DeviceName, int? VectorBits)
{
    /// <summary>Id of the engine of every fit whose result records no origin: the managed one.</summary>
    public const string FirstEngine = "managed";

    /// <summary>The origin in words, such as "cpu (managed engine 0.1.0, 512-bit vectors)".</summary>
    public string Description => FormattableString.Invariant(
        $"{Device} ({(DeviceName is null ? "" : DeviceName + ", ")}{EngineName} {Version}{Vectors})");

    private string Vectors => VectorBits switch
    {
        null => "",
        <= 32 => ", no vectors",
        { } bits => FormattableString.Invariant($", {bits}-bit vectors"),
    };
}
