using FairMedl.Core.Fits.Engines;

namespace FairMedl.Engine.TorchSharp.Native;

/// <summary>The outcome of loading libtorch.</summary>
/// <param name="Devices">Devices of this machine that libtorch can use; empty where it is not loaded.</param>
/// <param name="Problems">What keeps libtorch from loading, or from using a device.</param>
/// <param name="Version">Version of libtorch, such as "2.10.0"; null where it is unknown.</param>
/// <param name="Folder">The folder from which libtorch was loaded; null where it is not loaded.</param>
public sealed record LibTorchState(IReadOnlyList<ComputeDevice> Devices, IReadOnlyList<ComputeProblem> Problems, string? Version,
    string? Folder)
{
    /// <summary>Whether TorchSharp can be used.</summary>
    public bool IsLoaded => Folder is not null;

    internal static LibTorchState Unavailable(ComputeProblem problem) => new([], [problem], null, null);
}
