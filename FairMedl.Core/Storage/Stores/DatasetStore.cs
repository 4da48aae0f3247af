using Microsoft.EntityFrameworkCore;

namespace FairMedl.Core.Storage.Stores;

/// <summary>A data set with the number of studies that use it.</summary>
public sealed record DatasetOverview(StoredDataset Dataset, int Studies);

/// <summary>The studies and data sets that depend on a data set.</summary>
/// <param name="Studies">Names of the studies that use it, newest first.</param>
/// <param name="IsFileShared">Whether another data set reads the same file.</param>
public sealed record DatasetUse(IReadOnlyList<string> Studies, bool IsFileShared);

/// <summary>Store of the data sets in the database.</summary>
public sealed class DatasetStore(IDbContextFactory<StudyDatabase> databases)
{
    /// <summary>All data sets, newest first.</summary>
    public async Task<IReadOnlyList<DatasetOverview>> ListAsync(CancellationToken cancellation = default)
    {
        await using StudyDatabase database = await databases.CreateDbContextAsync(cancellation);
        return await Overviews(database, database.Datasets.OrderByDescending(d => d.Id)).ToListAsync(cancellation);
    }

    /// <summary>The data set of an id; null where there is none.</summary>
    public async Task<DatasetOverview?> FindAsync(int id, CancellationToken cancellation = default)
    {
        await using StudyDatabase database = await databases.CreateDbContextAsync(cancellation);
        return await Overviews(database, database.Datasets.Where(d => d.Id == id)).SingleOrDefaultAsync(cancellation);
    }

    /// <summary>The data set with the same file content and the same reading options; null where there is none.</summary>
    public async Task<DatasetOverview?> FindAsync(string fingerprint, string options, CancellationToken cancellation = default)
    {
        await using StudyDatabase database = await databases.CreateDbContextAsync(cancellation);
        return await Overviews(database, database.Datasets.Where(d => d.Fingerprint == fingerprint && d.Options == options)
            .OrderBy(d => d.Id))
            .FirstOrDefaultAsync(cancellation);
    }

    /// <summary>Stores a new data set and sets its id.</summary>
    public async Task AddAsync(StoredDataset dataset, CancellationToken cancellation = default)
    {
        await using StudyDatabase database = await databases.CreateDbContextAsync(cancellation);
        database.Datasets.Add(dataset);
        await database.SaveChangesAsync(cancellation);
    }

    /// <summary>Deletes a data set that no study uses.</summary>
    /// <returns>False where a study uses it or it does not exist.</returns>
    public async Task<bool> DeleteAsync(int id, CancellationToken cancellation = default)
    {
        await using StudyDatabase database = await databases.CreateDbContextAsync(cancellation);
        return await database.Datasets.Where(d => d.Id == id && !database.Studies.Any(s => s.DatasetId == id))
            .ExecuteDeleteAsync(cancellation) > 0;
    }

    /// <summary>The studies and data sets that depend on a data set.</summary>
    public async Task<DatasetUse> UseAsync(StoredDataset dataset, CancellationToken cancellation = default)
    {
        await using StudyDatabase database = await databases.CreateDbContextAsync(cancellation);
        return new DatasetUse(
            await database.Studies.Where(s => s.DatasetId == dataset.Id).OrderByDescending(s => s.Id).Select(s => s.Name)
                .ToListAsync(cancellation),
            await database.Datasets.AnyAsync(d => d.File == dataset.File && d.Id != dataset.Id, cancellation));
    }

    /// <summary>Whether any data set uses this file.</summary>
    public async Task<bool> UsesAsync(string file, CancellationToken cancellation = default)
    {
        await using StudyDatabase database = await databases.CreateDbContextAsync(cancellation);
        return await database.Datasets.AnyAsync(d => d.File == file, cancellation);
    }

    private static IQueryable<DatasetOverview> Overviews(StudyDatabase database, IQueryable<StoredDataset> datasets) =>
        datasets.AsNoTracking().Select(d => new DatasetOverview(d, database.Studies.Count(s => s.DatasetId == d.Id)));
}
