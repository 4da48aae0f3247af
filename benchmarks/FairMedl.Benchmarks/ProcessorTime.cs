using System.Diagnostics;
using System.Runtime.InteropServices;

namespace FairMedl.Benchmarks;

/// <summary>
/// Processor time of the calling thread, which other processes hardly affect. The peer's script measures itself in the same
/// way. Wall-clock time where the system has no such clock.
/// </summary>
internal static class ProcessorTime
{
    private const int ThreadClock = 3;

    /// <summary>Nanoseconds since an arbitrary point in time.</summary>
    public static long Nanoseconds()
    {
        if (!OperatingSystem.IsLinux()) return (long)(Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency));
        _ = Read(ThreadClock, out Moment moment);
        return moment.Seconds * 1_000_000_000 + moment.Nanoseconds;
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Read(int clock, out Moment moment);

    [StructLayout(LayoutKind.Sequential)]
    private struct Moment
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
