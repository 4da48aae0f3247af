using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Data.Tables;

namespace FairMedl.Web.Services.Datasets;

/// <summary>A stored data set, for lists.</summary>
public sealed record DatasetSummary(int Id, string Name, int Rows, int Columns, long Bytes, DateTimeOffset AddedAt, bool IsSample, string Fingerprint, int Studies);

/// <summary>The progress of an upload.</summary>
/// <param name="Bytes">Bytes read.</param>
/// <param name="TotalBytes">The file's size, where the browser sent it.</param>
/// <param name="Rows">Data rows read.</param>
public sealed record UploadProgress(long Bytes, long? TotalBytes, int Rows);

/// <summary>What deleting a data set removes, and what prevents it.</summary>
/// <param name="Name">The data set's name.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Bytes">Bytes of the file; 0 where another data set reads the same file, which then stays.</param>
/// <param name="Studies">Names of the studies that use it, the newest first. They must be deleted first.</param>
public sealed record DatasetDeletion(string Name, int Rows, long Bytes, IReadOnlyList<string> Studies)
{
    /// <summary>Whether the data set can be deleted now.</summary>
    public bool IsPossible => Studies.Count == 0;
}

/// <summary>The data sets of this installation.</summary>
public interface IDatasetCatalogue
{
    /// <summary>All data sets, the newest first.</summary>
    Task<IReadOnlyList<DatasetSummary>> ListAsync(CancellationToken cancellation = default);

    /// <summary>One data set, or null.</summary>
    Task<DatasetSummary?> FindAsync(int id, CancellationToken cancellation = default);

    /// <summary>The table of a data set, read on first use and shared afterwards; null where there is no such data set.</summary>
    /// <exception cref="InputException">Its file is gone or can no longer be read.</exception>
    Task<Table?> OpenAsync(int id, CancellationToken cancellation = default);

    /// <summary>Reads and stores a CSV. A file with problems is not stored.</summary>
    /// <exception cref="InputException">The file cannot be used.</exception>
    Task<DatasetSummary> UploadAsync(string fileName, Stream content, long? length, CsvOptions options, IProgress<UploadProgress>? progress, CancellationToken cancellation = default);

    /// <summary>Adds the simulated lending data; returns the stored data set where it was added before.</summary>
    Task<DatasetSummary> AddSampleAsync(CancellationToken cancellation = default);

    /// <summary>What <see cref="DeleteAsync"/> would remove; null where there is no such data set.</summary>
    async Task<DatasetDeletion?> PreviewDeletionAsync(int id, CancellationToken cancellation = default) =>
        await FindAsync(id, cancellation) is { } found ? new DatasetDeletion(found.Name, found.Rows, found.Bytes, []) : null;

    /// <summary>Removes a data set and its file. It cannot be undone.</summary>
    /// <exception cref="InputException">Studies still use it.</exception>
    Task DeleteAsync(int id, CancellationToken cancellation = default);
}
