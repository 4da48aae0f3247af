using FairMedl.Web.Services.Datasets;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Options;
using Microsoft.JSInterop;

namespace FairMedl.Web.Datasets;

/// <summary>
/// Uploads a CSV with a progress bar. Problems are listed with line and column, and a file with problems is not stored.
/// </summary>
public sealed partial class UploadForm : IDisposable
{
    private static readonly TimeSpan RenderEvery = TimeSpan.FromMilliseconds(150);
    private static readonly string[] Delimiters = ["", ",", ";", "\t", "|"];
    private static readonly string[] Headers = ["", "yes", "no"];
    private readonly UploadChoices choices = new();
    private UploadSession session = null!;
    private IBrowserFile? file;
    private long rendered;
    private int attempt;

    /// <summary>Called with the data set that was added.</summary>
    [Parameter, EditorRequired] public EventCallback<DatasetSummary> OnUploaded { get; set; }

    [Inject] private IDatasetCatalogue Catalogue { get; set; } = null!;

    [Inject] private IOptions<UploadOptions> Options { get; set; } = null!;

    [Inject] private TimeProvider Clock { get; set; } = null!;

    [Inject] private ILogger<UploadForm> Log { get; set; } = null!;

    /// <inheritdoc />
    protected override void OnInitialized() => session = new UploadSession(Catalogue, Options.Value.MaxBytes);

    private static string DelimiterName(string delimiter) =>
        delimiter switch { "," => "Comma", ";" => "Semicolon", "\t" => "Tab", "|" => "Vertical bar", _ => "Detect" };

    private static string HeaderName(string header) => header switch { "yes" => "Column names", "no" => "Data", _ => "Detect" };

    // Raised for a file that is too large, too, which FilesChanged is not.
    private void Choose(InputFileChangeEventArgs e)
    {
        if (e.FileCount == 0) return;
        file = e.File;
        session.Choose(file.Name, file.Size);
        ForgetEnded();
    }

    private async Task UploadAsync()
    {
        if (file is not { } chosen) return;
        try
        {
            DatasetSummary? added = await session.RunAsync(token => chosen.OpenReadStream(Options.Value.MaxBytes, token), choices.ToOptions(), ShowProgress);
            if (added is not null) await OnUploaded.InvokeAsync(added);
        }
        catch (Exception e) when (e is IOException or JSException or JSDisconnectedException or TimeoutException)
        {
            Log.LogWarning(e, "The upload of {File} was interrupted", chosen.Name);
            session.BreakOff();
        }

        ForgetEnded();
    }

    // A browser does not read a file again after an abandoned read or a change on disk, and raises no event for the same name.
    private void ForgetEnded()
    {
        if (session.Stage is not (UploadStage.Failed or UploadStage.Cancelled)) return;
        file = null;
        attempt++;
    }

    // A fast reader reports thousands of times, on any thread; the page draws a few times a second.
    private async void ShowProgress()
    {
        if (Clock.GetElapsedTime(Interlocked.Read(ref rendered)) < RenderEvery) return;
        Interlocked.Exchange(ref rendered, Clock.GetTimestamp());
        try
        {
            await InvokeAsync(StateHasChanged);
        }
        catch (ObjectDisposedException)
        {
            // The page was closed.
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }

    /// <inheritdoc />
    public void Dispose() => session.Dispose();
}
