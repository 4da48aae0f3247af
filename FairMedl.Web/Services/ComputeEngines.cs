using FairMedl.Core.Data;
using FairMedl.Core.Fits;
using FairMedl.Engine.Managed;
using FairMedl.Engine.TorchSharp;

namespace FairMedl.Web.Services;

/// <summary>The compute engines of this program, and the choice between them.</summary>
public static class ComputeEngines
{
    /// <summary>All engines, the default first.</summary>
    public static IReadOnlyList<IComputeEngine> All { get; } = [new ManagedEngine(), new TorchSharpEngine()];

    /// <summary>The engine and device of two settings: "auto" or an engine's id, "auto" or a device's.</summary>
    /// <exception cref="InputException">There is no such engine or device.</exception>
    public static ComputeTarget Choose(string? engine, string? device)
    {
        IComputeEngine chosen = engine is null or "auto" ? All[0] : All.FirstOrDefault(e => e.Id == engine)
            ?? throw new InputException(new InputFault($"'{engine}' is not a compute engine.",
                $"Choose auto, {string.Join(" or ", All.Select(e => e.Id))}.", Path: "Compute:Engine"));
        ComputeDevice? found = chosen.Devices.FirstOrDefault(d => device is null or "auto" || d.Id == device);
        return found is not null
            ? new ComputeTarget(chosen, found)
            : throw new InputException(new InputFault($"Device '{device}' is not available.", "Choose 'auto' or 'cpu'.", Path: "Compute:Device"));
    }
}
