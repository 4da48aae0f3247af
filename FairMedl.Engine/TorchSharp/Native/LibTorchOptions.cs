namespace FairMedl.Engine.TorchSharp.Native;

/// <summary>Where libtorch is, and how the TorchSharp engine may load it.</summary>
/// <param name="Folder">
/// Folder with libtorch: <c>torch/lib</c> of a PyTorch installation, or <c>lib</c> of an unpacked libtorch. Null or empty uses the
/// libraries beside the program.
/// </param>
/// <param name="WeakenShim">
/// Whether a system whose C++ library is too old for TorchSharp's own library may load a copy of it in which that requirement is weak.
/// </param>
/// <param name="CacheFolder">Folder for that copy; null uses the user's folder for application data.</param>
public sealed record LibTorchOptions(string? Folder = null, bool WeakenShim = true, string? CacheFolder = null);
