using TorchSharp;

namespace FairMedl.Engine.TorchSharp.Native;

/// <summary>
/// The native libraries of TorchSharp, loaded once, at the first request and before any other call of TorchSharp. A missing or broken
/// library is a reason in <see cref="State"/>, never an exception.
/// </summary>
public static class LibTorch
{
    private static readonly Lock Gate = new();
    private static LibTorchOptions options = new();
    private static LibTorchState? state;

    /// <summary>The devices and problems found; the first call loads the libraries.</summary>
    public static LibTorchState State
    {
        get
        {
            lock (Gate) return state ??= LibTorchLoader.Load(options);
        }
    }

    /// <summary>Version of TorchSharp and, once it is loaded, of libtorch, such as "0.107.0, libtorch 2.10.0". Loads nothing.</summary>
    public static string Version
    {
        get
        {
            string managed = typeof(torch).Assembly.GetName().Version!.ToString(3);
            lock (Gate) return state?.Version is { } native ? $"{managed}, libtorch {native}" : managed;
        }
    }

    /// <summary>
    /// Sets where libtorch is. Once it is loaded, other options have no effect: a process loads it only once. After a failure, changed
    /// options are tried at the next request.
    /// </summary>
    public static void Configure(LibTorchOptions value)
    {
        lock (Gate)
        {
            if (options == value) return;
            options = value;
            if (state is { IsLoaded: false }) state = null;
        }
    }
}
