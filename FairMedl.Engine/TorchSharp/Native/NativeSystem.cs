using System.Runtime.InteropServices;

namespace FairMedl.Engine.TorchSharp.Native;

/// <summary>A system for which TorchSharp has native libraries.</summary>
/// <param name="Id">Its runtime identifier, such as "linux-x64".</param>
/// <param name="Prefix">Prefix of a library's file name.</param>
/// <param name="Suffix">Suffix of a library's file name.</param>
internal sealed record NativeSystem(string Id, string Prefix, string Suffix)
{
    /// <summary>Name of TorchSharp's own library, which connects it to libtorch.</summary>
    public const string Shim = "LibTorchSharp";

    /// <summary>The libraries of libtorch, each after those that it depends on; those of CUDA are optional.</summary>
    public static readonly IReadOnlyList<string> Libraries = ["c10", "torch_cpu", "c10_cuda", "torch_cuda", "torch"];

    private static readonly NativeSystem[] Supported =
        [new("linux-x64", "lib", ".so"), new("win-x64", "", ".dll"), new("win-arm64", "", ".dll"), new("osx-arm64", "lib", ".dylib")];

    /// <summary>The identifiers of all supported systems.</summary>
    public static IEnumerable<string> SupportedIds => Supported.Select(s => s.Id);

    /// <summary>Identifier of this process's system, such as "linux-arm64" or "linux-musl-x64".</summary>
    public static string CurrentId => IdOf(OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux",
        RuntimeInformation.ProcessArchitecture, RuntimeInformation.RuntimeIdentifier);

    /// <summary>The system of an identifier; null where TorchSharp has no native library for it.</summary>
    public static NativeSystem? Find(string id) => Supported.FirstOrDefault(s => s.Id == id);

    /// <summary>Identifier of a system; musl is recognised by the runtime's own identifier.</summary>
    public static string IdOf(string platform, Architecture architecture, string runtimeIdentifier)
    {
        bool isMusl = platform == "linux" && (runtimeIdentifier.Contains("musl", StringComparison.Ordinal)
            || runtimeIdentifier.StartsWith("alpine", StringComparison.Ordinal));
        return $"{platform}{(isMusl ? "-musl" : "")}-{architecture.ToString().ToLowerInvariant()}";
    }

    /// <summary>Whether a library of libtorch is needed on every device.</summary>
    public static bool IsRequired(string library) => !library.EndsWith("_cuda", StringComparison.Ordinal);

    /// <summary>File name of a library, such as "libc10.so".</summary>
    public string FileName(string library) => Prefix + library + Suffix;
}
