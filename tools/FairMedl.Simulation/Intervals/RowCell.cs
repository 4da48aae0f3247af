using FairMedl.Core.Fairness.Counts;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Numerics;

namespace FairMedl.Simulation.Intervals;

/// <summary>
/// A situation in which the intervals by rows are checked: groups of given sizes with known true rates. Each simulated audit gives
/// two intervals of an SD, because positives and negatives have the same sizes and rates.
/// </summary>
/// <param name="Sd">The true SD.</param>
/// <param name="BaseRate">Mean of the true rates.</param>
/// <param name="Sizes">Positives, and as many negatives, by group.</param>
internal sealed record RowCell(double Sd, double BaseRate, int[] Sizes)
{
    /// <summary>Names the sizes: "20", or "20 and 1,000".</summary>
    public string SizeWords => string.Join(" and ", Sizes.Distinct().Select(n => FormattableString.Invariant($"{n:N0}")));

    /// <summary>Simulates audits.</summary>
    /// <param name="intervals">Number of intervals of an SD, two an audit.</param>
    /// <param name="random">The random stream.</param>
    /// <param name="replicates">Replicates of each audit.</param>
    public RowCoverage Run(int intervals, RandomStream random, int replicates = 1000)
    {
        double[] rates = TrueRates.Of(BaseRate, Sd, Sizes.Length);
        string[] names = [.. Sizes.Select((_, g) => FormattableString.Invariant($"group {g + 1}"))];
        double pairwise = Spread.MeanPairwiseDifference([.. rates])!.Value, range = Spread.Difference([.. rates])!.Value,
            ratio = Spread.Ratio([.. rates])!.Value;
        var coverage = new RowCoverage(new(), new(), new(), new(), new());
        for (int s = 0; s < (intervals + 1) / 2; s++)
        {
            RandomStream own = random.Child((ulong)s);
            ConfusionCounts[] counts = [.. Sizes.Select((n, g) =>
            {
                int hits = BinomialDraw.Next(own, n, rates[g]), falseHits = BinomialDraw.Next(own, n, rates[g]);
                return new ConfusionCounts(hits, falseHits, n - falseHits, n - hits);
            })];
            AttributeAudit audit = AttributeAudits.Classification("group", names, counts, Estimate.None("not simulated"),
                new AuditResampling(own.Child("audit"), replicates));
            coverage.Sd.AddRows(Sd, audit.TprSd);
            coverage.Sd.AddRows(Sd, audit.FprSd);
            coverage.Pairwise.AddRows(pairwise, audit.DemographicParity);
            coverage.Difference.AddRows(range, audit.EqualOpportunityDifference);
            coverage.EqualizedOdds.AddRows(range, audit.EqualizedOddsDifference);
            coverage.Ratio.AddRows(ratio, audit.DemographicParityRatio);
        }

        return coverage;
    }
}

/// <summary>Coverage of the intervals by rows.</summary>
/// <param name="Sd">SDs.</param>
/// <param name="Pairwise">Mean pairwise difference (demographic parity).</param>
/// <param name="Difference">Largest minus smallest rate.</param>
/// <param name="EqualizedOdds">Equalized odds difference.</param>
/// <param name="Ratio">Ratio of the smallest to the largest rate.</param>
internal sealed record RowCoverage(Coverage Sd, Coverage Pairwise, Coverage Difference, Coverage EqualizedOdds, Coverage Ratio);
