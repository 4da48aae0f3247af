using FairMedl.Core.Storage;

namespace FairMedl.Web.Studies;

/// <summary>A study's state as a sign, a word and a colour.</summary>
public static class StateLabels
{
    /// <summary>Sign and word.</summary>
    public static string Text(StudyState state) => state switch
    {
        StudyState.Queued => "· queued",
        StudyState.Running => "▶ running",
        StudyState.Done => "✓ done",
        StudyState.Failed => "! failed",
        StudyState.Cancelled => "× cancelled",
    };

    /// <summary>The badge's class.</summary>
    public static string Tone(StudyState state) => state switch
    {
        StudyState.Queued => "",
        StudyState.Running => "accent",
        StudyState.Done => "good",
        StudyState.Failed => "error",
        StudyState.Cancelled => "caution",
    };
}
