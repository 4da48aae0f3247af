namespace FairMedl.Core.Storage;

/// <summary>Where a fit stands.</summary>
public enum FitState
{
    /// <summary>Waits for a thread.</summary>
    Queued,

    /// <summary>Is being trained or evaluated.</summary>
    Running,

    /// <summary>Finished; its result is stored.</summary>
    Done,

    /// <summary>Stopped by an error, which is stored with it.</summary>
    Failed,

    /// <summary>Stopped by a person.</summary>
    Cancelled,

    /// <summary>Its process ended while it ran; it is queued again at the next start.</summary>
    Interrupted,
}

/// <summary>Where a study stands, from its fits.</summary>
public enum StudyState
{
    /// <summary>No fit has begun.</summary>
    Queued,

    /// <summary>Some fits are unfinished and may go on.</summary>
    Running,

    /// <summary>Every fit is done.</summary>
    Done,

    /// <summary>Nothing is left to run and at least one fit failed.</summary>
    Failed,

    /// <summary>Nothing is left to run and at least one fit was cancelled.</summary>
    Cancelled,
}
