namespace FairMedl.Core.Fairness;

/// <summary>The quantile of the standard normal distribution behind every 95% interval.</summary>
internal static class NormalQuantile
{
    /// <summary>The 97.5th percentile.</summary>
    public const double TwoSided95 = 1.959963984540054;
}
