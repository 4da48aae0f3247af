using System.Runtime.InteropServices;

namespace FairMedl.Engine.TorchSharp.Native;

/// <summary>Loads a native library by its path.</summary>
internal static unsafe class NativeFile
{
    private const int Lazy = 1, Now = 2;

    private static readonly Lazy<(nint Open, nint Error)> Loader = new(() =>
    {
        nint library = NativeLibrary.TryLoad("libdl.so.2", out nint dl) ? dl : NativeLibrary.Load("libc.so.6");
        return (NativeLibrary.GetExport(library, "dlopen"), NativeLibrary.GetExport(library, "dlerror"));
    });

    /// <summary>Loads a library and returns its handle.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <param name="bindNow">
    /// Linux: binds all functions at once. A function that is missing then is a reason; bound later, it would end the process.
    /// </param>
    /// <exception cref="NativeLoadException">The system cannot load it.</exception>
    public static nint Load(string path, bool bindNow = false) => TryLoad(path, bindNow, out string reason) is var handle and not 0
        ? handle
        : throw new NativeLoadException(NativeProblems.NotLoadable(path, reason));

    /// <summary>Loads a library; returns 0 and the system's message where that fails.</summary>
    public static nint TryLoad(string path, bool bindNow, out string reason)
    {
        reason = "";
        if (OperatingSystem.IsLinux()) return OpenOnLinux(path, bindNow, out reason);
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            reason = Sentence(e.Message);
            return 0;
        }
    }

    // The runtime's own loading hides the system's message in advice for developers, and cannot bind at once.
    private static nint OpenOnLinux(string path, bool bindNow, out string reason)
    {
        (nint open, nint error) = Loader.Value;
        nint name = Marshal.StringToCoTaskMemUTF8(path);
        try
        {
            nint handle = ((delegate* unmanaged[Cdecl]<nint, int, nint>)open)(name, bindNow ? Now : Lazy);
            reason = handle != 0
                ? ""
                : Sentence(Marshal.PtrToStringUTF8(((delegate* unmanaged[Cdecl]<nint>)error)()) ?? "the system gives no reason");
            return handle;
        }
        finally
        {
            Marshal.FreeCoTaskMem(name);
        }
    }

    private static string Sentence(string message) => message.Trim().TrimEnd('.') + ".";
}
