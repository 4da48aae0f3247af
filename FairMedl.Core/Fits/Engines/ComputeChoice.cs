namespace FairMedl.Core.Fits.Engines;

/// <summary>The engine and device that a person chose for fits.</summary>
/// <param name="Engine">An engine's id, or "auto".</param>
/// <param name="Device">"cpu" or "cuda:N", or "auto".</param>
public sealed record ComputeChoice(string Engine = ComputeChoice.Auto, string Device = ComputeChoice.Auto)
{
    /// <summary>Leaves the choice to the program.</summary>
    public const string Auto = "auto";

    /// <summary>The choice in words, such as "auto" or "torchsharp on cuda:0".</summary>
    public string Description => (Engine, Device) switch
    {
        (Auto, Auto) => Auto,
        (_, Auto) => Engine,
        (Auto, _) => Device,
        _ => $"{Engine} on {Device}",
    };
}
