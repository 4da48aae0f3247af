using FairMedl.Web.Components.Addresses;
using FairMedl.Web.Components.Charts;
using FairMedl.Web.Components.Disparity;
using FairMedl.Web.Results.Figures;
using Microsoft.AspNetCore.Components;

namespace FairMedl.Web.Results.Parts;

/// <summary>The tab "By group": the chosen metric as a dot plot for each shown attribute.</summary>
public sealed partial class GroupsPart
{
    private ResultsChoice? made;
    private IReadOnlyList<GroupsView> views = [];

    /// <summary>What is shown.</summary>
    [Parameter, EditorRequired] public ResultsChoice Choice { get; set; } = null!;

    /// <summary>Raised with the address of what the user chose.</summary>
    [Parameter] public EventCallback<ResultsAddress> Changed { get; set; }

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (ReferenceEquals(made, Choice)) return;
        made = Choice;
        views = [.. Choice.Shown.Select(a => GroupsTable.Dots(Choice, a)).Where(d => d.Series.Count > 0).Select(d => new GroupsView(d, GroupDotsChart.Of(d, Choice.IsClassification)))];
    }

    private static string Note(GroupDots dots)
    {
        if (!dots.IsCut) return "Lines are 95% confidence intervals.";
        string small = FormattableString.Invariant($"Groups with fewer than {dots.Series[0].Audit.MinimumCount} {dots.Counted} are not ranked.");
        int ranked = dots.Rows.Count(r => !r.IsSmall);
        return ranked switch
        {
            0 => $"The largest groups. {small}",
            > 2 * GroupDots.AtEachEnd => FormattableString.Invariant(
                $"The {GroupDots.AtEachEnd} groups with the highest and the {GroupDots.AtEachEnd} with the lowest value under {dots.Series[0].Name}, and the reference group. {small}"),
            2 * GroupDots.AtEachEnd => FormattableString.Invariant(
                $"The {GroupDots.AtEachEnd} groups with the highest and the {GroupDots.AtEachEnd} with the lowest value under {dots.Series[0].Name}. {small}"),
            _ => $"Groups by their value under {dots.Series[0].Name}. {small}",
        };
    }

    private string Individuals(string attribute, string group) =>
        new IndividualAddress { Study = Choice.Address.Study, Head = Choice.Head, Split = Choice.Split, Attribute = attribute, Group = group }.ToUri();

    private sealed record GroupsView(GroupDots Dots, Chart Chart);
}
