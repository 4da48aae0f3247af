namespace FairMedl.Core.Fits;

/// <summary>Something that keeps a compute engine from running, or from using a device of this machine.</summary>
/// <param name="Message">What is missing or wrong, in sentences that end with a full stop.</param>
/// <param name="Remedy">What to do about it, in sentences that end with a full stop.</param>
public sealed record ComputeProblem(string Message, string Remedy)
{
    /// <summary>The problem of asking an engine for a device that it does not have.</summary>
    public static ComputeProblem NoSuchDevice(IComputeEngine engine, string device)
    {
        ComputeDevice[] gpus = [.. engine.Devices.Where(d => !d.IsCpu)];
        string found = gpus.Length == 0
            ? "no GPU"
            : string.Join(", ", gpus.Select(g => g.Name is null ? g.Id : $"{g.Id} ({g.Name})"));
        return new ComputeProblem($"{engine.Description} has no device '{device}' on this machine. It found {found}.",
            engine.Devices.Count == 0
                ? "Choose another engine, or fix the problems that the Compute page lists."
                : $"Choose auto, {string.Join(" or ", engine.Devices.Select(d => d.Id))}.");
    }

    /// <summary>Message and remedy in one line.</summary>
    public override string ToString() => $"{Message} {Remedy}";
}
