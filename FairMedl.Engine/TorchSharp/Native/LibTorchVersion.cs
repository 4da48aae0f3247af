using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace FairMedl.Engine.TorchSharp.Native;

/// <summary>Finds the version of a loaded libtorch.</summary>
internal static unsafe partial class LibTorchVersion
{
    /// <summary>
    /// The version in the files beside the folder (version.py of PyTorch, build-version of libtorch), or the one that the library
    /// reports (2.9 and later); null where neither is found.
    /// </summary>
    public static string? Find(string folder, nint torchCpu) =>
        OfFiles(folder) ?? (NativeLibrary.TryGetExport(torchCpu, "aoti_torch_abi_version", out nint function)
            ? Text(((delegate* unmanaged[Cdecl]<ulong>)function)())
            : null);

    /// <summary>The version in the files beside a folder with libtorch; null where there is none.</summary>
    public static string? OfFiles(string folder)
    {
        if (Path.GetDirectoryName(folder) is not { } parent) return null;
        try
        {
            string python = Path.Combine(parent, "version.py"), build = Path.Combine(parent, "build-version");
            if (File.Exists(python) && PythonVersion().Match(File.ReadAllText(python)) is { Success: true } match)
                return match.Groups[1].Value;
            string? text = File.Exists(build) ? File.ReadLines(build).FirstOrDefault()?.Trim() : null;
            return text is { Length: > 0 and < 64 } ? text : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Version in the bytes of an ABI version, from the highest: major, minor, patch.</summary>
    public static string Text(ulong abi) => FormattableString.Invariant($"{abi >> 56}.{abi >> 48 & 0xff}.{abi >> 40 & 0xff}");

    [GeneratedRegex("^__version__\\s*=\\s*['\"]([^'\"]{1,64})['\"]", RegexOptions.Multiline)]
    private static partial Regex PythonVersion();
}
