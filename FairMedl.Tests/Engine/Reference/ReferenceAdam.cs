namespace FairMedl.Tests.Engine.Reference;

/// <summary>
/// Adam (beta 0.9 and 0.999, epsilon 1e-7) with clipping at a global norm and decoupled weight decay, by its equations in double
/// precision.
/// </summary>
internal sealed class ReferenceAdam(params double[][] weights)
{
    private readonly double[][] first = [.. weights.Select(w => new double[w.Length])];
    private readonly double[][] second = [.. weights.Select(w => new double[w.Length])];
    private int steps;

    /// <summary>The weights, one array for each parameter.</summary>
    public IReadOnlyList<double[]> Weights => weights;

    /// <summary>Norm of the last gradient over all parameters, before it was clipped.</summary>
    public double Norm { get; private set; }

    /// <summary>One step; decay shrinks the first <paramref name="decayed"/> parameters, and a clip norm of 0 means no clipping.</summary>
    public void Step(double[][] gradients, double rate, double clipNorm = 0, double weightDecay = 0, int decayed = 0)
    {
        steps++;
        Norm = Math.Sqrt(gradients.Sum(of => of.Sum(g => g * g)));
        double factor = clipNorm > 0 ? Math.Min(1, clipNorm / (Norm + 1e-6)) : 1;
        for (int p = 0; p < weights.Length; p++)
        {
            for (int i = 0; i < weights[p].Length; i++)
            {
                double gradient = gradients[p][i] * factor;
                first[p][i] = 0.9 * first[p][i] + 0.1 * gradient;
                second[p][i] = 0.999 * second[p][i] + 0.001 * gradient * gradient;
                double mean = first[p][i] / (1 - Math.Pow(0.9, steps)), square = second[p][i] / (1 - Math.Pow(0.999, steps));
                if (p < decayed) weights[p][i] *= 1 - rate * weightDecay;
                weights[p][i] -= rate * mean / (Math.Sqrt(square) + 1e-7);
            }
        }
    }
}
