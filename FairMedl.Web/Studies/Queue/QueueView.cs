using FairMedl.Core.Fits;
using FairMedl.Core.Storage;
using FairMedl.Web.Components;
using FairMedl.Web.Services.Studies;

namespace FairMedl.Web.Studies.Queue;

/// <summary>A study's fits as a grid: a row for each model and seed, a column for each fold.</summary>
/// <param name="Folds">The folds, ascending.</param>
/// <param name="Rows">By model in the study's order, then seed.</param>
/// <param name="Share">How much is done, 0 to 1; a running fit counts by its epochs.</param>
/// <param name="Done">Finished fits.</param>
/// <param name="Failed">Failed fits, with their reasons.</param>
/// <param name="Running">Fits that are being trained.</param>
/// <param name="Waiting">How many fits wait for a thread.</param>
/// <param name="CanCancel">Whether fits are queued or running.</param>
/// <param name="CanRetry">Whether fits failed or were cancelled.</param>
/// <param name="Retried">How many fits are at a second or later attempt.</param>
/// <param name="Sentence">The progress in a sentence.</param>
public sealed record QueueView(
    IReadOnlyList<int> Folds,
    IReadOnlyList<QueueLine> Rows,
    double Share,
    int Done,
    IReadOnlyList<FitRow> Failed,
    IReadOnlyList<FitRow> Running,
    int Waiting,
    bool CanCancel,
    bool CanRetry,
    int Retried,
    string Sentence)
{
    /// <summary>Arranges a study's fits.</summary>
    public static QueueView From(StudyDetail study)
    {
        int[] folds = [.. study.Fits.Select(f => f.Key.Fold).Distinct().Order()];
        bool manySeeds = study.Fits.Select(f => f.Key.Seed).Distinct().Count() > 1;
        QueueLine[] rows =
        [
            .. study.Fits.GroupBy(f => (f.Key.Model, f.Key.Seed)).Select(g => new QueueLine(
                Label(g.Key.Model, manySeeds ? g.Key.Seed : null),
                g.Key.Model,
                [.. folds.Select(fold => g.Where(f => f.Key.Fold == fold).Select(QueueCell.From).FirstOrDefault())])),
        ];
        int done = study.Fits.Count(f => f.State == FitState.Done);
        FitRow[] failed = [.. study.Fits.Where(f => f.State == FitState.Failed)];
        FitRow[] running = [.. study.Fits.Where(f => f.State == FitState.Running)];
        double share = study.Fits.Count == 0 ? 0 : (done + running.Sum(EpochShare)) / study.Fits.Count;
        return new QueueView(
            folds,
            rows,
            share,
            done,
            failed,
            running,
            study.Fits.Count(f => f.State == FitState.Queued),
            study.Fits.Any(f => f.State is FitState.Queued or FitState.Running or FitState.Interrupted),
            study.Fits.Any(f => f.State is FitState.Failed or FitState.Cancelled),
            study.Fits.Count(f => f.Attempt > 1),
            Summarize(study, done, failed.Length));
    }

    /// <summary>A model's name on the page, with its seed where there are several.</summary>
    public static string Label(string model, ulong? seed)
    {
        string name = ModelCatalogue.Find(model)?.Name ?? model;
        return seed is null ? name : FormattableString.Invariant($"{name}, seed {seed}");
    }

    private static double EpochShare(FitRow fit) =>
        fit.Losses is null || fit.Epochs == 0 ? 0 : Math.Min(1, fit.Losses.Epoch / (double)fit.Epochs);

    private static string Summarize(StudyDetail study, int done, int failed)
    {
        int all = study.Fits.Count;
        string counted = $"{Display.Count(done)} of {Display.Count(all, "fit", "fits")} done";
        string trouble = failed == 0 ? "" : $", {Display.Count(failed)} failed";
        return study.Summary.State switch
        {
            StudyState.Queued => $"Waiting: {Display.Count(all, "fit is", "fits are")} queued.",
            StudyState.Running =>
                counted + trouble + (study.TimeLeft is { } left ? $"; {FitTime.InWords(left)} left." : ". The time left is unknown until the first fit finishes."),
            StudyState.Done => $"Finished: {(all == 1 ? "the fit is" : $"all {Display.Count(all)} fits are")} done.",
            StudyState.Failed =>
                counted + trouble + (done > 0 ? ". The results use the fits that are done." : ". There are no results yet."),
            StudyState.Cancelled => counted + trouble + ". The other fits were cancelled. Finished fits are kept.",
        };
    }
}

/// <summary>The fits of one model and seed by fold; null where a fold is not run.</summary>
public sealed record QueueLine(string Label, string Model, IReadOnlyList<QueueCell?> Cells);

/// <summary>One fit as a cell of the grid.</summary>
/// <param name="State">Its state.</param>
/// <param name="Mark">A sign for the state, so that colour is not the only cue.</param>
/// <param name="Tip">The fit, its state and details.</param>
/// <param name="Share">Of a running fit: the share of its epochs that are done, 0 to 1.</param>
/// <param name="IsRetried">Whether this is a second or later attempt.</param>
public sealed record QueueCell(FitState State, string Mark, string Tip, double Share = 0, bool IsRetried = false)
{
    /// <summary>The cell of a fit.</summary>
    public static QueueCell From(FitRow fit)
    {
        string mark = Sign(fit.State);
        string where = FormattableString.Invariant($"{QueueView.Label(fit.Key.Model, fit.Key.Seed)}, fold {fit.Key.Fold + 1}");
        string detail = fit switch
        {
            { State: FitState.Running, Losses: { } losses } => FormattableString.Invariant($"epoch {losses.Epoch} of {fit.Epochs}"),
            { State: FitState.Done, Seconds: { } seconds } => FormattableString.Invariant($"{seconds:0.0} s"),
            { State: FitState.Failed, Error: { } error } => error,
            _ => "",
        };
        string attempt = fit.Attempt > 1 ? FormattableString.Invariant($", attempt {fit.Attempt}") : "";
        double share = fit is { State: FitState.Running, Epochs: > 0, Losses.Epoch: var epoch } ? Math.Min(1, epoch / (double)fit.Epochs) : 0;
        return new QueueCell(fit.State, mark, $"{where}: {Word(fit.State)}{(detail.Length > 0 ? ", " + detail : "")}{attempt}", share, fit.Attempt > 1);
    }

    /// <summary>The sign of a state.</summary>
    public static string Sign(FitState state) => state switch
    {
        FitState.Queued => "·",
        FitState.Running => "▶",
        FitState.Done => "✓",
        FitState.Failed => "!",
        FitState.Cancelled => "×",
        FitState.Interrupted => "↻",
    };

    /// <summary>The word for a state.</summary>
    public static string Word(FitState state) => state switch
    {
        FitState.Queued => "queued",
        FitState.Running => "running",
        FitState.Done => "done",
        FitState.Failed => "failed",
        FitState.Cancelled => "cancelled",
        FitState.Interrupted => "interrupted, will run again",
    };
}
