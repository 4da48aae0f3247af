using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Interpretation;
using FairMedl.Core.Numerics;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Reports.Sentences;

namespace FairMedl.Core.Reports.Tables;

/// <summary>Random effects: effects by cluster, and the features whose slopes differ most between clusters.</summary>
public static class RandomEffectsTable
{
    /// <summary>
    /// Effects by seen cluster, highest first: the total effect at the mean training row with its interval, and the random intercept.
    /// </summary>
    public static ReportTable Effects(ShownEffects shown) => new(
        $"intercepts-{shown.Effects.Model}",
        $"{ColumnWords.Title(shown.Words.Effects)} of {ResultNames.Model(shown.Effects.Model)}, in {shown.Unit}",
        [
            new(ColumnWords.Title(shown.Words.One)),
            ReportColumn.Number("n"),
            ReportColumn.Number($"{shown.Name} [95% interval]", "Posterior mean ± 1.96 SD"),
            .. shown.Effects.HasTotals
                ? new[] { ReportColumn.Number("SD"), ReportColumn.Number("Random intercept"), ReportColumn.Number("SD of the intercept") }
                : [ReportColumn.Number("SD")],
        ],
        [.. shown.Clusters.Select(c => (ReportCell[])
        [
            ReportCell.Words(c.Cluster),
            ReportCell.Count(c.N),
            ReportCell.WithInterval(new Estimate(c.Mean, Lower: c.Lower, Upper: c.Upper), shown.Digits) with { Details = [] },
            ReportCell.Number(c.Sd, shown.Digits),
            .. shown.Effects.HasTotals
                ? new[] { ReportCell.Number(c.Intercept, shown.Digits), ReportCell.Number(c.InterceptSd, shown.Digits) } : [],
        ])],
        shown.Effects.IsCentered
            ? [] : [NumericText.Of($"Mean over {shown.Words.Many}, weighted by rows: {shown.Digits.Number(shown.Common)}.")]);

    /// <summary>The features whose slopes differ most between clusters.</summary>
    public static ReportTable Slopes(ShownEffects shown, int top = 15)
    {
        RandomEffectsResult effects = shown.Effects;
        return new ReportTable(
            $"slopes-{effects.Model}",
            $"Spread of random slopes of {ResultNames.Model(effects.Model)}, in {shown.Unit}",
            [new("Feature"), ReportColumn.Number($"SD over {shown.Words.Many}"), new("Lowest in"), ReportColumn.Number("Slope"),
                new("Highest in"), ReportColumn.Number("Slope")],
            [.. effects.SlopeSpreads().Take(top).Select(s =>
            {
                int j = effects.Features.ToList().IndexOf(s.Feature);
                ClusterEffects lowest = effects.Clusters.MinBy(c => c.SlopeMean[j])!;
                ClusterEffects highest = effects.Clusters.MaxBy(c => c.SlopeMean[j])!;
                return (ReportCell[])
                [
                    ReportCell.Words(s.Feature),
                    ReportCell.Number(shown.Factor * s.Sd, shown.Digits),
                    ReportCell.Words(lowest.Cluster),
                    ReportCell.Number(shown.Factor * lowest.SlopeMean[j], shown.Digits),
                    ReportCell.Words(highest.Cluster),
                    ReportCell.Number(shown.Factor * highest.SlopeMean[j], shown.Digits),
                ];
            })],
            [NumericText.Of($"The {Math.Min(top, effects.Features.Count)} of {effects.Features.Count} encoded features whose slopes " +
                "differ most. A slope is per SD of a numeric feature, or for a level of a category.")]);
    }
}
