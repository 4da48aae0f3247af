namespace FairMedl.Core.Storage;

/// <summary>State of a fit.</summary>
public enum FitState
{
    /// <summary>Waiting for a thread.</summary>
    Queued,

    /// <summary>Is being trained or evaluated.</summary>
    Running,

    /// <summary>Finished; its result is stored.</summary>
    Done,

    /// <summary>Stopped by an error, which is stored with it.</summary>
    Failed,

    /// <summary>Cancelled by the user.</summary>
    Cancelled,

    /// <summary>Its process ended while it ran; it is queued again at the next start.</summary>
    Interrupted,
}

/// <summary>State of a study, derived from its fits.</summary>
public enum StudyState
{
    /// <summary>No fit has started.</summary>
    Queued,

    /// <summary>Some fits are unfinished and may go on.</summary>
    Running,

    /// <summary>All fits have finished.</summary>
    Done,

    /// <summary>Nothing is left to run and at least one fit failed.</summary>
    Failed,

    /// <summary>Nothing is left to run and at least one fit was cancelled.</summary>
    Cancelled,
}
