using System.Runtime.InteropServices;
using TorchSharp;

namespace FairMedl.Engine.TorchSharp.Native;

/// <summary>Finds the folders from which TorchSharp's and libtorch's libraries are loaded.</summary>
internal static class NativeFolders
{
    /// <summary>
    /// The folders of this program in which the runtime looks for native libraries; only those that exist, and not that of a shared
    /// runtime.
    /// </summary>
    public static IReadOnlyList<string> OfProgram(NativeSystem system)
    {
        string searched = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        string @base = AppContext.BaseDirectory, library = Path.GetDirectoryName(typeof(torch).Assembly.Location) ?? "";
        return
        [
            .. searched.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .Concat([@base, Runtimes(@base), library, library.Length > 0 ? Runtimes(library) : ""])
                .Where(f => f.Length > 0 && Directory.Exists(f))
                .Select(Normalised)
                .Where(f => f == Normalised(@base) || f != Normalised(RuntimeEnvironment.GetRuntimeDirectory()))
                .Distinct(),
        ];

        static string Normalised(string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));

        string Runtimes(string folder) => Path.Combine(folder, "runtimes", system.Id, "native");
    }

    /// <summary>The folder with libtorch: the configured one, or the first beside the program.</summary>
    /// <exception cref="NativeLoadException">There is no libtorch, or there are two.</exception>
    public static string LibTorch(NativeSystem system, string? configured, IReadOnlyList<string> program)
    {
        string file = system.FileName("torch_cpu");
        string? own = program.FirstOrDefault(f => File.Exists(Path.Combine(f, file)));
        if (string.IsNullOrWhiteSpace(configured)) return own ?? throw new NativeLoadException(NativeProblems.NoLibTorch(file, program));

        string folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(configured));
        if (!Directory.Exists(folder)) throw new NativeLoadException(NativeProblems.NoSuchFolder(folder));
        foreach (string needed in NativeSystem.Libraries.Where(NativeSystem.IsRequired).Select(system.FileName))
        {
            if (!File.Exists(Path.Combine(folder, needed))) throw new NativeLoadException(NativeProblems.FolderLacks(folder, needed));
        }

        // TorchSharp itself loads the library beside the program by its path, even where another one is loaded.
        return own is null || own == folder ? folder : throw new NativeLoadException(NativeProblems.TwoLibTorch(folder, own));
    }

    /// <summary>Full path of TorchSharp's own library.</summary>
    /// <exception cref="NativeLoadException">It was not found.</exception>
    public static string Shim(NativeSystem system, string libTorch, IReadOnlyList<string> program)
    {
        string file = system.FileName(NativeSystem.Shim);
        IReadOnlyList<string> folders = [.. program, libTorch];
        return folders.Select(f => Path.Combine(f, file)).FirstOrDefault(File.Exists)
            ?? throw new NativeLoadException(NativeProblems.NoShim(file, folders));
    }
}
