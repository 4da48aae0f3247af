using FairMedl.Core.Fits;

namespace FairMedl.Core.Studies.Plan;

/// <summary>
/// How long a fit takes beside the other fits of its study. Long ones run first, so that no thread is left with one at the end.
/// </summary>
public static class FitCost
{
    /// <summary>Number of trained subnetworks times epochs, which is within a third of measured times.</summary>
    public static int Of(ModelKind kind, int epochs) =>
        (1 + (kind.ClusterAdversary ? 1 : 0) + (kind.RandomEffects ? 2 : 0) + (kind.Debiasing == Debiasing.None ? 0 : 2)) * epochs;
}
