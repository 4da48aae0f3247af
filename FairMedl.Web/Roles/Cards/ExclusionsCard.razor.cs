using FairMedl.Core.Data.Roles;
using FairMedl.Core.Data.Tables;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FairMedl.Web.Roles.Cards;

/// <summary>The rows that a study leaves out, by the value of a column.</summary>
public sealed partial class ExclusionsCard
{
    // Columns above which a search replaces the list.
    private const int ManyColumns = 20;

    private string column = "", value = "";

    /// <summary>The roles.</summary>
    [Parameter, EditorRequired] public RoleEditor Editor { get; set; } = null!;

    /// <summary>The counts; null before the first count.</summary>
    [Parameter, EditorRequired] public RolePreview? Preview { get; set; }

    /// <summary>Raised after a change.</summary>
    [Parameter, EditorRequired] public EventCallback OnChanged { get; set; }

    [Inject] private ISnackbar Snackbar { get; set; } = null!;

    private IReadOnlyList<string> Columns =>
        [.. Editor.Columns.Where(c => c.Column.Kind is ColumnKind.Text or ColumnKind.Number).Select(c => c.Column.Name)];

    private static string InWords(IReadOnlyList<string> values) =>
        string.Join(" or ", values.Select(v => v.Length == 0 ? "missing" : $"“{v}”"));

    private void ChooseColumn(string? chosen) => (column, value) = (chosen ?? "", "");

    private Task<IEnumerable<string>> FindColumnsAsync(string? text, CancellationToken cancellation) =>
        Task.FromResult(Matching(Columns, text));

    private Task<IEnumerable<string>> FindValuesAsync(string? text, CancellationToken cancellation) =>
        Task.FromResult(Matching(Editor.Table.Find(column)?.Levels ?? [], text));

    private static IEnumerable<string> Matching(IEnumerable<string> all, string? text) =>
        string.IsNullOrEmpty(text) ? all : all.Where(a => a.Contains(text, StringComparison.OrdinalIgnoreCase));

    private Task AddAsync()
    {
        string added = value.Trim();
        value = "";
        Editor.Exclude(column, [added]);
        return OnChanged.InvokeAsync();
    }

    private Task IncludeAsync(RowExclusion exclusion)
    {
        Editor.Include(exclusion);
        Snackbar.Add($"Rows where {exclusion.Column} is {InWords(exclusion.Values)} are included again.", Severity.Normal, options =>
        {
            options.Action = "Undo";
            options.OnClick = _ => InvokeAsync(async () =>
            {
                Editor.Exclude(exclusion.Column, exclusion.Values);
                await OnChanged.InvokeAsync();
            });
        });
        return OnChanged.InvokeAsync();
    }
}
