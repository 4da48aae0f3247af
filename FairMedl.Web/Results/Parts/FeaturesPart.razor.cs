using FairMedl.Core.Interpretation;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Tables;
using FairMedl.Web.Components.Charts;
using FairMedl.Web.Results.Figures;
using Microsoft.AspNetCore.Components;

namespace FairMedl.Web.Results.Parts;

/// <summary>
/// The tab "Features and probes": permutation and gradient importance by column of the file, and on demand by encoded feature.
/// </summary>
public sealed partial class FeaturesPart
{
    private const int MostFeatures = 15, MostColumns = 20;
    private ResultsChoice? made;
    private IReadOnlyList<(ImportanceResult Model, Chart Chart)> importance = [];
    private Chart? permutation, gradient;
    private ReportTable? byColumn;
    private IReadOnlyList<string> meanings = [];
    private int shown, hiddenColumns;

    /// <summary>What is shown.</summary>
    [Parameter, EditorRequired] public ResultsChoice Choice { get; set; } = null!;

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (ReferenceEquals(made, Choice)) return;
        made = Choice;
        ImportanceResult[] models = [.. Choice.Results.Importance.Where(i => i.Features.Count > 0 && Choice.Models.Contains(i.Model))];
        string[] features = [.. SharedOrder.OfFeatures(models).Take(MostFeatures)];
        shown = features.Length;
        // The charts are side by side on one scale; a little room is left beside the longest bar.
        importance = models.Length == 0 ? [] : [.. models.Select(m => (m, ImportanceCharts.ByFeature(m, features, Choice.Label(m.Model),
            Choice.Task, 1.04 * models.Max(i => i.Features[0].Importance))))];
        meanings = models.Length == 0 ? [] : [.. ResultsTables.ImportanceMeaning(Choice).Where(m => m != ImportanceNotes.NoPermutation)];
        SetColumns(models);
    }

    private void SetColumns(ImportanceResult[] models)
    {
        byColumn = ResultsTables.ImportanceByColumn(Choice);
        IReadOnlyList<string> all = ImportanceTable.OrderOfColumns(models);
        HashSet<string> probes = [.. models.SelectMany(m => m.Columns ?? []).Where(c => c.IsProbe).Select(c => c.Column)];
        string[] columns = [.. all.Where((column, i) => i < MostColumns || probes.Contains(column))];
        hiddenColumns = all.Count - columns.Length;
        ImportanceResult[] permuted = [.. models.Where(m => m.Permutation is { Count: > 0 })];
        permutation = permuted.Length == 0 || byColumn is null ? null : ImportanceCharts.Permutation(Choice, permuted, columns);
        gradient = byColumn is null ? null : ImportanceCharts.Gradient(Choice, models, columns);
    }
}
