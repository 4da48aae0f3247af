using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Reports.Cells;
using FairMedl.Web.Components.Live;
using FairMedl.Web.Services.Compute;
using Microsoft.AspNetCore.Components;

namespace FairMedl.Web.Compute;

/// <summary>Engines and devices of this machine, what is missing, and the self-test.</summary>
public sealed partial class ComputePage
{
    private readonly PageLifetime closed = new();
    private ComputeOverview? overview;
    private ReportTable? devices;
    private SelfTestJob? job;
    private string? failure;

    [Inject] private IComputeService Service { get; set; } = null!;

    [Inject] private ILogger<ComputePage> Log { get; set; } = null!;

    private string FasterClause => overview!.Faster.Count == 0
        ? ""
        : $". They run on {string.Join(" or ", overview.Faster.Select(f => f.Description))} instead if a short measurement shows that a " +
            "study is faster there";

    private string ChoiceSentence => overview!.Choice is { Engine: ComputeChoice.Auto, Device: ComputeChoice.Auto }
        ? "This is the automatic choice. To change it, set Compute:Engine and Compute:Device in appsettings.json."
        : $"This is set in the configuration: Compute:Engine = {overview.Choice.Engine}, Compute:Device = {overview.Choice.Device}.";

    /// <inheritdoc />
    protected override void OnInitialized() => Follow(Service.Latest);

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        try
        {
            overview = await Service.ReadAsync(closed.Token);
            devices = ComputeTables.Devices(overview.Engines);
            failure = null;
        }
        catch (OperationCanceledException)
        {
            // The page was closed.
        }
        catch (Exception e)
        {
            Log.LogError(e, "The compute engines cannot be read");
            failure = $"{e.Message} Try again. If it happens again, see the server's log.";
        }
    }

    private void Run() => Follow(Service.Start());

    private void Follow(SelfTestJob? other)
    {
        if (job is not null) job.Changed -= OnChanged;
        job = other;
        if (job is not null) job.Changed += OnChanged;
    }

    // Raised on another thread; an exception reaches the page's error boundary.
    private async void OnChanged()
    {
        try
        {
            await InvokeAsync(StateHasChanged);
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        closed.Dispose();
        Follow(null);
    }
}
