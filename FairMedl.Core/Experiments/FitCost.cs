using FairMedl.Core.Models;
using FairMedl.Core.Training;

namespace FairMedl.Core.Experiments;

/// <summary>How long a fit takes beside the other fits of its study. Long ones run first, so that no thread is left with one at the end.</summary>
internal static class FitCost
{
    /// <summary>Subnetworks that are trained, times epochs: within a third of what was measured.</summary>
    public static int Of(FitSpecification s) =>
        (1 + (s.Kind.ClusterAdversary ? 1 : 0) + (s.Kind.RandomEffects ? 2 : 0) + (s.Kind.Debiasing == Debiasing.None ? 0 : 2)) * s.Training.Epochs;
}
