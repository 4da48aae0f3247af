using FairMedl.Core.Numerics;
using FairMedl.Engine.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace FairMedl.Engine.Training;

/// <summary>
/// Standard normal noise of the random effects, a draw for each step. Drawn on the CPU, so that every device sees the same numbers, and
/// sent to the device in blocks of many steps.
/// </summary>
internal sealed class NoiseSource(RandomStream random, ModelShape shape) : IDisposable
{
    private const int BlockValues = 1 << 20, BlockDraws = 1024;
    private readonly int slopesOfDraw = shape.Clusters * shape.Inputs;
    private Tensor? slopes, intercepts;
    private int next, count;

    /// <summary>The next step's draw.</summary>
    public Effects Draw()
    {
        if (next == count) Fill();
        return new Effects(slopes!.select(0, next), intercepts!.select(0, next++));
    }

    public void Dispose()
    {
        slopes?.Dispose();
        intercepts?.Dispose();
    }

    private void Fill()
    {
        Dispose();
        (next, count) = (0, Math.Clamp(BlockValues / slopesOfDraw, 1, BlockDraws));
        float[] ofSlopes = new float[count * slopesOfDraw], ofIntercepts = new float[count * shape.Clusters];
        for (int i = 0; i < count; i++)
        {
            random.FillNormal(ofSlopes.AsSpan(i * slopesOfDraw, slopesOfDraw));
            random.FillNormal(ofIntercepts.AsSpan(i * shape.Clusters, shape.Clusters));
        }

        using DisposeScope scope = NewDisposeScope();
        slopes = tensor(ofSlopes, [count, shape.Clusters, shape.Inputs]).OnDevice().DetachFromDisposeScope();
        intercepts = tensor(ofIntercepts, [count, shape.Clusters, 1]).OnDevice().DetachFromDisposeScope();
    }
}
