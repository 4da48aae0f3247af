using FairMedl.Core.Data;
using FairMedl.Core.Fits.Engines;

namespace FairMedl.Web.Services.Compute;

/// <summary>The settings "Compute:..." (or Compute__... in the environment).</summary>
public sealed record ComputeSettings
{
    /// <summary>"auto" or an engine's id.</summary>
    public string Engine { get; init; } = ComputeChoice.Auto;

    /// <summary>"auto", "cpu" or "cuda:N".</summary>
    public string Device { get; init; } = ComputeChoice.Auto;

    /// <summary>
    /// Folder with libtorch, such as <c>torch/lib</c> of a PyTorch installation; empty = the libraries beside the program.
    /// </summary>
    public string LibTorch { get; init; } = "";

    /// <summary>
    /// Whether a system whose C++ library is too old for TorchSharp may load a copy of its library without that requirement.
    /// </summary>
    public bool WeakenShim { get; init; } = true;

    /// <summary>Engine and device as a choice.</summary>
    public ComputeChoice Choice => new(Engine, Device);

    /// <summary>Reads the settings; blank ones have their default.</summary>
    /// <exception cref="InputException">A value is not valid.</exception>
    public static ComputeSettings Read(IConfiguration configuration)
    {
        IConfigurationSection section = configuration.GetSection("Compute");
        var settings = new ComputeSettings
        {
            Engine = Text(nameof(Engine)) ?? ComputeChoice.Auto,
            Device = Text(nameof(Device)) ?? ComputeChoice.Auto,
            LibTorch = section[nameof(LibTorch)]?.Trim() ?? "",
            WeakenShim = Text(nameof(WeakenShim)) is not { } weaken || (bool.TryParse(weaken, out bool on) ? on
                : throw new InputException(new InputFault("This is neither true nor false.", "Set true or false.", Value: weaken,
                    Path: "Compute:WeakenShim"))),
        };
        ComputeEngines.Check(settings.Choice, ComputePlace.Settings);
        return settings;

        string? Text(string name) => section[name]?.Trim().ToLowerInvariant() is { Length: > 0 } text ? text : null;
    }

    /// <summary>The settings of a command that reads no configuration of its own: appsettings.json and the environment.</summary>
    /// <exception cref="InputException">A value is not valid.</exception>
    public static ComputeSettings OfProgram() => Read(new ConfigurationBuilder().SetBasePath(AppContext.BaseDirectory)
        .AddJsonFile("appsettings.json", optional: true).AddEnvironmentVariables().Build());
}
