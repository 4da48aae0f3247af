using FairMedl.Core.Reports.Cells;
using FairMedl.Web.Components.Charts.Series;
using FairMedl.Web.Components.Disparity;

namespace FairMedl.Web.Results.Figures;

/// <summary>The chosen metric by group: the numbers of a group dot plot, with the differences to the reference group.</summary>
public static class GroupsTable
{
    /// <summary>The dot plot of an attribute under a choice.</summary>
    public static GroupDots Dots(ResultsChoice choice, string attribute) => GroupDots.Of(
        attribute,
        choice.Rate,
        [.. choice.BaselineFirst.Where(m => choice.AttributeOf(m, attribute) is not null).Select(m => new GroupDotsSeries(choice.Label(m), SeriesStyle.OfModel(m), choice.AttributeOf(m, attribute)!))],
        choice.IsClassification,
        choice.Address.ReferenceOf(attribute),
        choice.Address.ShowAllGroups);

    /// <summary>The table of an attribute.</summary>
    public static ReportTable Of(ResultsChoice choice, string attribute)
    {
        GroupDots dots = Dots(choice, attribute);
        Digits digits = Digits.Of(choice.Rate, choice.IsClassification);
        return new ReportTable(
            $"dots-{attribute}",
            $"{GroupDotsChart.Words(choice.Rate)} by {attribute}, {choice.Scope()}",
            [
                new(attribute),
                ReportColumn.Number("n"),
                .. dots.Counted == "rows" ? [] : new[] { ReportColumn.Number($"{char.ToUpperInvariant(dots.Counted[0])}{dots.Counted[1..]}") },
                .. dots.Series.SelectMany(s => new[] { ReportColumn.Number($"{s.Name} [95% CI]"), ReportColumn.Number($"{s.Name}: difference from {dots.Reference}") }),
            ],
            [.. dots.Rows.Select(row => (ReportCell[])
            [
                ReportCell.Words(row.IsSmall ? $"{row.Group} (too few to judge)" : row.Group),
                ReportCell.Count(row.N),
                .. dots.Counted == "rows" ? [] : new[] { ReportCell.Count(row.Counted) },
                .. row.Dots.SelectMany(d => new[] { ReportCell.WithInterval(d.Estimate, digits), row.Group == dots.Reference ? ReportCell.Words("reference") : ReportCell.Number(d.Difference, digits) }),
            ])],
            [$"{choice.Rate.Name}: {choice.Rate.Sentence}"]);
    }
}
