using FairMedl.Web.Components;
using Microsoft.AspNetCore.Components;

namespace FairMedl.Web.Studies;

/// <summary>One study's fits, live. What it shows comes from the service alone, so that it survives a reload.</summary>
public sealed partial class QueuePage
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

    /// <summary>The study's number.</summary>
    [Parameter] public int Id { get; set; }

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

    private async Task CancelAsync()
    {
        if (await Ask("Stop what is queued and running? Fits that have finished stay, and their results with them.", "Cancel the study", "Stop"))
            await ActAsync(c => Service.CancelAsync(Id, c));
    }

    private async Task DeleteAsync()
    {
        if (!await Ask("Delete this study with all its fits and results? This cannot be undone. The data set stays.", "Delete the study", "Delete")) return;
        await ActAsync(c => Service.DeleteAsync(Id, c));
        if (actionFault is null) Navigation.NavigateTo(StudyAddresses.List);
    }

    private async Task<bool> Ask(string question, string title, string yes) =>
        await Dialogs.ShowMessageBoxAsync(title, question, yesText: yes, cancelText: "Keep") == true;

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
            actionFault = $"That did not work: {e.Message}";
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
