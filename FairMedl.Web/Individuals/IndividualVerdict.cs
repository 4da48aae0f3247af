using FairMedl.Core.Studies.Gathering;
using FairMedl.Core.Studies.Individuals;
using FairMedl.Web.Components;
using FairMedl.Web.Components.Addresses;

namespace FairMedl.Web.Individuals;

/// <summary>The sentences that open the page of an individual.</summary>
public static class IndividualVerdict
{
    /// <summary>What the selected model predicts, whether that is right, and how many of the other predictions agree.</summary>
    /// <param name="view">The row and its predictions.</param>
    /// <param name="model">The selected model.</param>
    /// <param name="head">With or without its cluster effects.</param>
    /// <param name="outcome">The prediction against the actual outcome; null for regression.</param>
    public static string Prediction(IndividualView view, string model, Head head, Outcome? outcome)
    {
        if (view.Lines.FirstOrDefault(l => l.Model == model && l.Head == head) is not { } line) return "";
        if (!view.IsClassification) return $"{line.Label} predicts {line.Own.Value}.";
        string verdict = outcome is { } o ? $", {IndividualAddress.Words(o).Replace('-', ' ') switch { var words => $"a {words}" }}" : "";
        string opening = $"{line.Label} predicts {view.Classes.Of(line.Own.IsPositive == true)}{verdict}.";
        int agreeing = view.Lines.Count(l => l.Own.IsPositive == line.Own.IsPositive), all = view.Lines.Count;
        return all == 1 ? opening
            : agreeing == all ? $"{opening} All {all} predictions agree."
            : agreeing == 1 ? $"{opening} The other {Others(all - 1)}."
            : $"{opening} {agreeing} of {all} predictions agree.";
    }

    /// <summary>
    /// How many predictions change their class when an attribute is flipped; for regression, by how much predictions change.
    /// </summary>
    public static string Flips(IndividualView view)
    {
        if (view.AttributeFlips.Count == 0) return "";
        if (!view.IsClassification)
            return string.Join(" ", view.AttributeFlips.Select(f =>
                $"Flipping {f.Attribute} changes predictions by up to {Display.Number(Math.Round(f.LargestChange, 4))}."));
        string[] parts =
        [
            .. view.AttributeFlips.GroupBy(f => f.DecisionChanges).OrderByDescending(g => g.Key)
                .Select(g => $"lipping {Or([.. g.Select(f => f.Attribute)])} changes " +
                    $"{(g.Key == 0 ? "none" : $"{g.Key} of {view.Lines.Count} predicted outcomes")}"),
        ];
        string all = parts.Length == 1 && view.AttributeFlips[0].DecisionChanges == 0
            ? $" of the {view.Lines.Count} predicted outcomes" : "";
        return $"F{string.Join("; f", parts)}{all}.";
    }

    /// <summary>What the changed values do to the predictions; null where nothing is changed.</summary>
    public static string? Changes(IndividualView view)
    {
        if (!view.IsChanged) return null;
        string changes = string.Join(", ", view.Question.Changes.OrderBy(c => c.Key, StringComparer.Ordinal)
            .Select(c => $"{c.Key} set to {IndividualValue.Named(c.Value)}"));
        string effect = !view.IsClassification ? "the figure shows each prediction before and after"
            : view.DecisionChanges == 0 ? "no predicted outcome changes"
            : $"{view.DecisionChanges} of {view.Lines.Count} predicted outcomes change";
        return $"With {changes}, {effect}.";
    }

    private static string Others(int count) => count == 1 ? "prediction disagrees" : $"{count} predictions disagree";

    private static string Or(IReadOnlyList<string> names) =>
        names.Count == 1 ? names[0] : $"{string.Join(", ", names.SkipLast(1))} or {names[^1]}";
}
