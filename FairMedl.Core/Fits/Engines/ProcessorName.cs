using System.Runtime.InteropServices;

namespace FairMedl.Core.Fits.Engines;

/// <summary>The name of this machine's processor, such as "AMD EPYC 9654 96-Core Processor".</summary>
public static class ProcessorName
{
    private static readonly Lazy<string?> Found = new(Find);

    /// <summary>The name that the system reports; null where it reports none.</summary>
    public static string? Value => Found.Value;

    /// <summary>The first model name of a text in the format of /proc/cpuinfo; null where there is none.</summary>
    internal static string? OfLinux(IEnumerable<string> lines) => lines
        .Select(l => l.Split(':', 2))
        .Where(p => p.Length == 2 && p[0].Trim() == "model name" && p[1].Trim().Length > 0)
        .Select(p => p[1].Trim())
        .FirstOrDefault();

    private static string? Find()
    {
        try
        {
            if (OperatingSystem.IsLinux()) return OfLinux(File.ReadLines("/proc/cpuinfo"));
            if (OperatingSystem.IsMacOS()) return OfMac();
            return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    private static string? OfMac()
    {
        byte[] name = new byte[256];
        nint length = name.Length;
        return SystemControl("machdep.cpu.brand_string", name, ref length, 0, 0) == 0 && length > 1
            ? System.Text.Encoding.UTF8.GetString(name, 0, (int)length - 1)
            : null;
    }

    [DllImport("libc", EntryPoint = "sysctlbyname", CharSet = CharSet.Ansi, BestFitMapping = false)]
    private static extern int SystemControl([MarshalAs(UnmanagedType.LPStr)] string name, byte[] value, ref nint length, nint newValue,
        nint newLength);
}
