namespace FairMedl.Core.Storage;

/// <summary>State of a fit.</summary>
public enum FitState
{
    /// <summary>Waiting for a thread.</summary>
    Queued,

    /// <summary>Being trained or evaluated.</summary>
    Running,

    /// <summary>Finished; its result is stored.</summary>
    Done,

    /// <summary>Stopped by an error, whose message is stored with the fit.</summary>
    Failed,

    /// <summary>Cancelled by the user.</summary>
    Cancelled,

    /// <summary>Stopped because its process ended; queued again at the next start.</summary>
    Interrupted,
}

/// <summary>State of a study, derived from its fits.</summary>
public enum StudyState
{
    /// <summary>No fit has started.</summary>
    Queued,

    /// <summary>Some fits have started and some are unfinished.</summary>
    Running,

    /// <summary>All fits have finished.</summary>
    Done,

    /// <summary>No fit is left to run and at least one failed.</summary>
    Failed,

    /// <summary>No fit is left to run and at least one was cancelled.</summary>
    Cancelled,
}
