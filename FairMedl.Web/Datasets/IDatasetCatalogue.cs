using FairMedl.Core.Data;

namespace FairMedl.Web.Datasets;

/// <summary>A stored data set, for lists.</summary>
public sealed record DatasetSummary(int Id, string Name, int Rows, int Columns, long Bytes, DateTimeOffset AddedAt, bool IsSample, string Fingerprint, int Studies);

/// <summary>How far an upload has come.</summary>
/// <param name="Bytes">Bytes read.</param>
/// <param name="TotalBytes">The file's size, where the browser told it.</param>
/// <param name="Rows">Data rows read.</param>
public sealed record UploadProgress(long Bytes, long? TotalBytes, int Rows);

/// <summary>The data sets of this installation. Pages use this and nothing below it.</summary>
public interface IDatasetCatalogue
{
    /// <summary>All data sets, the newest first.</summary>
    Task<IReadOnlyList<DatasetSummary>> ListAsync(CancellationToken cancellation = default);

    /// <summary>One data set, or null.</summary>
    Task<DatasetSummary?> FindAsync(int id, CancellationToken cancellation = default);

    /// <summary>The table of a data set, read on first use and shared by everyone who asks for it; null where there is no such data set.</summary>
    /// <exception cref="InputException">Its file is gone or can no longer be read.</exception>
    Task<Table?> OpenAsync(int id, CancellationToken cancellation = default);

    /// <summary>Streams a CSV in; on any fault nothing is kept.</summary>
    /// <exception cref="InputException">The file cannot be used.</exception>
    Task<DatasetSummary> UploadAsync(string fileName, Stream content, long? length, CsvOptions options, IProgress<UploadProgress>? progress, CancellationToken cancellation = default);

    /// <summary>Adds the simulated lending data, or finds it where it is there already.</summary>
    Task<DatasetSummary> AddSampleAsync(CancellationToken cancellation = default);

    /// <summary>Removes a data set and its file.</summary>
    /// <exception cref="InputException">Studies still use it.</exception>
    Task DeleteAsync(int id, CancellationToken cancellation = default);
}
