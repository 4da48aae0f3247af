namespace FairMedl.Core.Fits;

/// <summary>
/// How much worse a fit predicts its test rows when the values of one column of the file are shuffled among them, as sums that can be
/// pooled over folds.
/// </summary>
/// <param name="Column">The column in the file.</param>
/// <param name="IsProbe">Whether it is a confounding probe.</param>
/// <param name="Strata">Classification: the positives, then the negatives. Regression: all rows.</param>
public sealed record ColumnPermutation(string Column, bool IsProbe, IReadOnlyList<ChangeSums> Strata);

/// <summary>
/// Sums over rows of the change d of a row, averaged over the shuffles. Classification: 1 where a correct decision becomes wrong, -1
/// where a wrong one becomes correct. Regression: the rise in squared error, in the target's own units.
/// </summary>
/// <param name="N">Number of rows.</param>
/// <param name="Sum">Sum of d.</param>
/// <param name="SumOfSquares">Sum of d^2; 0 where no prediction changed.</param>
public readonly record struct ChangeSums(int N, double Sum, double SumOfSquares)
{
    /// <summary>The sums over the rows of both.</summary>
    public static ChangeSums operator +(ChangeSums one, ChangeSums other) =>
        new(one.N + other.N, one.Sum + other.Sum, one.SumOfSquares + other.SumOfSquares);
}
