using MathNet.Numerics.Distributions;

namespace FairMedl.Core.Fairness.Tests;

/// <summary>
/// Student's paired t test of two models on the same repetitions, with the effect size, because with enough repetitions any
/// difference is significant.
/// </summary>
/// <param name="N">Number of pairs.</param>
/// <param name="MeanDifference">Mean of second - first, in the metric's unit.</param>
/// <param name="Lower">Lower end of its 95% interval.</param>
/// <param name="Upper">Upper end of its 95% interval.</param>
/// <param name="T">The t statistic.</param>
/// <param name="Degrees">Degrees of freedom.</param>
/// <param name="P">Two-sided p value; for a family of tests, see <see cref="Holm"/>.</param>
/// <param name="EffectSize">Cohen's d_z: mean difference over the SD of the differences.</param>
public sealed record PairedTest(int N, double MeanDifference, double Lower, double Upper, double T, int Degrees, double P,
    double EffectSize)
{
    /// <summary>
    /// The test over independent repetitions, such as seeds: t = mean / (s / sqrt(n)). Null with fewer than two pairs or where the
    /// differences do not vary.
    /// </summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static PairedTest? OverSeeds(ReadOnlySpan<double> first, ReadOnlySpan<double> second) => Of(first, second, 0);

    /// <summary>
    /// The test over the folds of a cross-validation, whose training rows overlap: the corrected resampled t of Nadeau and Bengio
    /// (2003), t = mean / (s sqrt(1/n + n_test / n_train)). The uncorrected t over folds has too many false positives.
    /// </summary>
    /// <param name="first">By fold.</param>
    /// <param name="second">By the same folds.</param>
    /// <param name="testRows">Rows of a test fold.</param>
    /// <param name="trainingRows">Rows it was trained on.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static PairedTest? OverFolds(ReadOnlySpan<double> first, ReadOnlySpan<double> second, int testRows, int trainingRows) =>
        Of(first, second, (double)testRows / trainingRows);

    /// <summary>
    /// Holm's step-down adjustment (1979) of a family of p values, in their order: the chance of any false finding among
    /// them stays below the level. Undefined tests are null, stay null, and are not counted.
    /// </summary>
    public static IReadOnlyList<double?> Holm(IReadOnlyList<double?> family)
    {
        var adjusted = new double?[family.Count];
        int[] ascending = Enumerable.Range(0, family.Count).Where(i => family[i] is not null).OrderBy(i => family[i]).ToArray();
        double least = 0;
        for (int rank = 0; rank < ascending.Length; rank++)
        {
            least = Math.Max(least, Math.Min(1, (ascending.Length - rank) * family[ascending[rank]]!.Value));
            adjusted[ascending[rank]] = least;
        }

        return adjusted;
    }

    private static PairedTest? Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double overlap)
    {
        if (first.Length != second.Length)
            throw new ArgumentException($"{first.Length} and {second.Length} values are no pairs.", nameof(second));
        int n = first.Length;
        if (n < 2) return null;
        double sum = 0, squares = 0;
        for (int i = 0; i < n; i++) sum += second[i] - first[i];
        double mean = sum / n;
        for (int i = 0; i < n; i++) squares += (second[i] - first[i] - mean) * (second[i] - first[i] - mean);
        double sd = Math.Sqrt(squares / (n - 1));
        if (sd <= 1e-12 * Math.Abs(mean) || sd == 0) return null;
        double error = sd * Math.Sqrt(1.0 / n + overlap), t = mean / error;
        double p = 2 * StudentT.CDF(0, 1, n - 1, -Math.Abs(t)), half = StudentT.InvCDF(0, 1, n - 1, 0.975) * error;
        return new PairedTest(n, mean, mean - half, mean + half, t, n - 1, p, mean / sd);
    }
}
