using FairMedl.Core.Data;
using FairMedl.Core.Data.Csv;
using FairMedl.Core.Data.NewFiles;
using FairMedl.Core.Fits.Engines;

namespace FairMedl.Core.Studies.Scoring;

/// <summary>
/// Predicts a file that no model has seen, batch by batch: rows of known clusters with their random effects, rows of
/// unknown ones by the study's rule; and audits the rows that have a target.
/// </summary>
public sealed class Scorer
{
    private const int BatchRows = 4096;
    private readonly TrainedRun run;
    private readonly Ensemble ensemble;
    private readonly TrainingRows? training;

    /// <summary>Creates a scorer for a trained run.</summary>
    /// <param name="compute">The engine and device that predict.</param>
    /// <param name="run">The run.</param>
    /// <param name="training">The rows that its study trained on, to be recognised; null where they are not at hand.</param>
    public Scorer(ComputeTarget compute, TrainedRun run, TrainingRows? training = null)
    {
        this.run = run;
        this.training = training;
        ensemble = new Ensemble(compute, run.Models);
    }

    /// <summary>
    /// Scores a whole stream, which stays open. Nothing that <paramref name="write"/> was given counts where this throws.
    /// </summary>
    /// <param name="csv">The file.</param>
    /// <param name="name">What a person calls it.</param>
    /// <param name="write">Called with each batch, in the file's order, on the calling thread.</param>
    /// <param name="flips">Whether the audit flips attributes as well: a further pass over the rows for every group of every
    /// attribute.</param>
    /// <param name="threads">How many fits predict at once.</param>
    /// <param name="progress">How far the file is read.</param>
    /// <param name="cancellation">Ends it between two batches.</param>
    /// <exception cref="InputException">The file cannot be used; every fault found.</exception>
    public ScoringReport Score(Stream csv, string name, Action<ScoredRows> write, bool flips = false, int threads = 1,
        IProgress<CsvProgress>? progress = null, CancellationToken cancellation = default)
    {
        using var reader = new NewRowsReader(csv, run.Schema, null, progress, cancellation);
        var audit = new NewDataAudit(run, flips);
        long predicted = 0, known = 0, overlap = 0;
        while (reader.Read(BatchRows) is { } rows)
        {
            cancellation.ThrowIfCancellationRequested();
            var scored = new ScoredRows(rows, ensemble.Predict(rows.Rows, threads, cancellation), ensemble.FixedThreshold,
                ensemble.MixedThreshold);
            predicted += rows.Rows.Count;
            foreach (int cluster in rows.Rows.Cluster) known += cluster >= 0 ? 1 : 0;
            audit.Add(scored, flips && rows.Target.Any(t => !float.IsNaN(t))
                ? ensemble.Flips(rows.Rows, scored.Predictions, threads, cancellation) : null);
            overlap += training?.CountIn(rows) ?? 0;
            write(scored);
        }

        NewRowsSummary summary = reader.Summary();
        if (predicted == 0)
            throw new InputException(new InputFault("The study's exclusions remove all rows of the file.",
                "Upload rows that the exclusions do not remove."));
        IReadOnlyList<string> notes = [.. ScoringNotes.Of(run, ensemble, summary, predicted, known, audit.Labelled, flips)];
        return new ScoringReport
        {
            File = name,
            Model = run.Kind.Id,
            Members = run.Members,
            Summary = summary,
            Predicted = predicted,
            InSeenClusters = known,
            Labelled = audit.Labelled,
            FixedThreshold = ensemble.FixedThreshold,
            MixedThreshold = ensemble.MixedThreshold,
            Notes = notes,
            TrainingOverlap = training is null || audit.Labelled == 0
                ? null : new TrainingOverlap(overlap, audit.Labelled, training.DuplicateShare, training.Count),
            Audit = audit.Finish(ensemble, summary, known, predicted, notes),
        };
    }
}
