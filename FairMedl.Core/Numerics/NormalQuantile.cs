namespace FairMedl.Core.Numerics;

/// <summary>The quantile of the standard normal distribution for 95% intervals.</summary>
internal static class NormalQuantile
{
    /// <summary>The 97.5th percentile.</summary>
    public const double TwoSided95 = 1.959963984540054;
}
