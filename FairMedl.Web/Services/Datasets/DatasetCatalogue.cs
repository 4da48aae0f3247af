using System.Text.Json;
using FairMedl.Core.Data;
using FairMedl.Core.Data.Csv;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Data.Tables;
using FairMedl.Core.Storage;
using FairMedl.Core.Storage.Stores;
using FairMedl.Core.Studies.Sample;

namespace FairMedl.Web.Services.Datasets;

/// <summary>
/// The data sets on disk. A file is stored under its fingerprint when all of it has been read without a fault; the same
/// bytes read in the same way are the same data set, so a second upload finds the first.
/// </summary>
public sealed class DatasetCatalogue(StorageFolder folder, DatasetStore store, StorageSettings settings, TimeProvider clock) : IDatasetCatalogue, IDisposable
{
    private readonly RecentlyUsed<Table> tables = new(settings.TablesInMemory);
    private readonly SemaphoreSlim changing = new(1);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DatasetSummary>> ListAsync(CancellationToken cancellation = default) =>
        [.. (await store.ListAsync(cancellation)).Select(Summary)];

    /// <inheritdoc/>
    public async Task<DatasetSummary?> FindAsync(int id, CancellationToken cancellation = default) =>
        await store.FindAsync(id, cancellation) is { } found ? Summary(found) : null;

    /// <inheritdoc/>
    public async Task<Table?> OpenAsync(int id, CancellationToken cancellation = default) =>
        await store.FindAsync(id, cancellation) is { } found
            ? await tables.GetAsync(id, () => Task.FromResult(Read(found.Dataset)), cancellation)
            : null;

    /// <inheritdoc/>
    public Task<DatasetSummary> UploadAsync(string fileName, Stream content, long? length, CsvOptions options, IProgress<UploadProgress>? progress, CancellationToken cancellation = default) =>
        Task.Run(() => AddAsync(Path.GetFileName(fileName), isSample: false, content, options, Forward(progress, length), cancellation), cancellation);

    /// <inheritdoc/>
    public Task<DatasetSummary> AddSampleAsync(CancellationToken cancellation = default) => Task.Run(
        async () =>
        {
            using var content = new MemoryStream();
            await using (var writer = new StreamWriter(content, leaveOpen: true)) SampleStudy.WriteCsv(writer);
            content.Position = 0;
            return await AddAsync(SampleStudy.Name, isSample: true, content, new CsvOptions(), null, cancellation);
        },
        cancellation);

    /// <inheritdoc/>
    public async Task<DatasetDeletion?> PreviewDeletionAsync(int id, CancellationToken cancellation = default)
    {
        if (await store.FindAsync(id, cancellation) is not { Dataset: var dataset }) return null;
        DatasetUse use = await store.UseAsync(dataset, cancellation);
        return new DatasetDeletion(dataset.Name, dataset.Rows, use.IsFileShared ? 0 : dataset.Bytes, use.Studies);
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(int id, CancellationToken cancellation = default)
    {
        await changing.WaitAsync(cancellation);
        try
        {
            if (await store.FindAsync(id, cancellation) is not { } found) return;
            if (!await store.DeleteAsync(id, cancellation))
            {
                throw new InputException(new InputFault(
                    FormattableString.Invariant($"{found.Studies} {(found.Studies == 1 ? "study uses" : "studies use")} the data set '{found.Dataset.Name}'."),
                    "Delete the studies first."));
            }

            tables.Remove(id);
            if (!await store.UsesAsync(found.Dataset.File, cancellation)) folder.Delete(found.Dataset.File);
        }
        finally
        {
            changing.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => changing.Dispose();

    private async Task<DatasetSummary> AddAsync(string name, bool isSample, Stream content, CsvOptions options, IProgress<CsvProgress>? progress, CancellationToken cancellation)
    {
        await using IncomingFile file = folder.NewIncoming();
        Table table = await CsvTableReader.ReadAsync(new WatchedStream(content, bytes => file.Content.Write(bytes)), name, options, progress: progress, cancellationToken: cancellation);
        if (file.Content.Length != table.ByteCount) throw new InvalidOperationException("The file was not read to its end.");
        string readAs = JsonSerializer.Serialize(table.ReadAs);

        await changing.WaitAsync(cancellation);
        try
        {
            string stored = StorageFolder.DatasetFile(table.Fingerprint);
            if (!File.Exists(folder.Resolve(stored))) await file.KeepAsync(stored, cancellation);
            if (await store.FindAsync(table.Fingerprint, readAs, cancellation) is { } same) return Summary(same);
            var dataset = new StoredDataset
            {
                Name = name,
                File = stored,
                Options = readAs,
                Fingerprint = table.Fingerprint,
                Rows = table.RowCount,
                Columns = table.Columns.Count,
                Bytes = table.ByteCount,
                AddedAt = clock.GetUtcNow(),
                IsSample = isSample,
            };
            await store.AddAsync(dataset, CancellationToken.None);
            await tables.GetAsync(dataset.Id, () => Task.FromResult(table), CancellationToken.None);
            return Summary(new DatasetOverview(dataset, 0));
        }
        finally
        {
            changing.Release();
        }
    }

    private Table Read(StoredDataset dataset)
    {
        try
        {
            using var stream = new FileStream(folder.Resolve(dataset.File), FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
            Table table = CsvTableReader.Read(stream, dataset.Name, JsonSerializer.Deserialize<CsvOptions>(dataset.Options));
            return table.Fingerprint == dataset.Fingerprint
                ? table
                : throw new InputException(new InputFault($"The stored file of '{dataset.Name}' has changed since it was uploaded.", "Delete the data set and upload the file again."));
        }
        catch (IOException e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException(new InputFault($"The stored file of '{dataset.Name}' is gone.", "Upload the same file again."));
        }
    }

    private static Forwarding? Forward(IProgress<UploadProgress>? progress, long? length) =>
        progress is null ? null : new Forwarding(progress, length);

    private static DatasetSummary Summary(DatasetOverview overview)
    {
        StoredDataset d = overview.Dataset;
        return new DatasetSummary(d.Id, d.Name, d.Rows, d.Columns, d.Bytes, d.AddedAt, d.IsSample, d.Fingerprint, overview.Studies);
    }

    private sealed class Forwarding(IProgress<UploadProgress> progress, long? length) : IProgress<CsvProgress>
    {
        public void Report(CsvProgress value) =>
            progress.Report(new UploadProgress(value.Bytes, length ?? value.TotalBytes, (int)value.Rows));
    }
}
