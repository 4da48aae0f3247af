using FairMedl.Web.Components;
using FairMedl.Web.Studies;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FairMedl.Web.Reports;

/// <summary>Puts a report of a study together, or a model's card: parts, a preview that is the file itself, and every form. The address holds the choice.</summary>
public sealed partial class ReportPage
{
    private readonly PageLifetime closed = new();
    private StudySummary? study;
    private IReadOnlyList<string> models = [];
    private AddressBar bar = null!;
    private ReportChoice? choice;
    private bool loaded;
    private string? error;
    private int shown;

    /// <summary>The study's number.</summary>
    [Parameter] public int Id { get; set; }

    [Inject] private IStudyService Service { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private IJSRuntime Js { get; set; } = null!;

    [Inject] private ILogger<ReportPage> Log { get; set; } = null!;

    /// <inheritdoc />
    protected override void OnInitialized() => bar = new AddressBar(Navigation, Js, () => StudyAddresses.ReportBuilder(Id), Follow);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (shown == Id) return;
        shown = Id;
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        try
        {
            (study, choice, error) = ((await Service.FindAsync(Id, closed.Token))?.Summary, null, null);
            if (study is not null && await Service.ResultsAsync(Id, closed.Token) is { } results)
            {
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
            Log.LogError(e, "The report of study {Study} cannot be made", Id);
            error = $"The results cannot be read: {e.Message}";
        }

        StateHasChanged();
    }

    private async Task GoAsync(ReportChoice wanted)
    {
        choice = wanted;
        await bar.WriteAsync(wanted.ToUri());
    }

    private void Follow(string location) => _ = InvokeAsync(() =>
    {
        if (choice is not null) choice = ReportChoice.Parse(Id, location, models);
        StateHasChanged();
    });

    /// <inheritdoc />
    public void Dispose()
    {
        bar.Dispose();
        closed.Dispose();
    }
}
