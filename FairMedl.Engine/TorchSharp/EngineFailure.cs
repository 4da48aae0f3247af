using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using FairMedl.Core.Fits.Engines;

namespace FairMedl.Engine.TorchSharp;

/// <summary>Failures of libtorch in words: what happened, why, and what to do.</summary>
internal static partial class EngineFailure
{
    private const string Smaller = "Use a smaller batch or smaller layers";

    // The machine's own memory can run out in a fit on a GPU too.
    private static readonly ComputeDevice Host = new(ComputeDevice.Cpu);

    /// <summary>Reason of a failure of TorchSharp or its libraries; null for any other exception.</summary>
    public static string? Describe(Exception exception, ComputeDevice device) => exception switch
    {
        TypeInitializationException { InnerException: { } inner } => Describe(inner, device) ?? NotLoaded(inner),
        DllNotFoundException or EntryPointNotFoundException or BadImageFormatException => NotLoaded(exception),
        OutOfMemoryException => OutOfMemory(Host, null, null),
        ExternalException or NotSupportedException => Describe(exception.Message, device),
        _ => null,
    };

    /// <summary>Reason of a failure with a message of libtorch.</summary>
    public static string Describe(string message, ComputeDevice device)
    {
        if (GpuMemory().Match(message) is { Success: true } gpu)
            return OutOfMemory(device, gpu.Groups["asked"].Value, GpuFree().Match(message) is { Success: true } free ? free.Value : null);
        if (CpuMemory().Match(message) is { Success: true } cpu) return OutOfMemory(Host, Binary(cpu.Groups["bytes"].Value), null);
        string first = message.Split('\n')[0].Trim().TrimEnd('.');
        return $"TorchSharp failed on {device.Id}: {first}. Retry, or use the managed engine.";
    }

    private static string OutOfMemory(ComputeDevice device, string? asked, string? free)
    {
        string what = device.IsCpu ? "The machine" : $"GPU {device.Id}";
        string request = asked is null ? "" : $": the fit asked for {asked} more{(free is null ? "" : $" ({free})")}";
        return $"{what} is out of memory{request}. {Smaller}{(device.IsCpu ? ", or fewer fits at once." : ", or the CPU.")}";
    }

    private static string NotLoaded(Exception exception) =>
        $"TorchSharp's native libraries cannot be used: {exception.Message.Split('\n')[0].Trim().TrimEnd('.')}. " +
        "See the Compute page, or use the managed engine.";

    private static string Binary(string bytes)
    {
        double value = double.Parse(bytes, CultureInfo.InvariantCulture);
        (double size, string unit) = value >= 1L << 30 ? (value / (1L << 30), "GiB") : (value / (1L << 20), "MiB");
        return FormattableString.Invariant($"{size:F2} {unit}");
    }

    [GeneratedRegex(@"Tried to allocate (?<asked>[\d.]+ [KMGT]?i?B|\d+ bytes)")]
    private static partial Regex GpuMemory();

    [GeneratedRegex(@"[\d.]+ [KMGT]?i?B is free")]
    private static partial Regex GpuFree();

    [GeneratedRegex(@"you tried to allocate (?<bytes>\d+) bytes")]
    private static partial Regex CpuMemory();
}
