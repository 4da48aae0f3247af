using FairMedl.Core.Models;

namespace FairMedl.Core.Experiments;

/// <summary>
/// How long a fit takes beside the other fits of its study. Long ones run first, so that no thread is left with one at the end.
/// </summary>
public static class FitCost
{
    /// <summary>Subnetworks that are trained, times epochs: within a third of what was measured.</summary>
    public static int Of(ModelKind kind, int epochs) =>
        (1 + (kind.ClusterAdversary ? 1 : 0) + (kind.RandomEffects ? 2 : 0) + (kind.Debiasing == Debiasing.None ? 0 : 2)) * epochs;
}
