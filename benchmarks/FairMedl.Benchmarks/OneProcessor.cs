using System.Runtime.InteropServices;

namespace FairMedl.Benchmarks;

/// <summary>
/// Until it is disposed, the calling thread runs on one of the processors that it may run on, and no other: on a shared machine one
/// may be slowed for seconds while another is not, and what is compared must run on the same. Does nothing but on Linux.
/// </summary>
internal sealed class OneProcessor : IDisposable
{
    // A set of 1024 processors, as the system keeps it.
    private readonly ulong[] before = new ulong[16];

    /// <summary>Keeps the thread on the given one of its processors, counted from 0 and around.</summary>
    public OneProcessor(int which)
    {
        if (!OperatingSystem.IsLinux() || GetAffinity(0, sizeof(ulong) * before.Length, before) < 0) return;
        int[] allowed = [.. Enumerable.Range(0, 64 * before.Length).Where(p => (before[p / 64] >> (p % 64) & 1) != 0)];
        Number = allowed[which % allowed.Length];
        ulong[] one = new ulong[before.Length];
        one[Number.Value / 64] = 1UL << (Number.Value % 64);
        _ = SetAffinity(0, sizeof(ulong) * one.Length, one);
    }

    /// <summary>The processor's number; null where the thread was left as it is.</summary>
    public int? Number { get; }

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
