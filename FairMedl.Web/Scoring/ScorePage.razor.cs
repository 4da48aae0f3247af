using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Storage;
using FairMedl.Web.Components;
using FairMedl.Web.Components.Addresses;
using FairMedl.Web.Components.Live;
using FairMedl.Web.Datasets;
using FairMedl.Web.Services.Scoring;
using FairMedl.Web.Services.Studies;
using FairMedl.Web.Studies.Queue;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Options;
using Microsoft.JSInterop;

namespace FairMedl.Web.Scoring;

/// <summary>
/// Scores a file with a model of a study and shows the result. Scoring continues when the page is left, and its address finds it
/// again.
/// </summary>
public sealed partial class ScorePage
{
    private static readonly TimeSpan RenderEvery = TimeSpan.FromMilliseconds(150);
    private readonly PageLifetime closed = new();
    private CancellationTokenSource? receiving;
    private AddressBar bar = null!;
    private ScoringAddress address = new(0);
    private StudyDetail? study;
    private ScoringAvailability availability = new([], null);
    private IReadOnlyList<InputFault> faults = [];
    private IBrowserFile? file;
    private ScoringJob? job;
    private string? error, failure;
    private long received, rendered;
    private bool loaded, flips;
    private int attempt;

    /// <summary>The study's number.</summary>
    [Parameter] public int Id { get; set; }

    [Inject] private IScoringService Service { get; set; } = null!;

    [Inject] private IOptions<UploadOptions> Options { get; set; } = null!;

    [Inject] private IJSRuntime Js { get; set; } = null!;

    [Inject] private TimeProvider Clock { get; set; } = null!;

    [Inject] private ILogger<ScorePage> Log { get; set; } = null!;

    private string Model => availability.Models.FirstOrDefault(m => m == address.Model) ?? availability.Models[^1];

    private bool IsBusy => receiving is not null || job is { HasEnded: false };

    private double Percent => receiving is not null
        ? 100.0 * received / Math.Max(1, file?.Size ?? 1)
        : job is null ? 0 : 100.0 * job.Progress.Bytes / Math.Max(1, job.Bytes);

    private string ProgressText => receiving is not null
        ? $"Uploading: {Display.Bytes(received)} of {Display.Bytes(file?.Size ?? 0)}"
        : job?.State == ScoringState.Waiting
        ? "Waiting for another file to be scored" : $"{Display.Count(job?.Progress.Rows ?? 0, "row", "rows")} read";

    private string Members
    {
        get
        {
            FitRow[] done = [.. study!.Fits.Where(f => f.Key.Model == Model && f.State == FitState.Done)];
            return done.Length == 1 ? "Predictions of 1 fit" : $"Mean prediction of {Display.Count(done.Length)} fits";
        }
    }

    private IEnumerable<string> Columns
    {
        get
        {
            DataSpecification data = study!.Definition.Data;
            return data.Features.Concat(data.Sensitive.Select(s => s.Column)).Append(data.Cluster.Column)
                .Concat(data.Exclude.Select(e => e.Column)).Where(c => c != data.Target.Column).Distinct();
        }
    }

