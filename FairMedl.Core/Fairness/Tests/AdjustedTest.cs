using FairMedl.Core.Numerics;

namespace FairMedl.Core.Fairness.Tests;

/// <summary>The repetitions of a paired test.</summary>
public enum TestOver
{
    /// <summary>Test folds of a cross-validation, over all seeds.</summary>
    Folds,

    /// <summary>Seeds.</summary>
    Seeds,
}

/// <summary>A paired test with its p value adjusted for all tests of its family.</summary>
/// <param name="Test">The unadjusted test; its difference is compared model minus baseline.</param>
/// <param name="AdjustedP">The p value after <see cref="PairedTest.Holm"/> over the family.</param>
/// <param name="Over">Folds or seeds.</param>
public sealed record AdjustedTest(PairedTest Test, double AdjustedP, TestOver Over)
{
    /// <summary>Minimum number of repetitions; with fewer the test is neither used nor shown.</summary>
    public const int FewestRepetitions = 5;

    /// <summary>The significance level of a clear difference.</summary>
    public const double Level = 0.05;

    /// <summary>Whether the adjusted p is below <see cref="Level"/>.</summary>
    public bool IsSignificant => AdjustedP < Level;

    /// <summary>"paired test over 30 folds".</summary>
    public NumericText Repetitions => $"paired test over {Test.N} {(Over == TestOver.Folds ? "folds" : "seeds")}";

    /// <summary>"paired test over 30 folds, Holm-adjusted p = 0.79".</summary>
    public NumericText Words => $"{Repetitions}, Holm-adjusted {PWords}";

    /// <summary>"p = 0.79" or "p &lt; 0.001".</summary>
    public NumericText PWords => AdjustedP < 0.001 ? NumericText.Of($"p < {0.001:0.000}") : NumericText.Of($"p = {PNumber}");

    /// <summary>The adjusted p as a number with two digits: "0.79", "0.012".</summary>
    public NumericText PNumber => AdjustedP < 0.1 ? NumericText.Of($"{AdjustedP:0.000}") : NumericText.Of($"{AdjustedP:0.00}");
}
