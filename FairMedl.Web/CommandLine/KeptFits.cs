using FairMedl.Core.Fits;
using FairMedl.Core.Reports.Files;
using FairMedl.Core.Storage.Formats;
using FairMedl.Core.Studies.Plan;

namespace FairMedl.Web.CommandLine;

/// <summary>
/// Writes the predictions and the trained model of every fit, for predictions.csv and the models' files. Fits may finish in any
/// order, so each is written to its own files, which are joined in the plan's order at the end.
/// </summary>
internal sealed class KeptFits : IFitSink
{
    private readonly string folder, parts;
    private readonly StudyPlan plan;
    private readonly bool predictions, models;

    /// <summary>Into a folder that is there.</summary>
    public KeptFits(string folder, StudyPlan plan, bool predictions, bool models)
    {
        this.folder = folder;
        this.plan = plan;
        this.predictions = predictions;
        this.models = models;
        parts = Path.Combine(folder, ".fits");
        if (predictions || models) Directory.CreateDirectory(parts);
    }

    /// <inheritdoc/>
    public void Keep(FitResult fit)
    {
        if (predictions)
        {
            using StreamWriter rows = File.CreateText(Part(fit.Key, AuditFiles.Predictions));
            PredictionsCsv.Write(plan.Data, fit, rows);
        }

        if (models) File.WriteAllBytes(Part(fit.Key, AuditFiles.Model(fit.Key.Model)), TrainedModelFormat.Write(fit.Model!));
    }

    /// <summary>Makes the files, when every fit is kept; of the fits' own nothing is left.</summary>
    public void Join(CancellationToken cancellation)
    {
        if (predictions) JoinPredictions(cancellation);
        if (models) JoinModels(cancellation);
        if (predictions || models) Directory.Delete(parts, recursive: true);
    }

    private void JoinPredictions(CancellationToken cancellation)
    {
        using FileStream file = File.Create(Path.Combine(folder, AuditFiles.Predictions));
        using (var header = new StreamWriter(file, leaveOpen: true)) PredictionsCsv.WriteHeader(header);
        foreach (PlannedFit fit in plan.Fits)
        {
            cancellation.ThrowIfCancellationRequested();
            string part = Part(fit.Key, AuditFiles.Predictions);
            using (FileStream rows = File.OpenRead(part)) rows.CopyTo(file);
            // At once, so that the disk never holds all rows twice.
            File.Delete(part);
        }
    }

    private void JoinModels(CancellationToken cancellation)
    {
        foreach (IGrouping<string, FitKey> run in plan.Fits.Select(f => f.Key).GroupBy(k => k.Model))
        {
            cancellation.ThrowIfCancellationRequested();
            string name = AuditFiles.Model(run.Key);
            using FileStream file = File.Create(Path.Combine(folder, name));
            TrainedRunFormat.Write(file, plan.Definition, run.Select(key => File.ReadAllBytes(Part(key, name))), run.Count());
            foreach (FitKey key in run) File.Delete(Part(key, name));
        }
    }

    private string Part(FitKey fit, string name) =>
        Path.Combine(parts, FormattableString.Invariant($"{fit.Seed}.{fit.Fold}.{fit.Model}.{name}"));
}
