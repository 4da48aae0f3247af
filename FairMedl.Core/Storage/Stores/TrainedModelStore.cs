using FairMedl.Core.Fits;
using FairMedl.Core.Storage.Formats;
using Microsoft.EntityFrameworkCore;

namespace FairMedl.Core.Storage.Stores;

/// <summary>The trained models that could be read, and for every other requested fit the reason why it has none.</summary>
public sealed record KeptModels(IReadOnlyList<TrainedModel> Models, IReadOnlyList<string> Faults);

/// <summary>Store of the trained models in the database.</summary>
public sealed class TrainedModelStore(IDbContextFactory<StudyDatabase> databases)
{
    private const int AtOnce = 200;

    /// <summary>The ids of a study's models of which at least one finished fit has a stored trained model.</summary>
    public async Task<IReadOnlySet<string>> StoredAsync(int studyId, CancellationToken cancellation = default)
    {
        await using StudyDatabase database = await databases.CreateDbContextAsync(cancellation);
        List<string> stored = await database.Fits
            .Where(f => f.StudyId == studyId && f.State == FitState.Done && database.TrainedModels.Any(m => m.FitId == f.Id))
            .Select(f => f.Model).Distinct().ToListAsync(cancellation);
        return stored.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The trained models of a study's finished fits in the plan's order.</summary>
    /// <param name="studyId">The study's id.</param>
    /// <param name="wanted">The fits to read; null = all.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    public async Task<KeptModels> ReadAsync(int studyId, Func<FitKey, bool>? wanted = null, CancellationToken cancellation = default)
    {
        await using StudyDatabase database = await databases.CreateDbContextAsync(cancellation);
        var done = await database.Fits.Where(f => f.StudyId == studyId && f.State == FitState.Done).OrderBy(f => f.Position)
            .Select(f => new { f.Id, f.Model, f.Seed, f.Fold }).ToListAsync(cancellation);
        (int Id, FitKey Key)[] fits = [.. done.Select(f => (f.Id, new FitKey(f.Model, f.Seed, f.Fold)))
            .Where(f => wanted is null || wanted(f.Item2))];
        var models = new List<TrainedModel>();
        var faults = new List<string>();
        foreach ((int Id, FitKey Key)[] some in fits.Chunk(AtOnce))
        {
            int[] ids = [.. some.Select(f => f.Id)];
            Dictionary<int, byte[]> contents = await database.TrainedModels.Where(m => ids.Contains(m.FitId))
                .ToDictionaryAsync(m => m.FitId, m => m.Content, cancellation);
            foreach ((int id, FitKey key) in some) Read(key, contents.GetValueOrDefault(id));
        }

        return new KeptModels(models, faults);

        void Read(FitKey key, byte[]? content)
        {
            if (content is null)
            {
                faults.Add($"{key}: its model was not stored. Run the study again.");
                return;
            }

            try
            {
                models.Add(TrainedModelFormat.Read(content));
            }
            catch (StoredFormatException e)
            {
                faults.Add($"{key}: {e.Message}");
            }
        }
    }
}
