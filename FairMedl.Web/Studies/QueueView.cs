using FairMedl.Core.Models;
using FairMedl.Core.Storage;

namespace FairMedl.Web.Studies;

/// <summary>A study's queue as its page shows it: a row a model and seed, a column a fold.</summary>
/// <param name="Folds">The folds, ascending.</param>
/// <param name="Rows">By model in the study's order, then seed.</param>
/// <param name="Share">How much is done, 0 to 1; a running fit counts by its epochs.</param>
/// <param name="Done">Finished fits.</param>
/// <param name="Failed">Failed fits, with their reasons.</param>
/// <param name="Running">Fits that are being trained.</param>
/// <param name="Waiting">How many fits wait for a thread.</param>
/// <param name="CanCancel">Whether something is left to stop.</param>
/// <param name="CanRetry">Whether something failed or was cancelled.</param>
/// <param name="Sentence">Where the study stands, in a sentence.</param>
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
            Tell(study, done, failed.Length));
    }

    /// <summary>A model's name on the page, with its seed where there are several.</summary>
    public static string Label(string model, ulong? seed)
    {
        string name = ModelCatalogue.Find(model)?.Name ?? model;
        return seed is null ? name : FormattableString.Invariant($"{name}, seed {seed}");
    }

    private static double EpochShare(FitRow fit) => fit.Losses is null || fit.Epochs == 0 ? 0 : Math.Min(1, fit.Losses.Epoch / (double)fit.Epochs);

    private static string Tell(StudyDetail study, int done, int failed)
    {
        int all = study.Fits.Count;
        string counted = FormattableString.Invariant($"{done} of {all} {(all == 1 ? "fit" : "fits")} done");
        string trouble = failed == 0 ? "" : FormattableString.Invariant($", {failed} failed");
        return study.Summary.State switch
        {
            StudyState.Queued => FormattableString.Invariant($"Waiting: {all} {(all == 1 ? "fit is" : "fits are")} queued."),
            StudyState.Running => counted + trouble + (study.TimeLeft is { } left ? $"; {FitTime.InWords(left)} left." : "; the time left is known once the first fit is done."),
            StudyState.Done => FormattableString.Invariant($"Finished: {(all == 1 ? "the fit is" : $"all {all} fits are")} done."),
            StudyState.Failed => counted + trouble + (done > 0 ? ". The results rest on the fits that are done." : ". There is nothing to show yet."),
            StudyState.Cancelled => counted + trouble + ". The rest was cancelled; finished fits are kept.",
        };
    }
}

/// <summary>One model (and seed) over the folds; null where no such fit was asked for.</summary>
public sealed record QueueLine(string Label, string Model, IReadOnlyList<QueueCell?> Cells);

/// <summary>One fit as a cell of the grid.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="Mark">A sign that tells the states apart without colour.</param>
/// <param name="Tip">The fit, its state and what is known of it.</param>
public sealed record QueueCell(FitState State, string Mark, string Tip)
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
            { Attempt: > 1 } => FormattableString.Invariant($"attempt {fit.Attempt}"),
            _ => "",
        };
        return new QueueCell(fit.State, mark, $"{where}: {Word(fit.State)}{(detail.Length > 0 ? ", " + detail : "")}");
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
