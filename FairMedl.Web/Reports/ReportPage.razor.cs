using FairMedl.Core.Reports.Document;
using FairMedl.Core.Reports.Runs;
using FairMedl.Web.Components.Addresses;
using FairMedl.Web.Components.Live;
using FairMedl.Web.Services.Reports;
using FairMedl.Web.Services.Studies;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FairMedl.Web.Reports;

/// <summary>
/// The report of a study or the card of a model: its fields, its sections, a preview of the printed pages, and the exports. The
/// address holds the choice.
/// </summary>
public sealed partial class ReportPage
{
    private readonly PageLifetime closed = new();
    private StudySummary? study;
    private IReadOnlyList<string> models = [];
    private AddressBar bar = null!;
    private ReportChoice? choice;
    private ReportDetails details = ReportDetails.Empty;
    private ElementReference preview;
    private bool loaded, isSaved, isSaving;
    private (int Study, ReportDetails Details)? unsaved;
    private string? error, saveError;
    private int shown, version;

    /// <summary>The study's number.</summary>
    [Parameter] public int Id { get; set; }

    [Inject] private IStudyService Service { get; set; } = null!;

    [Inject] private IReportFields Fields { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private TimeProvider Clock { get; set; } = null!;

    [Inject] private IJSRuntime Js { get; set; } = null!;

    [Inject] private ILogger<ReportPage> Log { get; set; } = null!;

    private IReadOnlyList<string> Documents => ["", .. models];

    /// <inheritdoc />
    protected override void OnInitialized() =>
        bar = new AddressBar(Navigation, Js, () => StudyAddresses.ReportBuilder(Id), Follow);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (shown == Id) return;
        shown = Id;
        await LoadAsync();
    }

    private static string DocumentName(string model) => model.Length == 0 ? "Study report" : $"Model card: {ResultNames.Model(model)}";

    private async Task LoadAsync()
    {
        try
        {
            (study, choice, error) = ((await Service.FindAsync(Id, closed.Token))?.Summary, null, null);
            if (study is not null && await Service.ResultsAsync(Id, closed.Token) is { } results)
            {
                details = await Fields.FindAsync(Id, closed.Token);
                models = [.. results.Header.Definition.Models.Select(m => m.Model).Where(m => results.Audits.Any(a => a.Model == m))];
                if (models.Count > 0) choice = ReportChoice.Parse(Id, Navigation.Uri, models);
            }

            loaded = true;
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (Exception e)
        {
            Log.LogError(e, "The report of study {Study} cannot be loaded", Id);
            error = $"The results cannot be loaded: {e.Message}";
        }

        StateHasChanged();
    }

    private Task ChooseAsync(string document) =>
        choice is null ? Task.CompletedTask : GoAsync(choice with { Card = document.Length == 0 ? null : document });

    private async Task GoAsync(ReportChoice next)
    {
        choice = next;
        await bar.WriteAsync(next.ToUri());
    }

    /// <summary>
    /// Saves the fields and reloads the preview. One save runs at a time; changes during it are saved after it, so that an older
    /// state never replaces a newer one. Closing the page does not cancel a save.
    /// </summary>
    private async Task SaveAsync(ReportDetails changed)
    {
        (details, isSaved, saveError, unsaved) = (changed, false, null, (Id, changed));
        if (isSaving) return;
        isSaving = true;
        try
        {
            while (unsaved is { } next)
            {
                unsaved = null;
                await SaveAsync(next.Study, next.Details);
            }
        }
        finally
        {
            isSaving = false;
        }
    }

    private async Task SaveAsync(int id, ReportDetails changed)
    {
        try
        {
            isSaved = await Fields.SaveAsync(id, changed, CancellationToken.None);
            saveError = isSaved ? null : "The fields were not saved: the study was deleted.";
            if (unsaved is not null) isSaved = false;
            version++;
        }
        catch (Exception e)
        {
            Log.LogError(e, "The report fields of study {Study} cannot be saved", id);
            saveError = $"The fields were not saved: {e.Message} Change a field to try again.";
        }
    }

    private async Task PrintAsync()
    {
        await using IJSObjectReference module = await Js.InvokeAsync<IJSObjectReference>("import", "./js/print.js");
        await module.InvokeVoidAsync("printFrame", preview);
    }

    private async void Follow(string location)
    {
        try
        {
            await InvokeAsync(() =>
            {
                if (choice is not null) choice = ReportChoice.Parse(Id, location, models);
                StateHasChanged();
            });
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        bar.Dispose();
        closed.Dispose();
    }
}
