using FairMedl.Core.Data;
using FairMedl.Web.Components;

namespace FairMedl.Web.Datasets;

/// <summary>Where an upload stands.</summary>
public enum UploadStage
{
    /// <summary>No file yet.</summary>
    Empty,

    /// <summary>A file is chosen and may be sent.</summary>
    Chosen,

    /// <summary>It is being sent and read.</summary>
    Running,

    /// <summary>It could not be used or did not arrive; nothing was kept.</summary>
    Failed,

    /// <summary>The person stopped it; nothing was kept.</summary>
    Cancelled,
}

/// <summary>One upload from the choice of a file to its end: what the form shows, without the browser.</summary>
public sealed class UploadSession(IDatasetCatalogue catalogue, long maxBytes) : IDisposable
{
    private CancellationTokenSource? running;

    /// <summary>Where it stands.</summary>
    public UploadStage Stage { get; private set; }

    /// <summary>The chosen file's name.</summary>
    public string? FileName { get; private set; }

    /// <summary>Its bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>How far it has come.</summary>
    public UploadProgress? Progress { get; private set; }

    /// <summary>What was wrong with the file; empty where it broke off for another reason.</summary>
    public IReadOnlyList<InputFault> Faults { get; private set; } = [];

    /// <summary>What happened, where it failed.</summary>
    public string? Failure { get; private set; }

    /// <summary>Done, 0 to 100.</summary>
    public double Percent => Progress is null || Bytes == 0 ? 0 : Math.Min(100, 100.0 * Progress.Bytes / Bytes);

    /// <summary>"12.3 MB of 120.0 MB, 45,000 rows".</summary>
    public string ProgressText => Progress is null
        ? "Waiting for the first bytes"
        : $"{Display.Bytes(Progress.Bytes)} of {Display.Bytes(Bytes)}, {Display.Count(Progress.Rows, "row", "rows")}";

    /// <summary>Takes the person's choice of a file; one that is too large or empty is refused at once.</summary>
    public void Choose(string fileName, long bytes)
    {
        if (Stage == UploadStage.Running) return;
        (FileName, Bytes, Progress, Faults, Failure, Stage) = (fileName, bytes, null, [], null, UploadStage.Chosen);
        if (bytes > maxBytes)
        {
            Fail("The file is too large.", [new($"It has {Display.Bytes(bytes)}; at most {Display.Bytes(maxBytes)} can be uploaded.",
                "Leave out columns or rows that are not needed, or raise FairMedl:Upload:MaxBytes in the settings.")]);
        }
        else if (bytes == 0)
        {
            Fail("The file is empty.", [new("It has no bytes.", "Choose another file.")]);
        }
    }

    /// <summary>Sends the chosen file; null where it failed or was stopped, and the stage then says which.</summary>
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

    /// <summary>Says that the upload ended for a reason that is not the file's.</summary>
    public void BreakOff() => Fail($"The upload of {FileName} broke off.", []);

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
