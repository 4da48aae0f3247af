using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Data.Splits;
using FairMedl.Core.Interpretation;
using FairMedl.Core.Numerics;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Core.Studies.Plan;
using FairMedl.Web.Components.Addresses;
using FairMedl.Web.Components.Live;
using FairMedl.Web.Roles;
using FairMedl.Web.Services.Compute;
using FairMedl.Web.Services.Datasets;
using FairMedl.Web.Services.Drafts;
using FairMedl.Web.Services.Studies;
using Microsoft.AspNetCore.Components;

namespace FairMedl.Web.Studies.NewStudy;

/// <summary>A new study of a data set whose roles are set, or of an earlier study's rows.</summary>
public sealed partial class NewStudyPage : IDisposable
{
    private readonly PageLifetime closed = new();
    private StudyForm form;
    private DatasetSummary? dataset;
    private DataSpecification? data;
    private UnsavedForm? unsaved;
    private IReadOnlyList<InputFault> faults = [];
    private (int? Dataset, int? From)? shown;
    private bool loaded;
    private bool queueing;
    private string? error;
    private StudyTimeForecast forecast = StudyTimeForecast.Unknown;
    private IReadOnlyList<ComputeOption>? computeOptions;
    private int? seenRows;
    private ElementReference issues;
    private bool isRefused;

    /// <summary>Creates the page with an empty form.</summary>
    public NewStudyPage() => form = NewForm();

    /// <summary>The data set's number as the address has it; anything may stand there.</summary>
    [SupplyParameterFromQuery(Name = "dataset")] public string? DatasetText { get; set; }

    /// <summary>The number of the study to start from as the address has it.</summary>
    [SupplyParameterFromQuery(Name = "from")] public string? FromText { get; set; }

    /// <summary>"all" to run every fold of a study that was a quick look.</summary>
    [SupplyParameterFromQuery] public string? Folds { get; set; }

    [Inject] private IStudyService Service { get; set; } = null!;

    [Inject] private IDatasetCatalogue Datasets { get; set; } = null!;

    [Inject] private IDraftStore Drafts { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private ILogger<NewStudyPage> Log { get; set; } = null!;

    private int? Dataset => StudyAddresses.Number(DatasetText);

    private int? From => StudyAddresses.Number(FromText);

    // No field of the form changes which rows are seen.
    private IReadOnlyList<NumericText> TooShort =>
        data is not null && seenRows is { } rows && form.Faults().Count == 0 ? ShortTraining.Warnings(form.Build(data), rows) : [];

    private int? TrainingRows => data is not null && seenRows is { } rows && form.Validation(data) is { IsHeldOut: var isHeldOut }
        ? FoldRows.TrainingRows(rows, form.Folds, isHeldOut) : null;

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
            data = from?.Definition.Data;
            form = NewForm();
            if (from is not null)
            {
                form.StartFrom(from.Definition);
                form.Compute = from.Compute;
            }

            if (Folds == "all") form.RunAllFolds();
            if (dataset is not null)
            {
                DatasetDraft draft = await Drafts.FindAsync(dataset.Id, closed.Token);
                data ??= draft.Roles;
                if (from is null && draft.LoadedDefinition is { } loadedDefinition) form.StartFrom(loadedDefinition);
                if (form.Name.Length == 0) form.Name = Path.GetFileNameWithoutExtension(dataset.Name);
                form.Name = FreshName.Of(form.Name, (await Service.ListAsync(closed.Token)).Select(s => s.Name));
                unsaved = new UnsavedForm(Drafts, dataset.Id, StudyFormDraft.Key(From, Folds == "all"));
                unsaved.Restore(form, draft);
            }

            loaded = true;
            StateHasChanged();
            await ForecastAsync();
            await CountSeenRowsAsync();
            StateHasChanged();
            computeOptions = await Service.ComputeOptionsAsync(closed.Token);
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
    private async Task<IReadOnlyList<InputFault>> TakeAsync(StudyDefinition definition)
    {
        if (dataset is null || await Datasets.OpenAsync(dataset.Id, closed.Token) is not { } table) return [new InputFault("The data set is gone.", "Upload the file again.")];
        RolePreview roles = await Task.Run(() => RolePreview.Of(table, definition.Data), closed.Token);
        if (!roles.IsUsable) return roles.Faults;
        data = definition.Data;
        form = NewForm();
        form.StartFrom(definition);
        seenRows = roles.SeenRows;
        faults = [];
        await Drafts.ChangeAsync(dataset.Id, draft => draft.WithDefinition(definition), closed.Token);
        unsaved!.Restore(form, DatasetDraft.Empty);
        await ForecastAsync();
        StateHasChanged();
        return [];
    }

    // Called after every change of the form.
    private Task ChooseProbesAsync(ProbeSet set)
    {
        form.ProbeSet = set;
        return KeepAsync();
    }

    private async Task KeepAsync()
    {
        if (unsaved is null || queueing || !await unsaved.KeepAsync(form)) return;
        await ForecastAsync();
    }

    private async Task ForecastAsync()
    {
        if (data is null || dataset is null || form.Faults().Count > 0) return;
        StudyFormDraft asked = form.ToDraft();
        StudyTimeForecast found = await Service.ForecastAsync(dataset.Id, form.Build(data), form.Compute, closed.Token);
        if (asked.IsSameAs(form.ToDraft())) forecast = found;
    }

    private async Task CountSeenRowsAsync()
    {
        if (data is null || dataset is null) return;
        DataSpecification counted = data;
        try
        {
            if (await Datasets.OpenAsync(dataset.Id, closed.Token) is not { } table) return;
            RolePreview preview = await Task.Run(() => RolePreview.Of(table, counted), closed.Token);
            if (counted == data && preview.IsUsable) seenRows = preview.SeenRows;
        }
        catch (InputException)
        {
            // The data cannot be read: queueing the study says why.
        }
    }

    // The action bar covers what is below the fold: a refusal is scrolled into view above it.
    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!isRefused) return;
        isRefused = false;
        await issues.FocusAsync();
    }

    private async Task QueueAsync()
    {
        if (data is null || dataset is null || queueing || form.Faults().Count > 0) return;
        queueing = true;
        faults = [];
        try
        {
            int study = await Service.QueueAsync(dataset.Id, form.Build(data), form.Compute, closed.Token);
            if (unsaved is not null) await unsaved.RemoveAsync();
            Navigation.NavigateTo(StudyAddresses.Queue(study));
        }
        catch (InputException e)
        {
            faults = e.Faults;
            isRefused = true;
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

    private StudyForm NewForm() => new(id =>
    {
        Preset preset = Preset.Find(id) ?? Preset.Paper;
        return (preset.For(data?.Target.Task ?? PredictionTask.Classification), preset.Training);
    });

    /// <inheritdoc />
    public void Dispose()
    {
        closed.Dispose();
    }
}
