using FairMedl.Core.Numerics;
using FairMedl.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FairMedl.Engine.Models;

/// <summary>
/// Subnetwork 4, the Bayesian random effects: slopes U [C, D] and intercepts b [C, 1] by cluster, each with a normal
/// posterior N(mu, sigma^2), sigma = 1e-5 + softplus(rho), and a normal prior N(0, prior^2). The mixed prediction adds
/// &lt;U(z), x&gt; + b(z) to the fixed effects' output (docs/method.md).
/// </summary>
public sealed class RandomEffects
{
    private const double SigmaFloor = 1e-5;
    private readonly double priorSlopeSd, priorInterceptSd;

    /// <summary>C clusters, D inputs. At the start mu ~ N(0, .1^2) and sigma uniform on (.003, .05).</summary>
    public RandomEffects(int clusters, int inputs, double priorSlopeSd, double priorInterceptSd, RandomStream random)
    {
        this.priorSlopeSd = priorSlopeSd;
        this.priorInterceptSd = priorInterceptSd;
        (SlopeMean, SlopeRho) = Start(clusters, inputs, random);
        (InterceptMean, InterceptRho) = Start(clusters, 1, random);
    }

    /// <summary>mu of the slopes [C, D].</summary>
    public Parameter SlopeMean { get; }

    /// <summary>rho of the slopes [C, D].</summary>
    public Parameter SlopeRho { get; }

    /// <summary>mu of the intercepts [C, 1].</summary>
    public Parameter InterceptMean { get; }

    /// <summary>rho of the intercepts [C, 1].</summary>
    public Parameter InterceptRho { get; }

    /// <summary>All trainable parameters.</summary>
    public IReadOnlyList<Parameter> Parameters => [SlopeMean, SlopeRho, InterceptMean, InterceptRho];

    /// <summary>One draw of the effects from the posterior: mu + sigma * noise, with the gradient of mu and rho.</summary>
    public Effects Sample(Effects noise) => new(
        Fused.Reparameterise(SlopeMean, SlopeRho, noise.Slopes),
        Fused.Reparameterise(InterceptMean, InterceptRho, noise.Intercepts));

    /// <summary>The posterior means: what predicts.</summary>
    public Effects Means() => new(SlopeMean, InterceptMean);

    /// <summary>Subtracts the weighted mean over clusters from the posterior means, and returns it: [1, D] and [1, 1].</summary>
    public Effects Center(ReadOnlySpan<double> shares) => new(Center(SlopeMean, shares), Center(InterceptMean, shares));

    /// <summary>KL(q || p) in nats, summed over all slopes and intercepts (equation 1).</summary>
    public Tensor KullbackLeibler() =>
        Fused.WeightedSum((1, Fused.GaussianKl(SlopeMean, SlopeRho, priorSlopeSd)),
            (1, Fused.GaussianKl(InterceptMean, InterceptRho, priorInterceptSd)));

    /// <summary>Returns the posterior SD for an unconstrained parameter rho.</summary>
    public static double Sigma(double rho) => SigmaFloor + Math.Max(rho, 0) + Math.Log(1 + Math.Exp(-Math.Abs(rho)));

    private static Tensor Center(Parameter means, ReadOnlySpan<double> shares)
    {
        int columns = (int)means.size(1);
        float[] values = means.Values();
        double[] sums = new double[columns];
        for (int i = 0; i < values.Length; i++) sums[i % columns] += shares[i / columns] * values[i];
        float[] common = Array.ConvertAll(sums, s => (float)s);
        for (int i = 0; i < values.Length; i++) values[i] -= common[i % columns];
        using IDisposable constant = no_grad();
        means.copy_(tensor(values, means.shape).OnDevice());
        // A copy, whose memory is aligned by the engine: libtorch's products round by the alignment of their inputs.
        return tensor(common, [1, columns]).OnDevice().clone();
    }

    private static (Parameter Mean, Parameter Rho) Start(int rows, int columns, RandomStream random)
    {
        float[] mean = new float[rows * columns], rho = new float[rows * columns];
        random.FillNormal(mean, 0.1);
        for (int i = 0; i < rho.Length; i++)
        {
            double sigma = 0.003 + (0.05 - 0.003) * random.NextDouble();
            rho[i] = (float)Math.Log(Math.Exp(sigma - SigmaFloor) - 1);
        }

        return (nn.Parameter(tensor(mean, [rows, columns]).OnDevice()), nn.Parameter(tensor(rho, [rows, columns]).OnDevice()));
    }
}

/// <summary>Slopes [C, D] and intercepts [C, 1]: a draw, the means, or the noise of a draw.</summary>
public readonly record struct Effects(Tensor Slopes, Tensor Intercepts)
{
    /// <summary>&lt;U(z), x&gt; + b(z), [B, 1], for rows of known clusters z [B].</summary>
    public Tensor Of(Tensor x, Tensor cluster) => Fused.SelectLinear(x, Slopes, Intercepts, cluster);

    /// <summary>The convex combination of the clusters' effects, [B, 1], for soft clusters [B, C].</summary>
    public Tensor OfSoft(Tensor x, Tensor clusterProbability) => Fused.MixLinear(x, Slopes, Intercepts, clusterProbability);
}
