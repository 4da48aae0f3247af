using FairMedl.Core.Data;
using FairMedl.Core.Experiments;
using FairMedl.Core.Models;
using FairMedl.Core.Training;
using FairMedl.Web.Components;
using FairMedl.Web.Datasets;
using FairMedl.Web.Drafts;
using FairMedl.Web.Jobs;
using FairMedl.Web.Roles;
using Microsoft.AspNetCore.Components;

namespace FairMedl.Web.Studies;

/// <summary>A new study of a data set whose roles are set, or of an earlier study's rows.</summary>
public sealed partial class NewStudyPage
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.8);
    private readonly PageLifetime closed = new();
    private StudyForm form = NewForm();
    private DatasetSummary? dataset;
    private DataSpecification? data;
    private StudyFormDraft? keptForm;
    private IReadOnlyList<InputFault> faults = [];
    private (int? Dataset, int? From)? shown;
    private bool loaded;
    private bool queueing;
    private string? error;
    private readonly int threads = ComputeDevice.Parallelism;
    private TimeSpan? measured;
    private int? seenRows;
    private string? measuredFor;
    private CancellationTokenSource? measuring;

    /// <summary>The data set's number as the address has it; anything may stand there.</summary>
    [SupplyParameterFromQuery(Name = "dataset")] public string? DatasetText { get; set; }

    /// <summary>The number of the study to start from as the address has it.</summary>
    [SupplyParameterFromQuery(Name = "from")] public string? FromText { get; set; }

    /// <summary>"all" to run every fold of a study that was a quick look.</summary>
    [SupplyParameterFromQuery] public string? Folds { get; set; }

    [Inject] private IStudyService Service { get; set; } = null!;

    [Inject] private IDatasetCatalogue Datasets { get; set; } = null!;

    [Inject] private IDraftStore Drafts { get; set; } = null!;

    [Inject] private TimeProvider Clock { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private ILogger<NewStudyPage> Log { get; set; } = null!;

    private int? Dataset => StudyAddresses.Number(DatasetText);

    private int? From => StudyAddresses.Number(FromText);

    private string FormKey => StudyFormDraft.Key(From, Folds == "all");

    private string RolesAddress => FormattableString.Invariant($"/datasets/{dataset?.Id}/roles");

    private string Cost => form.Faults().Count > 0
        ? "Nothing to queue yet."
        : FormattableString.Invariant($"{form.Fits} {(form.Fits == 1 ? "fit" : "fits")} ({form.Models.Count} {(form.Models.Count == 1 ? "model" : "models")} × {form.FoldsToRun} {(form.FoldsToRun == 1 ? "fold" : "folds")} × {form.Seeds} {(form.Seeds == 1 ? "seed" : "seeds")}), {Time}.");

    // The rows of a measured study are those of every other that the form can make of the same roles.
    private IReadOnlyList<string> TooShort => data is not null && seenRows is { } rows && form.Faults().Count == 0 ? ShortTraining.Warnings(form.Build(data), rows) : [];

    private string Time => measured is { } time
        ? $"{FitTime.InWords(time)} as measured here on {Display.Count(Math.Min(threads, form.Fits), "thread", "threads")}"
        : $"{FitTime.InWords(form.Time(dataset?.Rows ?? 0, threads))} at a guess";

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (shown == (Dataset, From)) return;
        shown = (Dataset, From);
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        loaded = false;
        error = null;
        seenRows = null;
        try
        {
            StudyDetail? from = From is { } study ? await Service.FindAsync(study, closed.Token) : null;
            int? id = Dataset ?? from?.Summary.DatasetId;
            dataset = id is null ? null : await Datasets.FindAsync(id.Value, closed.Token);
            form = NewForm();
            data = from?.Definition.Data;
            if (from is not null) form.StartFrom(from.Definition);
            if (Folds == "all") form.RunAllFolds();
            if (dataset is not null)
            {
                DatasetDraft draft = await Drafts.FindAsync(dataset.Id, closed.Token);
                if (from is null && draft.LoadedDefinition is { } loadedDefinition) form.StartFrom(loadedDefinition);
                data ??= draft.Roles;
                if (form.Name.Length == 0) form.Name = Path.GetFileNameWithoutExtension(dataset.Name);
                form.Name = FreshName.Of(form.Name, (await Service.ListAsync(closed.Token)).Select(s => s.Name));
                keptForm = form.ToDraft();
                if (draft.StudyForms.GetValueOrDefault(FormKey) is { } unsaved) form.Restore(unsaved);
            }

            loaded = true;
        }
        catch (OperationCanceledException)
        {
            // The page was closed.
        }
        catch (Exception e)
        {
            Log.LogError(e, "The data set {Dataset} cannot be read", Dataset);
            error = $"The data set cannot be read: {e.Message}";
        }
    }

    // Roles that do not fit the data are refused before anything of the definition is kept.
    private async Task<IReadOnlyList<InputFault>> TakeAsync(ExperimentDefinition definition)
    {
        if (dataset is null || await Datasets.OpenAsync(dataset.Id, closed.Token) is not { } table) return [new InputFault("The data set is gone.", "Upload the file again.")];
        RolePreview roles = await Task.Run(() => RolePreview.Of(table, definition.Data), closed.Token);
        if (!roles.IsUsable) return roles.Faults;
        form = NewForm();
        form.StartFrom(definition);
        data = definition.Data;
        seenRows = null;
        faults = [];
        await Drafts.ChangeAsync(dataset.Id, draft => draft.WithDefinition(definition), closed.Token);
        keptForm = form.ToDraft();
        StateHasChanged();
        return [];
    }

    /// <inheritdoc />
    protected override void OnAfterRender(bool firstRender)
    {
        // Whatever was drawn may have changed the study; what it would be tells whether it did.
        string? now = data is null || dataset is null || form.Faults().Count > 0 ? null : ExperimentJson.Hash(form.Build(data) with { Name = "" });
        if (now == measuredFor) return;
        (measuredFor, measured) = (now, null);
        measuring?.Cancel();
        measuring?.Dispose();
        measuring = CancellationTokenSource.CreateLinkedTokenSource(closed.Token);
        if (now is null) return;
        (ExperimentDefinition definition, int id, CancellationToken cancellation) = (form.Build(data!), dataset!.Id, measuring.Token);
        _ = Task.Run(() => MeasureAsync(definition, id, now, cancellation), CancellationToken.None);
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // Every change of the form is rendered, so that one place is enough to keep it.
        if (!loaded || dataset is null || queueing) return;
        StudyFormDraft now = form.ToDraft();
        if (now.IsSameAs(keptForm)) return;
        keptForm = now;
        await Drafts.ChangeAsync(dataset.Id, draft => draft.WithForm(FormKey, now));
    }

    // On a thread of its own once the form has been left alone for a moment; without a measurement the page keeps its guess.
    private async Task MeasureAsync(ExperimentDefinition definition, int id, string hash, CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(Pause, Clock, cancellation);
            if (await Datasets.OpenAsync(id, cancellation) is not { } table) return;
            (TimeSpan Time, int SeenRows) found = await LowPriorityThread.RunAsync("measures a study's time", () =>
            {
                StudyPlan plan = StudyPlan.Create(definition, table);
                return (StudyTimeEstimate.Measure(plan, threads, cancellation), plan.Data.SeenRows.Length);
            });
            await InvokeAsync(() =>
            {
                if (hash != measuredFor) return;
                (measured, seenRows) = found;
                StateHasChanged();
            });
        }
        catch (Exception e) when (e is OperationCanceledException or InputException or FitException or ObjectDisposedException)
        {
            // The form changed, or cannot be queued as it stands: queueing says why.
        }
        catch (Exception e)
        {
            Log.LogWarning(e, "The time of a study of data set {Dataset} could not be measured", id);
        }
    }

    private async Task QueueAsync()
    {
        if (data is null || dataset is null || queueing || form.Faults().Count > 0) return;
        queueing = true;
        faults = [];
        try
        {
            int study = await Service.QueueAsync(dataset.Id, form.Build(data), closed.Token);
            await Drafts.ChangeAsync(dataset.Id, draft => draft.WithForm(FormKey, null));
            Navigation.NavigateTo(StudyAddresses.Queue(study));
        }
        catch (InputException e)
        {
            faults = e.Faults;
        }
        catch (OperationCanceledException)
        {
            // The page was closed.
        }
        finally
        {
            queueing = false;
        }
    }

    private static StudyForm NewForm() => new(id => Preset.Find(id) is { } preset ? (preset.Model, preset.Training) : (Preset.Paper.Model, Preset.Paper.Training));

    /// <inheritdoc />
    public void Dispose()
    {
        closed.Dispose();
        measuring?.Dispose();
    }
}
