using static TorchSharp.torch;

namespace FairMedl.Engine.Models;

/// <summary>The rows of one step as tensors; B rows, D inputs, A sensitive attributes.</summary>
/// <param name="X">Encoded features [B, D].</param>
/// <param name="Target">y [B, 1]: 0 or 1, or the standardized target.</param>
/// <param name="RowWeight">Class weight of each row [B, 1]; null = 1.</param>
/// <param name="Cluster">z [B], of 64-bit integers; null for a kind of model that never reads it.</param>
/// <param name="Groups">Group of each attribute [B, A], of 64-bit integers; null for a kind of model without debiasing adversaries.</param>
/// <param name="AdversaryWeight">Class times group weight [B, A], in the debiasing adversaries' own loss; null = 1.</param>
/// <param name="PenaltyWeight">The same times the attribute's factor, in what the predictor pays; null = as
/// <paramref name="AdversaryWeight"/>.</param>
/// <param name="Indicators">One column a group [B, sum K_a], for the correlation loss; null where it is not used.</param>
/// <param name="IndicatorWeights">[1, sum K_a]: see <see cref="AbsoluteCorrelation"/>.</param>
public sealed record Batch(
    Tensor X,
    Tensor Target,
    Tensor? RowWeight,
    Tensor? Cluster,
    Tensor? Groups,
    Tensor? AdversaryWeight = null,
    Tensor? PenaltyWeight = null,
    Tensor? Indicators = null,
    Tensor? IndicatorWeights = null)
{
    /// <summary>The batch with each tensor that is there replaced.</summary>
    public Batch Map(Func<Tensor, Tensor> replace)
    {
        return new Batch(replace(X), replace(Target), Of(RowWeight), Of(Cluster), Of(Groups), Of(AdversaryWeight), Of(PenaltyWeight),
            Of(Indicators), Of(IndicatorWeights));

        Tensor? Of(Tensor? part) => part is null ? null : replace(part);
    }
}
