using FairMedl.Core.Studies.Plan;
using FairMedl.Web.Components;
using FairMedl.Web.Studies.Queue;

namespace FairMedl.Web.Studies.NewStudy;

/// <summary>How many fits a new study has and how long they take, in words.</summary>
public static class StudyCost
{
    /// <summary>"20 fits (2 models × 10 folds × 1 seed). About 3 minutes on this machine, from 20 recorded fits."</summary>
    public static string InWords(StudyForm form, StudyTimeForecast forecast)
    {
        if (form.Faults().Count > 0) return "Fix the issues above to queue the study.";
        string models = Display.Count(form.Models.Count, "model", "models"), folds = Display.Count(form.FoldsToRun, "fold", "folds"), seeds = Display.Count(form.Seeds, "seed", "seeds");
        return $"{Display.Count(form.Fits, "fit", "fits")} ({models} × {folds} × {seeds}). {Time(forecast)}.";
    }

    private static string Time(StudyTimeForecast forecast) => forecast switch
    {
        { Time: { } time } =>
            $"{Capitalised(FitTime.InWords(time))} on this machine, estimated from {Display.Count(forecast.RecordedFits, "recorded fit", "recorded fits")}",
        { SecondsPerFit.Count: > 0 } =>
            $"Time unknown: no fit of {string.Join(", ", forecast.UnknownModels.Select(m => QueueView.Label(m, null)))} with these settings has finished on this machine",
        _ => "Time unknown until the first fit with these settings finishes",
    };

    private static string Capitalised(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