    /// <inheritdoc />
    protected override void OnInitialized() =>
        bar = new AddressBar(Navigation, Js, () => StudyAddresses.Score(Id),
            location => Dispatch(() => Show(ScoringAddress.Parse(Id, location))));

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (address.Study == Id) return;
        Show(ScoringAddress.Parse(Id, Navigation.Uri));
        await LoadAsync();
    }

    private void Show(ScoringAddress wanted)
    {
        address = wanted;
        (failure, faults) = (null, []);
        Follow(address.Run is null ? null : Service.Find(address.Run));
        StateHasChanged();
    }

    private async Task LoadAsync()
    {
        try
        {
            study = await Studies.FindAsync(Id, closed.Token);
            if (study is not null) availability = await Service.AvailabilityAsync(Id, closed.Token);
            (loaded, error) = (true, null);
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception e)
        {
            Log.LogError(e, "Study {Study} cannot be read", Id);
            error = $"The study cannot be read: {e.Message}";
        }
    }

    private void Choose(IBrowserFile? chosen)
    {
        if (chosen is null) return;
        file = chosen;
        (failure, faults) = (null, []);
        if (file.Size <= Options.Value.MaxBytes && file.Size > 0) return;
        InputFault fault = file.Size == 0
            ? new InputFault("The file is empty.", "Choose a file with a header and at least one row.")
            : new InputFault($"The file has {Display.Bytes(file.Size)}; the limit is {Display.Bytes(Options.Value.MaxBytes)}.",
                "Split the file, or choose a smaller one.");
        Fail($"{file.Name} cannot be uploaded.", [fault]);
    }

    private async Task ScoreAsync()
    {
        if (file is not { } chosen) return;
        (failure, faults, received) = (null, [], 0);
        using CancellationTokenSource stop = receiving = CancellationTokenSource.CreateLinkedTokenSource(closed.Token);
        try
        {
            await using Stream content = chosen.OpenReadStream(Options.Value.MaxBytes, stop.Token);
            Follow(await Service.StartAsync(Id, Model, chosen.Name, content, flips, new Receiving(this), stop.Token));
            await GoAsync(address with { Model = Model, Run = job!.Id });
        }
        catch (InputException e)
        {
            Fail($"{QueueView.Label(Model, null)} cannot score the file.", e.Faults);
        }
        catch (OperationCanceledException)
        {
            Fail($"The upload of {chosen.Name} was cancelled.", []);
        }
        catch (Exception e) when (e is IOException or JSException or JSDisconnectedException or TimeoutException)
        {
            Log.LogWarning(e, "The upload of {File} was interrupted", chosen.Name);
            Fail($"The upload of {chosen.Name} was interrupted.", []);
        }
        finally
        {
            receiving = null;
            // A browser neither reads a file again that was changed on disk nor reports that the same name was chosen twice.
            file = null;
            attempt++;
        }
    }

    private void Cancel()
    {
        receiving?.Cancel();
        job?.Cancel();
    }

    private void Fail(string what, IReadOnlyList<InputFault> of)
    {
        (failure, faults, file) = (what, of, null);
        attempt++;
    }

    private void Follow(ScoringJob? other)
    {
        if (job is not null) job.Changed -= OnJobChanged;
        job = other?.Study == Id ? other : null;
        if (job is null) return;
        job.Changed += OnJobChanged;
        OnJobChanged();
    }

    private void OnJobChanged()
    {
        if (job is { State: ScoringState.Running } && Clock.GetElapsedTime(Interlocked.Read(ref rendered)) < RenderEvery) return;
        Interlocked.Exchange(ref rendered, Clock.GetTimestamp());
        Dispatch(() =>
        {
            if (job is { State: ScoringState.Failed }) (failure, faults) = (job.Failure, job.Faults);
            StateHasChanged();
        });
    }

    // For events of other threads; an exception reaches the page's error boundary.
    private async void Dispatch(Action action)
    {
        try
        {
            await InvokeAsync(action);
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }

    private async Task GoAsync(ScoringAddress wanted)
    {
        if (wanted.Run is null) Follow(null);
        address = wanted;
        await bar.WriteAsync(address.ToUri());
    }

    /// <inheritdoc />
    public void Dispose()
    {
        bar.Dispose();
        closed.Dispose();
        if (job is not null) job.Changed -= OnJobChanged;
    }

    private sealed class Receiving(ScorePage page) : IProgress<long>
    {
        public void Report(long value)
        {
            page.received = value;
            if (page.Clock.GetElapsedTime(Interlocked.Read(ref page.rendered)) < RenderEvery) return;
            Interlocked.Exchange(ref page.rendered, page.Clock.GetTimestamp());
            page.Dispatch(page.StateHasChanged);
        }
    }
}
