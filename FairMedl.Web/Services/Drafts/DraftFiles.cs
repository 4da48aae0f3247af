using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using FairMedl.Core.Storage;
using FairMedl.Core.Studies.Definition;

namespace FairMedl.Web.Services.Drafts;

/// <summary>
/// Drafts as files in the data folder, <c>drafts/{data set}.json</c>. A file is replaced in one step, so that a process that is
/// killed leaves the earlier draft or the new one.
/// </summary>
public sealed class DraftFiles(StorageFolder folder, ILogger<DraftFiles> log) : IDraftStore, IDisposable
{
    private static readonly JsonSerializerOptions Json = new(StudyJson.Options)
    {
        WriteIndented = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
        IgnoreReadOnlyProperties = true,
    };

    private readonly ConcurrentDictionary<int, DatasetDraft> read = new();
    private readonly SemaphoreSlim changing = new(1);

    /// <inheritdoc/>
    public async Task<DatasetDraft> FindAsync(int datasetId, CancellationToken cancellation = default)
    {
        if (read.TryGetValue(datasetId, out DatasetDraft? known)) return known;
        await changing.WaitAsync(cancellation);
        try
        {
            return await ReadAsync(datasetId, cancellation);
        }
        finally
        {
            changing.Release();
        }
    }

    /// <inheritdoc/>
    public async Task ChangeAsync(int datasetId, Func<DatasetDraft, DatasetDraft> change, CancellationToken cancellation = default)
    {
        await changing.WaitAsync(cancellation);
        try
        {
            DatasetDraft before = await ReadAsync(datasetId, cancellation);
            DatasetDraft after = change(before);
            byte[] content = JsonSerializer.SerializeToUtf8Bytes(after, Json);
            if (content.AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(before, Json))) return;
            await using IncomingFile file = folder.NewIncoming();
            await file.Content.WriteAsync(content, cancellation);
            await file.KeepAsync(FileOf(datasetId), cancellation);
            read[datasetId] = after;
        }
        finally
        {
            changing.Release();
        }
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(int datasetId, CancellationToken cancellation = default)
    {
        await changing.WaitAsync(cancellation);
        try
        {
            read.TryRemove(datasetId, out _);
            folder.Delete(FileOf(datasetId));
        }
        finally
        {
            changing.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => changing.Dispose();

    private async Task<DatasetDraft> ReadAsync(int datasetId, CancellationToken cancellation)
    {
        if (read.TryGetValue(datasetId, out DatasetDraft? known)) return known;
        string path = folder.Resolve(FileOf(datasetId));
        DatasetDraft draft = DatasetDraft.Empty;
        try
        {
            if (File.Exists(path))
                draft = JsonSerializer.Deserialize<DatasetDraft>(await File.ReadAllBytesAsync(path, cancellation), Json) ?? draft;
        }
        catch (JsonException e)
        {
            log.LogWarning(e, "The draft of data set {Dataset} could not be read and was discarded", datasetId);
        }

        return read[datasetId] = draft;
    }

    private static string FileOf(int datasetId) => string.Create(CultureInfo.InvariantCulture, $"drafts/{datasetId}.json");
}
