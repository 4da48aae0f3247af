using FairMedl.Core.Data.Roles;
using FairMedl.Core.Numerics;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Core.Studies.Individuals;
using FairMedl.Web.Components.Addresses;
using FairMedl.Web.Components.Fields;
using Microsoft.AspNetCore.Components;

namespace FairMedl.Web.Individuals;

/// <summary>Filters the study's rows by prediction, group and cluster, and steps through those that match.</summary>
public sealed partial class IndividualFinder
{
    private static readonly Outcome[] Order = [Outcome.FalseNegative, Outcome.FalsePositive, Outcome.TruePositive, Outcome.TrueNegative];
    private string? typed, fault;
    private int? at;

    /// <summary>The study's rows.</summary>
    [Parameter, EditorRequired] public PredictedRows Rows { get; set; } = null!;

    /// <summary>The page's address: the filter and the row.</summary>
    [Parameter, EditorRequired] public IndividualAddress Address { get; set; } = null!;

    /// <summary>The model whose predictions count.</summary>
    [Parameter, EditorRequired] public string Model { get; set; } = "";

    /// <summary>With or without its cluster effects.</summary>
    [Parameter, EditorRequired] public Head Head { get; set; }

    /// <summary>The rows that match, ascending.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<int> Found { get; set; } = [];

    /// <summary>The row that is shown.</summary>
    [Parameter] public int? Row { get; set; }

    /// <summary>Raised with the address of what the user selects.</summary>
    [Parameter] public EventCallback<IndividualAddress> Changed { get; set; }

    private bool IsClassification => Rows.Data.Task == PredictionTask.Classification;

    private string ClusterLabel => $"Clusters ({Rows.Data.ClusterColumn})";

    private static IReadOnlyList<string> Outcomes => ["", .. Order.Select(IndividualAddress.Words)];

    private static IReadOnlyList<string> Splits => ["", nameof(Split.Seen), nameof(Split.Unseen)];

    private IReadOnlyList<string> Heads =>
        [.. Rows.Models.SelectMany(m => new[] { (Model: m, Head: Head.FixedEffects), (Model: m, Head: Head.MixedEffects) })
            .Where(h => Rows.Has(h.Model, h.Head)).Select(h => Key(h.Model, h.Head))];

    private IReadOnlyList<string> Groups => Rows.Data.Sensitive.FirstOrDefault(s => s.Name == Address.Attribute)?.GroupNames ?? [];

    private int? Before => Found.LastOrDefault(r => r < (Row ?? int.MaxValue), -1) is >= 0 and var row ? row : null;

    private int? After => Found.FirstOrDefault(r => r > (Row ?? -1), -1) is >= 0 and var row ? row : null;

    private NumberRange RowRange => new("Row in file", 1, Rows.Data.SourceRows.DefaultIfEmpty(1).Max(), IsWhole: true);

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (at != Address.Row) (typed, fault) = (null, null);
        at = Address.Row;
    }

    private static string Key(string model, Head head) => $"{model}/{ResultNames.Id(head)}";

    private static (string Model, Head Head) Read(string key) =>
        (key.Split('/')[0], key.EndsWith("/fe", StringComparison.Ordinal) ? Head.FixedEffects : Head.MixedEffects);

    private static string? Chosen(string text) => text.Length == 0 ? null : text;

    private string HeadName(string key)
    {
        (string model, Head head) = Read(key);
        string name = ResultNames.Model(model);
        return !Rows.Has(model, Head.MixedEffects) ? name
            : head == Head.MixedEffects
            ? $"{name} (ME), with {Rows.Data.ClusterColumn} effects" : $"{name} (FE), without {Rows.Data.ClusterColumn} effects";
    }

    private static string OutcomeName(string words) => words.Length == 0 ? "Any prediction"
        : Order.First(o => IndividualAddress.Words(o) == words) switch
        {
            Outcome.TruePositive => "True positive",
            Outcome.FalsePositive => "False positive",
            Outcome.FalseNegative => "False negative",
            Outcome.TrueNegative => "True negative",
        };

    private static string SplitName(string split) => split switch
    {
        nameof(Split.Seen) => "Seen in training",
        nameof(Split.Unseen) => "Not seen in training",
        _ => "All",
    };

    private Task ModelAsync(string key)
    {
        (string model, Head head) = Read(key);
        return Changed.InvokeAsync(Address with { Model = model, Head = head });
    }

    private Task OutcomeAsync(string words) =>
        Changed.InvokeAsync(Address with
        {
            Outcome = Order.Where(o => IndividualAddress.Words(o) == words).Select(o => (Outcome?)o)
            .FirstOrDefault()
        });

    private Task SplitAsync(string split) =>
        Changed.InvokeAsync(Address with { Split = Enum.TryParse(split, out Split chosen) ? chosen : null });

    private Task ShowAsync(int? row) => Changed.InvokeAsync(Address with
    {
        Row = row is { } r
        ? Rows.Data.SourceRows[r] : null,
        Changes = new Dictionary<string, string>()
    });

    // The next random row follows from the one shown, so that the same steps lead to the same rows.
    private Task RandomAsync()
    {
        int next = new RandomStream((ulong)(Row ?? -1) + 1).Child("person").NextInt(Found.Count);
        return ShowAsync(Found[next] == Row ? Found[(next + 1) % Found.Count] : Found[next]);
    }

    private Task NumberAsync(string text)
    {
        (typed, fault) = (null, null);
        double? row = null;
        if (text.Trim().Length > 0 && RowRange.Read(text) is var read && (row = read.Value) is null)
        {
            (typed, fault) = (text, read.Fault);
            return Task.CompletedTask;
        }

        return Changed.InvokeAsync(Address with { Row = (int?)row, Changes = new Dictionary<string, string>() });
    }
}
