using FairMedl.Core.Fits.Engines;

namespace FairMedl.Web.Services.Compute;

/// <summary>The rule of "auto": a GPU where a study is faster on it than on the CPU, else the CPU.</summary>
public static class ComputeRule
{
    /// <summary>The target to use.</summary>
    /// <param name="cpu">The target on the CPU.</param>
    /// <param name="gpus">Targets on GPUs, the preferred first.</param>
    /// <param name="seconds">Seconds of the study on a target; null where they are not known or the target cannot run it.</param>
    public static ComputeTarget Fastest(ComputeTarget cpu, IReadOnlyList<ComputeTarget> gpus, Func<ComputeTarget, double?> seconds)
    {
        if (gpus.Count == 0 || seconds(cpu) is not { } best) return cpu;
        ComputeTarget fastest = cpu;
        foreach (ComputeTarget gpu in gpus)
        {
            if (seconds(gpu) is not { } its || !(its < best)) continue;
            (fastest, best) = (gpu, its);
        }

        return fastest;
    }
}
