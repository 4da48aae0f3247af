using FairMedl.Core.Data.Encoders;
using FairMedl.Core.Fits;
using FairMedl.Engine.Models;

namespace FairMedl.Engine.Training;

/// <summary>Reads the posterior of the random effects out of a model.</summary>
internal static class EffectsPosterior
{
    /// <summary>Share of the training rows in each seen cluster.</summary>
    public static double[] Shares(int[] clusters, ReadOnlySpan<int> trainingRows, int seen)
    {
        double[] shares = new double[seen];
        foreach (int row in trainingRows) shares[clusters[row]] += 1.0 / trainingRows.Length;
        return shares;
    }

    /// <summary>
    /// The posterior, with the clusters' total effects at the mean training row. The parameters of all clusters are independent under
    /// the posterior, so a total effect has the variance sigma_b^2 + sum_j x-bar_j^2 sigma_j^2, and a deviation from the mean over
    /// clusters (1 - w_c)^2 sigma_c^2 + sum of w_k^2 sigma_k^2 over the others.
    /// </summary>
    public static RandomEffectsPosterior? Of(ComposedModel model, EncodedMoments moments, double[] shares)
    {
        if (model.RandomEffects is not { } effects) return null;
        bool centered = model.CommonEffects is not null;
        int clusters = shares.Length, inputs = moments.Mean.Length;
        float[] mean = effects.SlopeMean.Values(), intercepts = effects.InterceptMean.Values();
        double[] slopeVariance = Variances(effects.SlopeRho.Values(), clusters, centered ? shares : null);
        double[] interceptVariance = Variances(effects.InterceptRho.Values(), clusters, centered ? shares : null);
        float[] totalMean = new float[clusters], totalSd = new float[clusters];
        for (int c = 0; c < clusters; c++)
        {
            double total = intercepts[c], variance = interceptVariance[c];
            for (int j = 0; j < inputs; j++)
            {
                total += mean[c * inputs + j] * moments.Mean[j];
                variance += slopeVariance[c * inputs + j] * moments.Mean[j] * moments.Mean[j];
            }

            (totalMean[c], totalSd[c]) = ((float)total, (float)Math.Sqrt(variance));
        }

        float[] slopeSd = Array.ConvertAll(slopeVariance, v => (float)Math.Sqrt(v));
        return new RandomEffectsPosterior(intercepts, Array.ConvertAll(interceptVariance, v => (float)Math.Sqrt(v)),
            [.. Enumerable.Range(0, clusters).Select(c => mean[(c * inputs)..((c + 1) * inputs)])],
            [.. Enumerable.Range(0, clusters).Select(c => slopeSd[(c * inputs)..((c + 1) * inputs)])])
        {
            TotalMean = totalMean,
            TotalSd = totalSd,
            IsCentered = centered,
        };
    }

    /// <summary>Variances of the posterior, [C x columns]; of the deviations from the mean with these shares, where they are given.</summary>
    private static double[] Variances(float[] rho, int clusters, double[]? shares)
    {
        double[] variances = Array.ConvertAll(rho, r => RandomEffects.Sigma(r) * RandomEffects.Sigma(r));
        if (shares is null) return variances;
        int columns = rho.Length / clusters;
        double[] ofMean = new double[columns];
        for (int i = 0; i < rho.Length; i++) ofMean[i % columns] += shares[i / columns] * shares[i / columns] * variances[i];
        for (int i = 0; i < rho.Length; i++) variances[i] = (1 - 2 * shares[i / columns]) * variances[i] + ofMean[i % columns];
        return variances;
    }
}
