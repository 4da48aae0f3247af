using FairMedl.Core.Fits.Engines;

namespace FairMedl.Engine.TorchSharp.Native;

/// <summary>Thrown when a native library cannot be loaded; carries the reason and the remedy.</summary>
internal sealed class NativeLoadException(ComputeProblem problem) : Exception(problem.ToString())
{
    /// <summary>The reason and the remedy.</summary>
    public ComputeProblem Problem { get; } = problem;
}
