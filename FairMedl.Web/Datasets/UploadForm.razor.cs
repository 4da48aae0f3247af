using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Options;
using Microsoft.JSInterop;

namespace FairMedl.Web.Datasets;

/// <summary>Chooses a CSV and streams it into the catalogue; faults are listed and nothing is kept of a file that has any.</summary>
public sealed partial class UploadForm : IDisposable
{
    private static readonly TimeSpan RenderEvery = TimeSpan.FromMilliseconds(150);
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
            Log.LogWarning(e, "The upload of {File} broke off", chosen.Name);
            session.BreakOff();
        }

        ForgetEnded();
    }

    // A browser neither reads a file again that was changed on disk or given up, nor tells that the same name was chosen twice.
    private void ForgetEnded()
    {
        if (session.Stage is not (UploadStage.Failed or UploadStage.Cancelled)) return;
        file = null;
        attempt++;
    }

    private void ShowProgress()
    {
        // A fast reader reports thousands of times; a person sees a few times a second.
        if (Clock.GetElapsedTime(Interlocked.Read(ref rendered)) < RenderEvery) return;
        Interlocked.Exchange(ref rendered, Clock.GetTimestamp());
        _ = InvokeAsync(StateHasChanged);
    }

    /// <inheritdoc />
    public void Dispose() => session.Dispose();
}
