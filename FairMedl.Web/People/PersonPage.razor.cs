using FairMedl.Core.Data;
using FairMedl.Core.Experiments;
using FairMedl.Core.Experiments.People;
using FairMedl.Web.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;

namespace FairMedl.Web.People;

/// <summary>One row of a study's test data. Who is looked for, who is shown and what was changed stand in the address bar.</summary>
public sealed partial class PersonPage
{
    private const int NearShown = 5;
    private readonly PageLifetime closed = new();
    private PersonAddress address = new() { Study = 0 };
    private string? name, error, remedy, notice;
    private PredictedRows? rows;
    private IReadOnlyList<int> found = [];
    private PersonModels? models;
    private PersonView? view;
    private IReadOnlyList<NearRow> near = [];
    private int? row, modelsOf;
    private (int Row, string Model, Head Head)? nearOf;
    private bool loaded;

    /// <summary>The study's number.</summary>
    [Parameter] public int Id { get; set; }

    [Inject] private IPersonDesk Desk { get; set; } = null!;

    [Inject] private IJSRuntime Js { get; set; } = null!;

    [Inject] private ILogger<PersonPage> Log { get; set; } = null!;

    private string Model => rows!.Models.FirstOrDefault(m => m == address.Model) ?? rows.Models[^1];

    private Head Head => rows!.Has(Model, Head.MixedEffects) ? address.Head : Head.FixedEffects;

    /// <inheritdoc />
    protected override void OnInitialized() => Navigation.LocationChanged += OnLocationChanged;

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (address.Study == Id) return;
        address = PersonAddress.Parse(Id, Navigation.Uri);
        (rows, view, models, modelsOf, nearOf, loaded) = (null, null, null, null, null, false);
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        try
        {
            (error, remedy) = (null, null);
            name = (await Studies.FindAsync(Id, closed.Token))?.Summary.Name;
            rows = name is null ? null : await Desk.RowsAsync(Id, closed.Token);
            loaded = true;
            await ShowAsync();
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (InputException e)
        {
            (error, remedy) = (e.Faults[0].What, e.Faults[0].Remedy);
        }
        catch (Exception e)
        {
            Log.LogError(e, "The people of study {Study} cannot be read", Id);
            error = $"The people of this study cannot be read: {e.Message}";
        }

        StateHasChanged();
    }

    private async Task ShowAsync()
    {
        (notice, row) = (null, null);
        if (rows is null) return;
        found = rows.Find(new RowFilter { Model = Model, Head = Head, Split = address.Split, Attribute = address.Attribute, Group = address.Group, Outcome = address.Outcome });
        if (address.Row is not { } wanted)
        {
            view = null;
            return;
        }

        row = rows.RowOf(wanted);
        if (row is not { } at || rows.Prediction(Model, Head, at) is null)
        {
            (view, notice) = (null, row is null
                ? $"The study has no row {Shown.Count(wanted)}: the file ends before it, or the study's exclusions left it out."
                : $"Row {Shown.Count(wanted)} was tested in no fold that is done yet.");
            return;
        }

        if (modelsOf != at) (models, modelsOf) = (await Desk.ModelsAsync(Id, rows, at, closed.Token), at);
        var question = new PersonQuestion(rows.Data, at, address.Changes);
        IReadOnlyList<PersonAnswer> answers = await Task.Run(() => PersonAnswer.Of(question, models!.ByKind, closed.Token), closed.Token);
        if (answers.Count == 0)
        {
            (view, notice) = (null, $"No trained model was kept for this row. {string.Join(' ', models!.Faults.Take(1))}");
            return;
        }

        view = new PersonView(rows, at, question, answers, models!);
        if (question.Refused.Count > 0) notice = $"Not changed, as the study has no such column or value: {string.Join(", ", question.Refused)}.";
        await FindNearAsync(at);
    }

    private async Task FindNearAsync(int at)
    {
        (string model, Head head) = (Model, Head);
        if (nearOf == (at, model, head)) return;
        PredictedRows all = rows!;
        near = all.Decision(model, head, at) is not { } decision || models!.ByKind.SelectMany(k => k).FirstOrDefault(m => m.Key.Model == model) is not { } trained
            ? []
            : await Task.Run(() => NearestRows.Find(all.Data, at, trained.Encoder, NearShown, other => all.Decision(model, head, other) == !decision, closed.Token), closed.Token);
        nearOf = (at, model, head);
    }

    private async Task GoAsync(PersonAddress wanted)
    {
        address = wanted;
        await ShowSafelyAsync();
        await using IJSObjectReference module = await Js.InvokeAsync<IJSObjectReference>("import", "./js/address.js");
        await module.InvokeVoidAsync("replace", address.ToUri());
    }

    private async Task ShowSafelyAsync()
    {
        try
        {
            await ShowAsync();
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception e)
        {
            Log.LogError(e, "Row {Row} of study {Study} cannot be shown", address.Row, Id);
            error = $"The row cannot be shown: {e.Message}";
        }
    }

    // Back and forward, and links that name another row of this page.
    private void OnLocationChanged(object? sender, LocationChangedEventArgs e)
    {
        if (e.Location.Contains('#', StringComparison.Ordinal) || !new Uri(e.Location).AbsolutePath.Equals(FormattableString.Invariant($"/studies/{Id}/person"), StringComparison.OrdinalIgnoreCase)) return;
        _ = InvokeAsync(async () =>
        {
            address = PersonAddress.Parse(Id, e.Location);
            await ShowSafelyAsync();
            StateHasChanged();
        });
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        closed.Dispose();
    }
}
