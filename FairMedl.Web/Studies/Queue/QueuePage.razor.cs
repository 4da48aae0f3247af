using FairMedl.Web.Components;
using FairMedl.Web.Components.Addresses;
using FairMedl.Web.Components.Buttons;
using FairMedl.Web.Components.Live;
using FairMedl.Web.Services.Studies;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FairMedl.Web.Studies.Queue;

/// <summary>The progress of a study's fits, live. Everything comes from the service, so it survives a reload.</summary>
public sealed partial class QueuePage : IDisposable
{
    private readonly PageLifetime closed = new();
    private LiveReload? reload;
    private LiveLosses live = new();
    private StudyDetail? study;
    private QueueView? view;
    private int shown;
    private bool missing;
    private bool busy;
    private string? error;
    private string? actionFault;

    /// <summary>The study's number, from the address.</summary>
    [Parameter] public int Id { get; set; }

    [Inject] private IStudyService Service { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private ISnackbar Snackbar { get; set; } = null!;

    [Inject] private TimeProvider Clock { get; set; } = TimeProvider.System;

    [Inject] private ILogger<QueuePage> Log { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (shown == Id && reload is not null) return;
        shown = Id;
        study = null;
        view = null;
        live = new LiveLosses();
        reload?.Dispose();
        reload = new LiveReload(() => InvokeAsync(LoadAsync), Clock, failed: DispatchExceptionAsync);
        reload.Follow(changed => Service.Watch(Id, changed));
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        try
        {
            StudyDetail? found = await Service.FindAsync(Id, closed.Token);
            missing = found is null;
            error = null;
            if (found is not null)
            {
                study = found;
                view = QueueView.From(found);
                live.Add(found.Fits);
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (Exception e)
        {
            Log.LogError(e, "Study {Study} cannot be read", Id);
            error = $"The study cannot be read: {e.Message}";
        }

        StateHasChanged();
    }

    private static string Lead(StudyDetail study) => string.Join(", ", new[]
    {
        study.Summary.DatasetName,
        Display.Count(study.Definition.Models.Count, "model", "models"),
        Display.Count(study.Definition.Protocol.FoldsToRun ?? study.Definition.Protocol.Folds, "fold", "folds"),
        Display.Count(study.Definition.Protocol.Seeds.Count, "seed", "seeds"),
        $"preset {study.Definition.Preset}",
        study.Compute?.Description,
    }.OfType<string>());

    private async Task<string?> QuestionAsync() =>
        await Service.PreviewDeletionAsync(Id, closed.Token) is { } removed ? DeletionQuestion.Of(removed) : null;

    private async Task DeleteAsync()
    {
        string name = study?.Summary.Name ?? "The study";
        await ActAsync(c => Service.DeleteAsync(Id, c));
        if (actionFault is not null) return;
        Snackbar.Add($"{name} was deleted.", Severity.Success);
        Navigation.NavigateTo(StudyAddresses.List);
    }

    private async Task ActAsync(Func<CancellationToken, Task> act)
    {
        busy = true;
        actionFault = null;
        try
        {
            await act(closed.Token);
            await LoadAsync();
        }
        catch (OperationCanceledException)
        {
            // The page was closed.
        }
        catch (Exception e)
        {
            Log.LogError(e, "An action on study {Study} failed", Id);
            actionFault = $"The action failed: {e.Message}";
        }
        finally
        {
            busy = false;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        closed.Dispose();
        reload?.Dispose();
    }
}
