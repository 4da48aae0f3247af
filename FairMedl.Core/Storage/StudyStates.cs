
namespace FairMedl.Core.Storage;

/// <summary>Derives the state of a study from its fits.</summary>
public static class StudyStates
{
    /// <summary>Number of interruptions after which a fit is marked as failed.</summary>
    public const int MaxInterruptions = 3;

    /// <summary>States of fits that are still to finish.</summary>
    public static IReadOnlyList<FitState> Unfinished { get; } = [FitState.Queued, FitState.Running, FitState.Interrupted];

    /// <summary>The state of a study from the number of its fits in each state.</summary>
    public static StudyState Of(IReadOnlyDictionary<FitState, int> fits)
    {
        int Count(FitState state) => fits.GetValueOrDefault(state);
        int all = fits.Values.Sum();
        if (all > 0 && Count(FitState.Queued) == all) return StudyState.Queued;
        if (Unfinished.Any(s => Count(s) > 0)) return StudyState.Running;
        if (Count(FitState.Failed) > 0) return StudyState.Failed;
        return Count(FitState.Cancelled) > 0 ? StudyState.Cancelled : StudyState.Done;
    }
}
