using FairMedl.Core.Numerics;
using FairMedl.Engine.Models;
using static TorchSharp.torch;

namespace FairMedl.Engine.Training;

/// <summary>Standard normal noise of the random effects, a draw for each step.</summary>
internal sealed class NoiseSource(RandomStream random, ModelShape shape) : IDisposable
{
    private readonly float[] slopes = new float[shape.Clusters * shape.Inputs], intercepts = new float[shape.Clusters];

    /// <summary>The next step's draw.</summary>
    public Effects Draw()
    {
        random.FillNormal(slopes);
        random.FillNormal(intercepts);
        return new Effects(tensor(slopes, [shape.Clusters, shape.Inputs]), tensor(intercepts, [shape.Clusters, 1]));
    }

    public void Dispose()
    {
    }
}
