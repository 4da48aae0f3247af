using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;
using FairMedl.Web.Components;
using FairMedl.Web.Services.Datasets;

namespace FairMedl.Web.Datasets;

/// <summary>The state of an upload.</summary>
public enum UploadStage
{
    /// <summary>No file is chosen.</summary>
    Empty,

    /// <summary>A file is chosen.</summary>
    Chosen,

    /// <summary>The file is being sent and read.</summary>
    Running,

    /// <summary>The file has problems or the connection failed. Nothing was stored.</summary>
    Failed,

    /// <summary>The user cancelled it. Nothing was stored.</summary>
    Cancelled,
}

/// <summary>The state of the upload form, from the choice of a file to the end of its upload.</summary>
public sealed class UploadSession(IDatasetCatalogue catalogue, long maxBytes) : IDisposable
{
    private CancellationTokenSource? running;

    /// <summary>The state.</summary>
    public UploadStage Stage { get; private set; }

    /// <summary>The chosen file's name.</summary>
    public string? FileName { get; private set; }

    /// <summary>The file's size in bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>Bytes and rows read so far.</summary>
    public UploadProgress? Progress { get; private set; }

    /// <summary>The problems of the file; empty where the upload failed for another reason.</summary>
    public IReadOnlyList<InputFault> Faults { get; private set; } = [];

    /// <summary>What happened, where it failed.</summary>
    public string? Failure { get; private set; }

    /// <summary>Share of the file that is read, 0 to 100.</summary>
    public double Percent => Progress is null || Bytes == 0 ? 0 : Math.Min(100, 100.0 * Progress.Bytes / Bytes);

    /// <summary>"12.3 MB of 120.0 MB, 45,000 rows".</summary>
    public string ProgressText => Progress is null
        ? "Waiting for the first rows..."
        : $"{Display.Bytes(Progress.Bytes)} of {Display.Bytes(Bytes)}, {Display.Count(Progress.Rows, "row", "rows")}";

    /// <summary>Takes the chosen file. One that is too large or empty fails at once.</summary>
    public void Choose(string fileName, long bytes)
    {
        if (Stage == UploadStage.Running) return;
        (FileName, Bytes, Progress, Faults, Failure, Stage) = (fileName, bytes, null, [], null, UploadStage.Chosen);
        if (bytes > maxBytes)
        {
            Fail("The file is too large.", [new($"It has {Display.Bytes(bytes)}; at most {Display.Bytes(maxBytes)} can be uploaded.",
                "Remove columns or rows that you do not need, or raise FairMedl:Upload:MaxBytes in the settings.")]);
        }
        else if (bytes == 0)
        {
            Fail("The file is empty.", [new("It has no bytes.", "Choose another file.")]);
        }
    }

    /// <summary>Sends the chosen file. Null where it failed or was cancelled; <see cref="Stage"/> says which.</summary>
    /// <param name="open">Opens the file's content once.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="changed">Called when something to show has changed, from any thread.</param>
    public async Task<DatasetSummary?> RunAsync(Func<CancellationToken, Stream> open, CsvOptions options, Action changed)
    {
        if (FileName is null || Stage == UploadStage.Running) return null;
        (Stage, Progress, Faults, Failure) = (UploadStage.Running, null, [], null);
        using CancellationTokenSource cancellation = running = new();
        try
        {
            await using Stream content = open(cancellation.Token);
            return await catalogue.UploadAsync(FileName, content, Bytes, options, new Sink(progress =>
            {
                Progress = progress;
                changed();
            }), cancellation.Token);
        }
        catch (InputException e)
        {
            Fail($"{FileName} cannot be used.", e.Faults);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Stage = UploadStage.Cancelled;
        }
        finally
        {
            running = null;
        }

        return null;
    }

    /// <summary>Marks the upload as failed for a reason other than the file's content.</summary>
    public void BreakOff() => Fail($"The upload of {FileName} was interrupted.", []);

    /// <summary>Stops a running upload.</summary>
    public void Cancel() => running?.Cancel();

    /// <summary>Stops it when the page is left.</summary>
    public void Dispose() => Cancel();

    private void Fail(string what, IReadOnlyList<InputFault> faults) => (Stage, Failure, Faults) = (UploadStage.Failed, what, faults);

    private sealed class Sink(Action<UploadProgress> report) : IProgress<UploadProgress>
    {
        public void Report(UploadProgress value) => report(value);
    }
}
