using FairMedl.Core.Fairness.Counts;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Numerics;

namespace FairMedl.Core.Fairness.Intervals;

/// <summary>
/// Percentile bootstrap by rows (Efron and Tibshirani 1993) of the spreads between groups. Resampling n rows with
/// replacement makes the counts of (group, label, decision) multinomial, so those counts are drawn instead of rows: the
/// same distribution at the cost of the groups. A group without a denominator in a replicate is left out of that
/// replicate's spread.
/// <para>
/// The SD and the pairwise mean are biased upward for small groups: sampling noise alone sets groups apart, and a
/// resample adds it once more. The percentile interval inherits that bias, so it may be above the value; it is then
/// extended to include the value, never moved. Compare it with the <see cref="NoiseFloor"/>.
/// </para>
/// </summary>
internal static class SpreadBootstrap
{
    /// <summary>Replicates of every spread of a classification.</summary>
    public static RateSpreads Classification(ConfusionCounts[] groups, RandomStream random, int replicates)
    {
        var cells = new int[4 * groups.Length];
        for (int g = 0; g < groups.Length; g++)
            (cells[4 * g], cells[4 * g + 1], cells[4 * g + 2], cells[4 * g + 3]) =
                (groups[g].TruePositives, groups[g].FalsePositives, groups[g].TrueNegatives, groups[g].FalseNegatives);
        int[] drawn = new int[cells.Length];
        var spreads = new RateSpreads(groups.Length, replicates);
        for (int r = 0; r < replicates; r++)
        {
            Multinomial(cells, drawn, random);
            for (int g = 0; g < groups.Length; g++)
                spreads[g] = new ConfusionCounts(drawn[4 * g], drawn[4 * g + 1], drawn[4 * g + 2], drawn[4 * g + 3]);
            spreads.Add();
        }

        return spreads;
    }

    /// <summary>Replicates of the spreads of a regression: group sizes are multinomial, group means drawn from the group's rows.</summary>
    public static Dictionary<SpreadKind, Replicates> Regression(MeanSource?[] groups, int[] sizes, RandomStream random, int replicates)
    {
        var drawn = new int[sizes.Length];
        double?[] errors = new double?[sizes.Length], predictions = new double?[sizes.Length];
        Dictionary<SpreadKind, Replicates> result = Enum.GetValues<SpreadKind>().ToDictionary(k => k, _ => new Replicates(replicates));
        for (int r = 0; r < replicates; r++)
        {
            Multinomial(sizes, drawn, random);
            for (int g = 0; g < sizes.Length; g++)
            {
                (double, double)? means = drawn[g] > 0 ? groups[g]!.Draw(random, drawn[g]) : null;
                (errors[g], predictions[g]) = (means?.Item1, means?.Item2);
            }

            result[SpreadKind.MseSd].Add(Spread.PopulationSd(errors));
            result[SpreadKind.DemographicParity].Add(Spread.MeanPairwiseDifference(predictions));
            result[SpreadKind.SelectionDifference].Add(Spread.Difference(predictions));
        }

        return result;
    }

    /// <summary>Replicates of the balanced accuracy.</summary>
    public static Replicates BalancedAccuracy(ConfusionCounts all, RandomStream random, int replicates)
    {
        int[] cells = [all.TruePositives, all.FalsePositives, all.TrueNegatives, all.FalseNegatives], drawn = new int[4];
        var result = new Replicates(replicates);
        for (int r = 0; r < replicates; r++)
        {
            Multinomial(cells, drawn, random);
            result.Add(new ConfusionCounts(drawn[0], drawn[1], drawn[2], drawn[3]).BalancedAccuracy);
        }

        return result;
    }

    /// <summary>Draws from the multinomial distribution of the cells' counts, as a sequence of conditional binomial draws.</summary>
    private static void Multinomial(ReadOnlySpan<int> cells, Span<int> drawn, RandomStream random)
    {
        int left = 0, mass = 0;
        foreach (int cell in cells) mass += cell;
        left = mass;
        for (int i = 0; i < cells.Length; i++)
        {
            drawn[i] = cells[i] == 0 ? 0 : BinomialDraw.Next(random, left, (double)cells[i] / mass);
            left -= drawn[i];
            mass -= cells[i];
        }
    }
}
