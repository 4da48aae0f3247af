using FairMedl.Core.Training;
using Microsoft.EntityFrameworkCore;

namespace FairMedl.Core.Storage;

/// <summary>The trained models that could be read, and of every other fit that is done the reason why it has none.</summary>
public sealed record KeptModels(IReadOnlyList<TrainedModel> Models, IReadOnlyList<string> Faults);

/// <summary>The trained models in the database.</summary>
public sealed class TrainedModelStore(IDbContextFactory<StudyDatabase> databases)
{
    /// <summary>The models of a study's fits that are done, in the plan's order: of one kind (its name in the catalogue) or of all, of some folds or of all.</summary>
    public async Task<KeptModels> ReadAsync(int studyId, string? kind = null, int? fold = null, CancellationToken cancellation = default)
    {
        await using StudyDatabase database = await databases.CreateDbContextAsync(cancellation);
        var fits = database.Fits.Where(f => f.StudyId == studyId && f.State == FitState.Done && (kind == null || f.Model == kind) && (fold == null || f.Fold == fold))
            .OrderBy(f => f.Position)
            .GroupJoin(database.TrainedModels, f => f.Id, m => m.FitId, (f, m) => new { f, m })
            .SelectMany(p => p.m.DefaultIfEmpty(), (p, m) => new { p.f.Model, p.f.Seed, p.f.Fold, Content = m == null ? null : m.Content })
            .AsAsyncEnumerable();
        var models = new List<TrainedModel>();
        var faults = new List<string>();
        await foreach (var fit in fits.WithCancellation(cancellation))
        {
            var key = new FitKey(fit.Model, fit.Seed, fit.Fold);
            if (fit.Content is null)
            {
                faults.Add($"{key}: it was fitted before models were kept. Run the study again.");
                continue;
            }

            try
            {
                models.Add(TrainedModelFormat.Read(fit.Content));
            }
            catch (StoredFormatException e)
            {
                faults.Add($"{key}: {e.Message}");
            }
        }

        return new KeptModels(models, faults);
    }
}
