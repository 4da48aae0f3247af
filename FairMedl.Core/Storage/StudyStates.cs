namespace FairMedl.Core.Storage;

/// <summary>Derives the state of a study from its fits.</summary>
public static class StudyStates
{
    /// <summary>The most times that a fit may be running when its process ends before it is given up.</summary>
    public const int MaxInterruptions = 3;

    /// <summary>The states in which a fit may still go on.</summary>
    public static IReadOnlyList<FitState> Unfinished { get; } = [FitState.Queued, FitState.Running, FitState.Interrupted];

    /// <summary>The study's state from how many of its fits are in each state.</summary>
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
