using System.Text.Json;
using FairMedl.Core.Studies.Plan;

namespace FairMedl.Web.Services.Compute;

/// <summary>A measured training step.</summary>
/// <param name="Machine">Name of the machine.</param>
/// <param name="Engine">The engine's id.</param>
/// <param name="Version">The engine's version.</param>
/// <param name="Device">"cpu" or "cuda:N".</param>
/// <param name="DeviceName">The GPU's name; null for a CPU.</param>
/// <param name="VectorBits">The engine's vector width; null where its library decides.</param>
/// <param name="Model">The model's id.</param>
/// <param name="Shape">Everything else that decides the time of a step (<see cref="FitShape.Details"/>), as a hash.</param>
/// <param name="SecondsPerStep">Seconds of one step of one fit alone.</param>
public sealed record StepTime(string Machine, string Engine, string Version, string Device, string? DeviceName, int? VectorBits,
    string Model, string Shape, double SecondsPerStep)
{
    /// <summary>Whether both measure the same; the seconds may differ.</summary>
    public bool IsOfSame(StepTime other) => this with { SecondsPerStep = 0 } == other with { SecondsPerStep = 0 };
}

/// <summary>
/// The measured steps of this machine, in a JSON file that may be deleted at any time. A file that cannot be read, or of another
/// version, counts as empty and is replaced at the next measurement.
/// </summary>
/// <param name="path">The file; its folder is created when needed. Null keeps the measurements in memory only.</param>
/// <param name="log">Log for a file that cannot be read or written.</param>
public sealed class CalibrationFile(string? path, ILogger<CalibrationFile> log)
{
    private const int Version = 1;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private readonly Lock gate = new();
    private List<StepTime>? times;

    /// <summary>Its path in a data folder.</summary>
    public static string PathIn(string dataFolder) => Path.Combine(dataFolder, "cache", "calibration.json");

    /// <summary>All measured steps.</summary>
    public IReadOnlyList<StepTime> Times
    {
        get
        {
            lock (gate) return [.. times ??= Read()];
        }
    }

    /// <summary>Adds a measurement in place of an earlier one of the same.</summary>
    public void Add(StepTime time)
    {
        lock (gate)
        {
            times ??= Read();
            times.RemoveAll(time.IsOfSame);
            times.Add(time);
            Write(times);
        }
    }

    private List<StepTime> Read()
    {
        try
        {
            if (path is null || !File.Exists(path)) return [];
            Content? content = JsonSerializer.Deserialize<Content>(File.ReadAllBytes(path), Json);
            return content is { FormatVersion: Version, Times: { } read } ? [.. read.OfType<StepTime>()] : [];
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            log.LogWarning(e, "The measured training steps in {File} cannot be read; they are measured again", path);
            return [];
        }
    }

    // Replaced in one step, so that a process that is killed leaves the earlier file or the new one.
    private void Write(List<StepTime> all)
    {
        if (path is null) return;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            string partial = $"{path}.{Environment.ProcessId}.partial";
            try
            {
                File.WriteAllBytes(partial, JsonSerializer.SerializeToUtf8Bytes(new Content(Version, all), Json));
                File.Move(partial, path, overwrite: true);
            }
            finally
            {
                File.Delete(partial);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.LogWarning(e, "The measured training steps cannot be written to {File}; they are kept until the program ends", path);
        }
    }

    private sealed record Content(int FormatVersion, IReadOnlyList<StepTime>? Times);
}
