using static TorchSharp.torch;

namespace FairMedl.Engine.Models;

/// <summary>The terms of a step's objective, unscaled scalars, and their weighted sum; a term the model lacks is null.</summary>
/// <param name="Total">What the predictor minimises (equations 1, 8 to 11).</param>
/// <param name="Fixed">L(y, y_F).</param>
/// <param name="Mixed">L(y, y_M).</param>
/// <param name="Cluster">CE(z) of A_C.</param>
/// <param name="FixedAdversary">CE_F(s), summed over attributes.</param>
/// <param name="MixedAdversary">CE_M(s), summed over attributes.</param>
/// <param name="KullbackLeibler">KL(q || p).</param>
/// <param name="Correlation">The absolute correlation loss.</param>
public sealed record LossTerms(
    Tensor Total,
    Tensor? Fixed,
    Tensor? Mixed,
    Tensor? Cluster,
    Tensor? FixedAdversary,
    Tensor? MixedAdversary,
    Tensor? KullbackLeibler,
    Tensor? Correlation);
