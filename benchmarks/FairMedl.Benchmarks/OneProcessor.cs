using System.Runtime.InteropServices;

namespace FairMedl.Benchmarks;

/// <summary>
/// Binds the calling thread to one of its allowed processors until disposal. On a shared machine processors slow down at
/// different times, so compared measurements must use the same one. Has an effect on Linux only.
/// </summary>
internal sealed class OneProcessor : IDisposable
{
    // The system's set of up to 1024 processors.
    private readonly ulong[] before = new ulong[16];

    /// <summary>Binds the thread to one of its allowed processors, by index from 0 (modulo their number).</summary>
    public OneProcessor(int which)
    {
        if (!OperatingSystem.IsLinux() || GetAffinity(0, sizeof(ulong) * before.Length, before) < 0) return;
        int[] allowed = [.. Enumerable.Range(0, 64 * before.Length).Where(p => (before[p / 64] >> (p % 64) & 1) != 0)];
        Number = allowed[which % allowed.Length];
        Bind(Number.Value);
    }

    /// <summary>The processor's number; null where the thread is not bound.</summary>
    public int? Number { get; }

    /// <summary>Binds the calling thread to a processor, for good.</summary>
    public static void Bind(int processor)
    {
        if (!OperatingSystem.IsLinux()) return;
        ulong[] one = new ulong[16];
        one[processor / 64] = 1UL << (processor % 64);
        _ = SetAffinity(0, sizeof(ulong) * one.Length, one);
    }

    public void Dispose()
    {
        if (Number is not null) _ = SetAffinity(0, sizeof(ulong) * before.Length, before);
    }

    [DllImport("libc", EntryPoint = "sched_getaffinity")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetAffinity(int thread, nint bytes, [In, Out] ulong[] processors);

    [DllImport("libc", EntryPoint = "sched_setaffinity")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetAffinity(int thread, nint bytes, ulong[] processors);
}
