using FairMedl.Core.Fairness.Metrics;

namespace FairMedl.Core.Interpretation;

/// <summary>
/// Permutation importance of one column of the file (Breiman 2001): how much worse the fixed effects predict held-out test rows when
/// the column's values are shuffled among them.
/// </summary>
/// <param name="Column">The column in the file, or the probe.</param>
/// <param name="IsProbe">Whether it is a confounding probe.</param>
/// <param name="Change">Classification: drop in balanced accuracy. Regression: rise in mean squared error, in the target's own units
/// squared. With its 95% interval; 0 or below means that the model does not need the column.</param>
/// <param name="Rank">Its place by that value, from 1.</param>
public sealed record PermutationImportance(string Column, bool IsProbe, Estimate Change, int Rank);
