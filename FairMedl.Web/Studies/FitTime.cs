using FairMedl.Core.Models;

namespace FairMedl.Web.Studies;

/// <summary>
/// A rough time for a study before anything has run; the queue replaces it by what its finished fits took. The constants
/// are orders of magnitude of one processor core, told on the page as "about".
/// </summary>
public static class FitTime
{
    private const double SecondsAStep = 40e-6;
    private const double SecondsARow = 4e-9;
    private const double SecondsOfAudit = 0.3;

    /// <summary>The time for all fits together.</summary>
    /// <param name="rows">Rows of the data set.</param>
    /// <param name="folds">Into how many folds they are split; all but two of them train.</param>
    /// <param name="epochs">Passes over the training rows.</param>
    /// <param name="batch">Rows a step.</param>
    /// <param name="models">The models.</param>
    /// <param name="fitsPerModel">Folds to run times seeds.</param>
    /// <param name="atOnce">How many fits run at the same time.</param>
    public static TimeSpan Estimate(int rows, int folds, int epochs, int batch, IReadOnlyList<ModelKind> models, int fitsPerModel, int atOnce)
    {
        double training = rows * Math.Max(folds - 2, 1) / (double)Math.Max(folds, 3);
        double steps = training / Math.Max(batch, 1) * epochs;
        double seconds = 0;
        foreach (ModelKind model in models)
        {
            int networks = 1 + (model.ClusterAdversary ? 1 : 0) + (model.RandomEffects ? 1 : 0) + (model.Debiasing == Debiasing.Adversary ? 1 : 0);
            seconds += fitsPerModel * (networks * (steps * SecondsAStep + training * epochs * SecondsARow) + SecondsOfAudit);
        }
        return TimeSpan.FromSeconds(seconds / Math.Max(atOnce, 1));
    }

    /// <summary>A time in words, rounded as a person would: "under a minute", "about 3 minutes", "about 2 hours".</summary>
    public static string InWords(TimeSpan time) => time switch
    {
        { TotalSeconds: < 50 } => "under a minute",
        { TotalMinutes: < 1.5 } => "about a minute",
        { TotalMinutes: < 55 } => FormattableString.Invariant($"about {Math.Round(time.TotalMinutes)} minutes"),
        { TotalHours: < 1.5 } => "about an hour",
        { TotalHours: < 36 } => FormattableString.Invariant($"about {Math.Round(time.TotalHours)} hours"),
        _ => FormattableString.Invariant($"about {Math.Round(time.TotalDays)} days"),
    };
}
