using FairMedl.Torch;
using static TorchSharp.torch;

namespace FairMedl.Engine.Models;

/// <summary>
/// The absolute correlation loss of equation 10 (after Beutel et al. 2019): sum over attributes of the mean over its
/// groups' indicator columns s of |cov(p, s)| / (sqrt(var s + 1e-7) sqrt(var p + 1e-7)), over the minibatch. Columns
/// without variance in the batch are left out (docs/method.md).
/// </summary>
public static class AbsoluteCorrelation
{
    private const float Floor = 1e-7f;

    /// <summary>Returns the loss, a scalar.</summary>
    /// <param name="prediction">p [B, 1].</param>
    /// <param name="indicators">One column a group, all attributes side by side, [B, sum K_a].</param>
    /// <param name="columnWeights">[1, sum K_a]: 1 / (the number of columns of its attribute that vary in the batch), 0 for a
    /// column that does not.</param>
    public static Tensor Loss(Tensor prediction, Tensor indicators, Tensor columnWeights)
    {
        Tensor p = prediction - prediction.mean();
        Tensor s = indicators - indicators.mean([0]);
        Tensor covariance = (p * s).mean([0]);
        Tensor scale = s.Squared().mean([0]).Plus(Floor).sqrt() * p.Squared().mean().Plus(Floor).sqrt();
        return (covariance.abs() / scale * columnWeights).sum();
    }

    /// <summary>
    /// The column weights for the groups of B rows, all rows of the first attribute first; 0 for a column that does not vary.
    /// </summary>
    public static float[] ColumnWeights(ReadOnlySpan<long> groups, IReadOnlyList<int> sizes)
    {
        int attributes = sizes.Count, rows = groups.Length / attributes, offset = 0;
        float[] weights = new float[sizes.Sum()];
        for (int a = 0; a < attributes; a++)
        {
            Span<float> columns = weights.AsSpan(offset, sizes[a]);
            for (int i = 0; i < rows; i++) columns[(int)groups[a * rows + i]]++;
            int varying = 0;
            foreach (float count in columns)
                if (count > 0 && count < rows) varying++;
            for (int k = 0; k < columns.Length; k++) columns[k] = columns[k] > 0 && columns[k] < rows ? 1f / varying : 0;
            offset += sizes[a];
        }

        return weights;
    }
}
