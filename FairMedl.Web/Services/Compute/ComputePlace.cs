namespace FairMedl.Web.Services.Compute;

/// <summary>Where a choice of engine and device was made, for error messages.</summary>
/// <param name="Engine">Name of the setting, option or field of the engine.</param>
/// <param name="Device">Name of that of the device.</param>
public sealed record ComputePlace(string Engine, string Device)
{
    /// <summary>The program's settings.</summary>
    public static ComputePlace Settings { get; } = new("Compute:Engine", "Compute:Device");

    /// <summary>Options of a command.</summary>
    public static ComputePlace CommandLine { get; } = new("--engine", "--device");

    /// <summary>The study's own choice.</summary>
    public static ComputePlace Study { get; } = new("engine of the study", "device of the study");
}
