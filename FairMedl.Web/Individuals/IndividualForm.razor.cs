using FairMedl.Core.Studies.Individuals;
using FairMedl.Web.Components.Fields;
using Microsoft.AspNetCore.Components;

namespace FairMedl.Web.Individuals;

/// <summary>The values of a row, to change.</summary>
public sealed partial class IndividualForm
{
    // More levels than this are searched for; more features than this have a search field.
    private const int AutocompleteFrom = 15, SearchFrom = 24;

    private readonly Dictionary<string, (string? Typed, string? Fault)> wrong = new(StringComparer.Ordinal);
    private int? row;
    private string? search;
    private IReadOnlyDictionary<string, string>? changes;

    /// <summary>The row and its predictions.</summary>
    [Parameter, EditorRequired] public IndividualView View { get; set; } = null!;

    /// <summary>Raised with all changes, by column.</summary>
    [Parameter] public EventCallback<IReadOnlyDictionary<string, string>> Changed { get; set; }

    private IEnumerable<IndividualValue> Shown => string.IsNullOrWhiteSpace(search)
        ? View.Values
        : View.Values.Where(v => v.Feature.Column.Contains(search.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        // The typed text stays until its own value changes or all changes are reset.
        IReadOnlyDictionary<string, string> now = View.Question.Changes;
        if (row != View.Row || (now.Count == 0 && changes?.Count > 0)) wrong.Clear();
        foreach (string column in wrong.Keys.Where(c => now.GetValueOrDefault(c) != changes?.GetValueOrDefault(c)).ToArray())
            wrong.Remove(column);
        (row, changes) = (View.Row, now);
    }

    private static NumberRange RangeOf(IndividualValue value) =>
        new(value.Feature.Column, -IndividualQuestion.Largest, IndividualQuestion.Largest);

    private static IEnumerable<string> Levels(IndividualValue value, string? text) =>
        string.IsNullOrEmpty(text) || text == value.Current
            ? value.Feature.Levels : value.Feature.Levels.Where(l => l.Contains(text, StringComparison.OrdinalIgnoreCase));

    // A number in the address that cannot be used stays in its field as well.
    private (string?, string?) Refused(IndividualValue value) =>
        View.Question.Refused.TryGetValue(value.Feature.Column, out string? text) ? (text, RangeOf(value).Read(text).Fault) : default;

    private Task TypeAsync(IndividualValue value, string text)
    {
        wrong.Remove(value.Feature.Column);
        if (text.Trim().Length == 0 || RangeOf(value).Read(text).Fault is not { } fault) return SetAsync(value, text.Trim());
        wrong[value.Feature.Column] = (text, fault);
        return Task.CompletedTask;
    }

    private Task SetAsync(IndividualValue value, string? text)
    {
        // Refused numbers of other fields stay as they are, with their faults.
        Dictionary<string, string> set = View.Question.Changes
            .Concat(View.Question.Refused.Where(r => View.Values.Any(v => v.Feature.Column == r.Key && v.Feature.Codes is null)))
            .ToDictionary(StringComparer.Ordinal);
        if (text is null || text == value.Own) set.Remove(value.Feature.Column);
        else set[value.Feature.Column] = text;
        return Changed.InvokeAsync(set);
    }
}
