namespace FairMedl.Web.Services.Compute;

/// <summary>Whether this machine has an NVIDIA driver, found by its files: loading libtorch to find out takes seconds and memory.</summary>
public static class NvidiaDriver
{
    private static readonly string[] LinuxFiles = ["/proc/driver/nvidia/version", "/dev/nvidiactl", "/usr/lib/wsl/lib/libcuda.so.1"];

    /// <summary>Whether the driver is installed. Without one there is no CUDA device.</summary>
    public static bool IsInstalled =>
        OperatingSystem.IsWindows() ? File.Exists(Path.Combine(Environment.SystemDirectory, "nvcuda.dll"))
        : OperatingSystem.IsLinux() && LinuxFiles.Any(File.Exists);
}
