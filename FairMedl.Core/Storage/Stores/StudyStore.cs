using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Studies.Plan;
using Microsoft.EntityFrameworkCore;

namespace FairMedl.Core.Storage.Stores;

/// <summary>A fit of a new study.</summary>
public sealed record NewFit(FitKey Key, int Epochs);

/// <summary>A queued fit and the attempt that will run it.</summary>
public readonly record struct FitTicket(int FitId, int Attempt);

/// <summary>A study with a summary of its fits.</summary>
/// <param name="Study">Row of the study, with its data set.</param>
/// <param name="Fits">Number of its fits in each state.</param>
/// <param name="Models">The models in the plan's order.</param>
public sealed record StudyOverview(StoredStudy Study, IReadOnlyDictionary<FitState, int> Fits, IReadOnlyList<string> Models)
{
    /// <summary>State of the study.</summary>
    public StudyState State => StudyStates.Of(Fits);
}

/// <summary>Number and size of a study's stored results and models.</summary>
/// <param name="Results">Number of fits with results.</param>
/// <param name="Models">Number of fits whose trained model is stored.</param>
/// <param name="Bytes">Size of results and models in the database, in bytes.</param>
public sealed record StoredContent(int Results, int Models, long Bytes);

/// <summary>Store of the studies in the database. <see cref="FitStore"/> changes the state of their fits.</summary>
public sealed class StudyStore(IDbContextFactory<StudyDatabase> databases, QueueOrder order, TimeProvider clock)
{
    /// <summary>Stores a study with all its fits as Queued, in one transaction.</summary>
    /// <param name="datasetId">Its data set.</param>
    /// <param name="name">Its name.</param>
    /// <param name="definition">Its definition as JSON.</param>
    /// <param name="definitionHash">SHA-256 of the definition.</param>
    /// <param name="fits">Its fits in the plan's order.</param>
    /// <param name="compute">Its own choice of engine and device; null = as configured.</param>
    /// <param name="cancellation">Cancels the write.</param>
    /// <returns>The study's id, and the tickets of its fits in queue order.</returns>
    public async Task<(int StudyId, IReadOnlyList<FitTicket> Fits)> QueueAsync(int datasetId, string name, string definition,
        string definitionHash, IReadOnlyList<NewFit> fits, ComputeChoice? compute = null, CancellationToken cancellation = default)
    {
        await using StudyDatabase database = await databases.CreateDbContextAsync(cancellation);
        var study = new StoredStudy
        {
            DatasetId = datasetId,
            Name = name,
            Definition = definition,
            DefinitionHash = definitionHash,
            QueuedAt = clock.GetUtcNow(),
            ComputeEngine = compute?.Engine,
            ComputeDevice = compute?.Device,
        };
        for (int i = 0; i < fits.Count; i++)
        {
            FitKey key = fits[i].Key;
            study.Fits.Add(new StoredFit
            {
                Position = i,
                Model = key.Model,
                Seed = key.Seed,
                Fold = key.Fold,
                Epochs = fits[i].Epochs,
                State = FitState.Queued
            });
        }

        database.Studies.Add(study);
        await database.SaveChangesAsync(cancellation);
        return (study.Id, order.TicketsOf(study.Fits.OrderBy(f => f.Position)));
    }

    /// <summary>All studies, newest first.</summary>
    public Task<IReadOnlyList<StudyOverview>> ListAsync(CancellationToken cancellation = default) => OverviewsAsync(null, cancellation);

    /// <summary>The study of an id; null where there is none.</summary>
    public async Task<StudyOverview?> FindAsync(int id, CancellationToken cancellation = default) =>
        (await OverviewsAsync(id, cancellation)).SingleOrDefault();

    /// <summary>A study's fits in the plan's order, without their results.</summary>
    public async Task<IReadOnlyList<StoredFit>> FitsAsync(int id, CancellationToken cancellation = default)
    {
        await using StudyDatabase database = await databases.CreateDbContextAsync(cancellation);
        return await database.Fits.AsNoTracking().Where(f => f.StudyId == id).OrderBy(f => f.Position).ToListAsync(cancellation);
    }

    /// <summary>Number and size of a study's stored results and models.</summary>
    public async Task<StoredContent> ContentAsync(int id, CancellationToken cancellation = default)
    {
        await using StudyDatabase database = await databases.CreateDbContextAsync(cancellation);
        IQueryable<int> fits = database.Fits.Where(f => f.StudyId == id).Select(f => f.Id);
        IQueryable<int> results = database.Results.Where(r => fits.Contains(r.FitId)).Select(r => r.Content.Length);
        IQueryable<int> models = database.TrainedModels.Where(m => fits.Contains(m.FitId)).Select(m => m.Content.Length);
        return new StoredContent(
            await results.CountAsync(cancellation),
            await models.CountAsync(cancellation),
            await results.SumAsync(b => (long)b, cancellation) + await models.SumAsync(b => (long)b, cancellation));
    }

    /// <summary>Deletes a study with its fits and results. False where it does not exist.</summary>
    public async Task<bool> DeleteAsync(int id, CancellationToken cancellation = default)
    {
        await using StudyDatabase database = await databases.CreateDbContextAsync(cancellation);
        return await database.Studies.Where(s => s.Id == id).ExecuteDeleteAsync(cancellation) > 0;
    }

    private async Task<IReadOnlyList<StudyOverview>> OverviewsAsync(int? id, CancellationToken cancellation)
    {
        await using StudyDatabase database = await databases.CreateDbContextAsync(cancellation);
        List<StoredStudy> studies = await database.Studies.AsNoTracking().Include(s => s.Dataset)
            .Where(s => id == null || s.Id == id).OrderByDescending(s => s.Id).ToListAsync(cancellation);
        var groups = await database.Fits.Where(f => id == null || f.StudyId == id)
            .GroupBy(f => new { f.StudyId, f.Model, f.State })
            .Select(g => new { g.Key.StudyId, g.Key.Model, g.Key.State, Count = g.Count(), First = g.Min(f => f.Position) })
            .ToListAsync(cancellation);
        var byStudy = groups.ToLookup(g => g.StudyId);
        return [.. studies.Select(s => new StudyOverview(
            s,
            byStudy[s.Id].GroupBy(g => g.State).ToDictionary(g => g.Key, g => g.Sum(x => x.Count)),
            [.. byStudy[s.Id].GroupBy(g => g.Model).OrderBy(g => g.Min(x => x.First)).Select(g => g.Key)]))];
    }
}
