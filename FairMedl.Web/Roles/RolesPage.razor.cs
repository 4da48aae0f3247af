using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Data.Tables;
using FairMedl.Core.Studies.Definition;
using FairMedl.Web.Components.Addresses;
using FairMedl.Web.Components.Live;
using FairMedl.Web.Services.Datasets;
using FairMedl.Web.Services.Drafts;
using Microsoft.AspNetCore.Components;

namespace FairMedl.Web.Roles;

/// <summary>Sets the roles of a data set's columns. Each change is checked against the table and kept as a draft.</summary>
public sealed partial class RolesPage : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(120);
    private readonly PageLifetime closed = new();
    private DatasetSummary? dataset;
    private RoleEditor? editor;
    private RolePreview? preview;
    private IReadOnlyList<InputFault>? faults;
    private bool missing, counting, continuing;
    private int round, loadedId;

    /// <summary>The data set's number, from the address.</summary>
    [Parameter] public int Id { get; set; }

    [Inject] private IDatasetCatalogue Catalogue { get; set; } = null!;

    [Inject] private TableProfiles Profiles { get; set; } = null!;

    [Inject] private IDraftStore Drafts { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private TimeProvider Clock { get; set; } = null!;

    private IReadOnlyList<InputFault> Blocking => [.. editor?.Unread ?? [], .. preview?.Faults ?? []];

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (loadedId == Id) return;
        loadedId = Id;
        (dataset, editor, preview, faults, missing) = (null, null, null, null, false);
        try
        {
            dataset = await Catalogue.FindAsync(Id, closed.Token);
            Table? table = dataset is null ? null : await Catalogue.OpenAsync(Id, closed.Token);
            missing = table is null;
            if (table is null) return;
            RoleGuesses guesses = await Profiles.GuessAsync(table).WaitAsync(closed.Token);
            editor = new RoleEditor(table, guesses, (await Drafts.FindAsync(Id, closed.Token)).CurrentRoles ?? guesses.ToSpecification(table));
            await ChangedAsync();
        }
        catch (InputException e)
        {
            faults = e.Faults;
        }
        catch (OperationCanceledException)
        {
            // The page was closed.
        }
    }

    // Roles that do not fit this table are refused as a whole.
    private async Task<IReadOnlyList<InputFault>> TakeAsync(StudyDefinition definition)
    {
        if (editor is null) return [];
        Table table = editor.Table;
        RolePreview made = await Task.Run(() => RolePreview.Of(table, definition.Data), closed.Token);
        if (!made.IsUsable) return made.Faults;
        await Drafts.ChangeAsync(Id, draft => draft.WithDefinition(definition), closed.Token);
        editor = new RoleEditor(table, await Profiles.GuessAsync(table).WaitAsync(closed.Token), definition.Data);
        await ChangedAsync();
        StateHasChanged();
        return [];
    }

    private async Task ChangedAsync()
    {
        if (editor is null) return;
        int mine = ++round;
        counting = true;
        try
        {
            // Several quick changes are counted once.
            if (preview is not null) await Task.Delay(Pause, Clock, closed.Token);
            if (mine != round) return;
            DataSpecification specification = editor.ToSpecification();
            if (preview is not null) await Drafts.ChangeAsync(Id, draft => draft with { EditedRoles = specification }, closed.Token);
            RolePreview made = await Task.Run(() => RolePreview.Of(editor.Table, specification), closed.Token);
            if (mine != round) return;
            (preview, counting) = (made, false);
        }
        catch (OperationCanceledException)
        {
            // The page was closed.
        }
    }

    private async Task ContinueAsync()
    {
        if (editor is null || continuing) return;
        continuing = true;
        try
        {
            // Counted again, because the last change may not have been counted yet.
            DataSpecification specification = editor.ToSpecification();
            preview = await Task.Run(() => RolePreview.Of(editor.Table, specification), closed.Token);
            if (Blocking.Count > 0) return;
            await Drafts.ChangeAsync(Id, draft => draft.WithRoles(specification), closed.Token);
            Navigation.NavigateTo(StudyAddresses.New(Id));
        }
        finally
        {
            continuing = false;
        }
    }

    // Earlier sizes are shown while new ones are counted.
    private static GroupTable? Groups(IReadOnlyList<GroupTable>? tables, ColumnChoice choice) =>
        tables?.FirstOrDefault(t => t.Attributes[0] == choice.Column.Name);

    /// <inheritdoc />
    public void Dispose()
    {
        closed.Dispose();
    }
}
