namespace FairMedl.Core.Fits;

/// <summary>What one trained model says of rows: probabilities for classification, the target's own units for regression.</summary>
/// <param name="Fixed">By row, the fixed effects' prediction.</param>
/// <param name="Mixed">By row, the mixed effects' prediction; null for a model without random effects.</param>
/// <param name="FixedFlips">By attribute and row: mean absolute change over the flips of the row's group (equation 6). Empty for an
/// attribute that is not a feature, and no attribute where nothing was flipped.</param>
/// <param name="MixedFlips">The same of the mixed effects.</param>
public sealed record RowPredictions(float[] Fixed, float[]? Mixed, float[][] FixedFlips, float[][]? MixedFlips);
