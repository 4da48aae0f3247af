using System.Diagnostics;
using System.Runtime.InteropServices;

namespace FairMedl.Benchmarks;

/// <summary>
/// The time that the calling thread has had the processor, so that what else runs on the machine counts little. The peer's
/// script measures itself in the same way. Where the system has no such clock it is the time of day.
/// </summary>
internal static class ProcessorTime
{
    private const int ThreadClock = 3;

    /// <summary>Nanoseconds since some moment.</summary>
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
