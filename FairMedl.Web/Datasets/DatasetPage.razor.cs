using FairMedl.Core.Data;
using FairMedl.Core.Data.Profiling;
using FairMedl.Core.Data.Tables;
using FairMedl.Web.Components;
using FairMedl.Web.Components.Live;
using FairMedl.Web.Services.Datasets;
using Microsoft.AspNetCore.Components;

namespace FairMedl.Web.Datasets;

/// <summary>The profile of a data set's columns.</summary>
public sealed partial class DatasetPage : IDisposable
{
    private const int MostProblems = 8;

    private readonly PageLifetime closed = new();
    private DatasetSummary? dataset;
    private TableProfile? profile;
    private IReadOnlyList<InputFault>? faults;
    private bool missing;

    /// <summary>The data set's number, from the address.</summary>
    [Parameter] public int Id { get; set; }

    [Inject] private IDatasetCatalogue Catalogue { get; set; } = null!;

    [Inject] private TableProfiles Profiles { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (dataset?.Id == Id) return;
        (dataset, profile, faults, missing) = (null, null, null, false);
        try
        {
            dataset = await Catalogue.FindAsync(Id, closed.Token);
            missing = dataset is null;
            if (missing) return;
            StateHasChanged();
            if (await Catalogue.OpenAsync(Id, closed.Token) is { } table) profile = await Profiles.ProfileAsync(table).WaitAsync(closed.Token);
            else missing = true;
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

    private static List<(string? Column, ColumnProblem Problem)> Problems(TableProfile profile) =>
        [.. profile.Problems.Select(p => ((string?)null, p)), .. profile.Columns.SelectMany(c => c.Problems.Select(p => ((string?)c.Name, p)))];

    private static string MissingNote(TableProfile profile)
    {
        int columns = profile.Columns.Count(c => c.MissingCount > 0);
        return columns == 0 ? "in no column" : $"in {Display.Count(columns, "column", "columns")}";
    }

    /// <inheritdoc />
    public void Dispose()
    {
        closed.Dispose();
    }
}
