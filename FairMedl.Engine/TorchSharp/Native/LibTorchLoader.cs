using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using FairMedl.Core.Fits.Engines;
using TorchSharp;

namespace FairMedl.Engine.TorchSharp.Native;

/// <summary>
/// Loads libtorch and TorchSharp's own library by absolute path, each library after those that it depends on, and makes TorchSharp use
/// them. Callers hold a lock.
/// </summary>
internal static class LibTorchLoader
{
    private static string? held;
    private static nint shim;
    private static bool isConnected;

    /// <summary>Loads the libraries; a failure is a problem of the result.</summary>
    public static LibTorchState Load(LibTorchOptions options)
    {
        try
        {
            NativeSystem system = NativeSystem.Find(NativeSystem.CurrentId)
                ?? throw new NativeLoadException(NativeProblems.NoLibraryForSystem(NativeSystem.CurrentId));
            IReadOnlyList<string> program = NativeFolders.OfProgram(system);
            string folder = NativeFolders.LibTorch(system, options.Folder, program);
            string shimFile = NativeFolders.Shim(system, folder, program);
            List<string> files = Files(system, folder);
            if (OperatingSystem.IsLinux()) CheckComplete([.. files, shimFile]);
            Hold(folder);
            if (OperatingSystem.IsWindows()) AddToPath(folder);
            nint torchCpu = LoadAll(files, system.FileName("torch_cpu"));
            shim = OperatingSystem.IsLinux() ? LinuxShim.Load(shimFile, options) : NativeFile.Load(shimFile);
            Connect();
            bool hasCuda = files.Any(f => Path.GetFileName(f) == system.FileName("torch_cuda"));
            (IReadOnlyList<ComputeDevice> devices, IReadOnlyList<ComputeProblem> problems) = TorchDevices.Find(folder, hasCuda);
            return new LibTorchState(devices, problems, LibTorchVersion.Find(folder, torchCpu), folder);
        }
        catch (NativeLoadException e)
        {
            return LibTorchState.Unavailable(e.Problem);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException
            or ExternalException)
        {
            return LibTorchState.Unavailable(NativeProblems.NotInitialised(e.Message));
        }
    }

    private static List<string> Files(NativeSystem system, string folder)
    {
        var files = new List<string>();
        foreach (string library in NativeSystem.Libraries)
        {
            string path = Path.Combine(folder, system.FileName(library));
            if (File.Exists(path)) files.Add(path);
            else if (NativeSystem.IsRequired(library))
                throw new NativeLoadException(NativeProblems.FolderLacks(folder, system.FileName(library)));
        }

        return files;
    }

    /// <summary>A truncated library ends the process when the system's loader reads beyond its end, so each is checked before.</summary>
    private static void CheckComplete(IEnumerable<string> files)
    {
        foreach (string file in files)
        {
            if (ElfFile.FaultOf(file) is { } fault) throw new NativeLoadException(NativeProblems.Damaged(file, fault));
        }
    }

    /// <summary>Libraries of two folders must not mix in one process, and a loaded libtorch is never unloaded safely.</summary>
    private static void Hold(string folder)
    {
        if (held is not null && held != folder) throw new NativeLoadException(NativeProblems.OtherFolderHeld(folder, held));
    }

    /// <summary>On Windows, libtorch loads libraries of CUDA by their names alone when it first needs them.</summary>
    private static void AddToPath(string folder)
    {
        string path = Environment.GetEnvironmentVariable("PATH") ?? "";
        if (path.Split(Path.PathSeparator).Contains(folder)) return;
        Environment.SetEnvironmentVariable("PATH", folder + Path.PathSeparator + path);
    }

    private static nint LoadAll(List<string> files, string torchCpuName)
    {
        nint torchCpu = 0;
        foreach (string file in files)
        {
            nint handle = NativeFile.Load(file);
            held ??= Path.GetDirectoryName(file);
            if (Path.GetFileName(file) == torchCpuName) torchCpu = handle;
        }

        return torchCpu;
    }

    /// <summary>Answers TorchSharp's requests for its own library, then lets it initialise itself.</summary>
    private static void Connect()
    {
        try
        {
            if (!isConnected)
            {
                isConnected = true;
                // Its calls come to the resolver, and its own loader, which looks by name first, comes to the event.
                NativeLibrary.SetDllImportResolver(typeof(torch).Assembly, (name, _, _) => name == NativeSystem.Shim ? shim : 0);
                AssemblyLoadContext.GetLoadContext(typeof(torch).Assembly)!.ResolvingUnmanagedDll +=
                    (assembly, name) => assembly == typeof(torch).Assembly && name == NativeSystem.Shim ? shim : 0;
            }

            RuntimeHelpers.RunClassConstructor(typeof(torch).TypeHandle);
        }
        catch (Exception e) when (e is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException
            or BadImageFormatException or InvalidOperationException)
        {
            throw new NativeLoadException(NativeProblems.NotInitialised(FirstLine((e.InnerException ?? e).Message)));
        }
    }

    private static string FirstLine(string text) => text.Trim().Split('\r', '\n')[0];
}
