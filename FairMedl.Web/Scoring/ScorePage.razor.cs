using FairMedl.Core.Data;
using FairMedl.Core.Storage;
using FairMedl.Web.Components;
using FairMedl.Web.Datasets;
using FairMedl.Web.Studies;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Options;
using Microsoft.JSInterop;

namespace FairMedl.Web.Scoring;

/// <summary>Chooses a model of a study and a file, and shows what comes of it. The scoring goes on when the page is left, and its address finds it again.</summary>
public sealed partial class ScorePage
{
    private static readonly TimeSpan RenderEvery = TimeSpan.FromMilliseconds(150);
    private readonly PageLifetime closed = new();
    private CancellationTokenSource? receiving;
    private AddressBar bar = null!;
    private ScoringAddress address = new(0);
    private StudyDetail? study;
    private IReadOnlyList<string> models = [];
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

    private string Model => models.FirstOrDefault(m => m == address.Model) ?? models[^1];

    private bool Busy => receiving is not null || job is { HasEnded: false };

    private double Percent => receiving is not null
        ? 100.0 * received / Math.Max(1, file?.Size ?? 1)
        : job is null ? 0 : 100.0 * job.Progress.Bytes / Math.Max(1, job.Bytes);

    private string ProgressText => receiving is not null
        ? $"Arriving: {Display.Bytes(received)} of {Display.Bytes(file?.Size ?? 0)}"
        : job?.State == ScoringState.Waiting ? "Waiting for another file" : $"{Display.Count(job?.Progress.Rows ?? 0, "row", "rows")} read";

    private string Members
    {
        get
        {
            FitRow[] done = [.. study!.Fits.Where(f => f.Key.Model == Model && f.State == FitState.Done)];
            return done.Length == 1 ? "1 fit predicts" : $"{done.Length} fits predict together; their mean counts";
        }
    }

    private IEnumerable<string> Columns
    {
        get
        {
            DataSpecification data = study!.Definition.Data;
            return data.Features.Concat(data.Sensitive.Select(s => s.Column)).Append(data.Cluster.Column).Concat(data.Exclude.Select(e => e.Column)).Where(c => c != data.Target.Column).Distinct();
        }
    }

    /// <inheritdoc />
    protected override void OnInitialized() =>
        bar = new AddressBar(Navigation, Js, () => StudyAddresses.Score(Id), location => _ = InvokeAsync(() => Show(ScoringAddress.Parse(Id, location))));

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
            models = study is null ? [] : [.. study.Definition.Models.Select(m => m.Model).Where(m => study.Fits.Any(f => f.Key.Model == m && f.State == FitState.Done))];
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

    private void Choose(InputFileChangeEventArgs e)
    {
        if (e.FileCount == 0) return;
        file = e.File;
        (failure, faults) = (null, []);
        if (file.Size <= Options.Value.MaxBytes && file.Size > 0) return;
        Fail(file.Size == 0 ? $"{file.Name} is empty." : $"{file.Name} has {Display.Bytes(file.Size)}; at most {Display.Bytes(Options.Value.MaxBytes)} can be uploaded.", [new InputFault("The file cannot be taken.", "Choose another file.")]);
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
            Fail("The model cannot score the file.", e.Faults);
        }
        catch (OperationCanceledException)
        {
            Fail($"The upload of {chosen.Name} was cancelled.", []);
        }
        catch (Exception e) when (e is IOException or JSException or JSDisconnectedException or TimeoutException)
        {
            Log.LogWarning(e, "The upload of {File} broke off", chosen.Name);
            Fail($"The upload of {chosen.Name} broke off.", []);
        }
        finally
        {
            receiving = null;
            // A browser does not read a file again that was changed on disk, nor tells that the same name was chosen twice.
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
        _ = InvokeAsync(() =>
        {
            if (job is { State: ScoringState.Failed }) (failure, faults) = (job.Failure, job.Faults);
            StateHasChanged();
        });
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
            _ = page.InvokeAsync(page.StateHasChanged);
        }
    }
}
