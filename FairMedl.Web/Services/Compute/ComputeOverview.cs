using FairMedl.Core.Fits.Engines;

namespace FairMedl.Web.Services.Compute;

/// <summary>The compute engines of this machine, and what fits use.</summary>
/// <param name="Engines">All engines, the default first.</param>
/// <param name="Choice">The configured choice.</param>
/// <param name="Used">Engine and device of fits by that choice; null where this machine does not have them.</param>
/// <param name="FitsAtOnce">Number of fits that run at once there.</param>
/// <param name="Faster">GPUs that the choice uses instead for studies that are faster there.</param>
public sealed record ComputeOverview(IReadOnlyList<EngineOverview> Engines, ComputeChoice Choice, ComputeOrigin? Used,
    int FitsAtOnce, IReadOnlyList<ComputeOrigin> Faster);

/// <summary>A compute engine on this machine.</summary>
/// <param name="Id">The engine's id.</param>
/// <param name="Name">The engine's name for readers.</param>
/// <param name="Version">The engine's version.</param>
/// <param name="Devices">Its devices; empty where it cannot run.</param>
/// <param name="Problems">What is missing, and what to do about it.</param>
public sealed record EngineOverview(string Id, string Name, string Version, IReadOnlyList<DeviceOverview> Devices,
    IReadOnlyList<ComputeProblem> Problems);

/// <summary>A device of an engine.</summary>
/// <param name="Device">The device.</param>
/// <param name="Parallelism">Maximum number of fits at once.</param>
public sealed record DeviceOverview(ComputeDevice Device, int Parallelism);
