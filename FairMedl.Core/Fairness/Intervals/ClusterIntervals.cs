using FairMedl.Core.Fairness.Counts;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Numerics;

namespace FairMedl.Core.Fairness.Intervals;

/// <summary>
/// Adds clustered bootstrap intervals to the values of an audit: spreads, attribute flip, and balanced accuracy or mean squared
/// error. An undefined value stays undefined, and a value is always within its interval.
/// </summary>
internal static class ClusterIntervals
{
    /// <summary>Adds intervals to the audit of a classification.</summary>
    public static SplitAudit Classification(
        SplitAudit audit, float[] labels, bool[] decisions, IReadOnlyList<AttributeRows> attributes, float[][]? flips,
        AuditResampling resampling)
    {
        if (resampling.Clusters is not { } clusters) return audit;
        RandomStream random = resampling.Random.Child("clusters");
        int Cell(int row) => (ScoreOrder.IsPositive(labels[row]) ? 0 : 2) + (decisions[row] ? 0 : 1);
        var balanced = new Replicates(resampling.Replicates);
        ClusterBootstrap? all = ClusterBootstrap.Of(clusters, 4, (row, sums) => sums[Cell(row)]++);
        all?.Draw(random.Child("balanced accuracy"), resampling.Replicates, sums => balanced.Add(Counts(sums).BalancedAccuracy));
        return audit with
        {
            BalancedAccuracy = balanced.ByClusters(audit.BalancedAccuracy, all),
            Attributes = [.. audit.Attributes.Select((a, i) =>
                Spreads(a, attributes[i], Cell, flips, i, clusters, random.Child(a.Attribute), resampling.Replicates))],
        };
    }

    /// <summary>Adds intervals to the audit of a regression.</summary>
    public static SplitAudit Regression(
        SplitAudit audit, double[] squaredErrors, float[] predictions, IReadOnlyList<AttributeRows> attributes, float[][]? flips,
        AuditResampling resampling)
    {
        if (resampling.Clusters is not { } clusters) return audit;
        RandomStream random = resampling.Random.Child("clusters");
        var error = new Replicates(resampling.Replicates);
        ClusterBootstrap? all = ClusterBootstrap.Of(clusters, 2, (row, sums) =>
        {
            sums[0]++;
            sums[1] += squaredErrors[row];
        });
        all?.Draw(random.Child("mse"), resampling.Replicates, sums => error.Add(sums[1] / sums[0]));
        return audit with
        {
            MeanSquaredError = error.ByClusters(audit.MeanSquaredError, all),
            Attributes = [.. audit.Attributes.Select((a, i) =>
                Spreads(a, attributes[i], squaredErrors, predictions, flips, i, clusters, random.Child(a.Attribute),
                resampling.Replicates))],
        };
    }

    private static AttributeAudit Spreads(
        AttributeAudit audit, AttributeRows rows, Func<int, int> cell, float[][]? flips, int attribute, int[] clusters,
        RandomStream random, int replicates)
    {
        int groups = rows.GroupNames.Count, flipCell = 4 * groups;
        float[] flip = flips?[attribute] ?? [];
        var spreads = new RateSpreads(groups, replicates);
        var flipped = new Replicates(replicates);
        ClusterBootstrap? bootstrap = ClusterBootstrap.Of(clusters, flipCell + 2, (row, sums) =>
        {
            sums[4 * rows.Groups[row] + cell(row)]++;
            AddFlip(sums[flipCell..], flip, row);
        });
        bootstrap?.Draw(random, replicates, sums =>
        {
            for (int g = 0; g < groups; g++) spreads[g] = Counts(sums.Slice(4 * g, 4));
            spreads.Add();
            flipped.Add(Mean(sums[flipCell..]));
        });
        Estimate Of(SpreadKind kind, Estimate estimate) => spreads.Of(kind).ByClusters(estimate, bootstrap);
        return audit with
        {
            TprSd = Of(SpreadKind.TprSd, audit.TprSd),
            FprSd = Of(SpreadKind.FprSd, audit.FprSd),
            DemographicParity = Of(SpreadKind.DemographicParity, audit.DemographicParity),
            EqualOpportunityDifference = Of(SpreadKind.TprDifference, audit.EqualOpportunityDifference),
            FprDifference = Of(SpreadKind.FprDifference, audit.FprDifference),
            EqualizedOddsDifference = Of(SpreadKind.EqualizedOdds, audit.EqualizedOddsDifference),
            DemographicParityDifference = Of(SpreadKind.SelectionDifference, audit.DemographicParityDifference),
            DemographicParityRatio = Of(SpreadKind.SelectionRatio, audit.DemographicParityRatio),
            CounterfactualFairness = flipped.ByClusters(audit.CounterfactualFairness, bootstrap),
        };
    }

    private static AttributeAudit Spreads(
        AttributeAudit audit, AttributeRows rows, double[] errors, float[] predictions, float[][]? flips, int attribute, int[] clusters,
        RandomStream random, int replicates)
    {
        int groups = rows.GroupNames.Count, flipCell = 3 * groups;
        float[] flip = flips?[attribute] ?? [];
        double?[] mse = new double?[groups], mean = new double?[groups];
        Replicates sd = new(replicates), parity = new(replicates), difference = new(replicates), flipped = new(replicates);
        ClusterBootstrap? bootstrap = ClusterBootstrap.Of(clusters, flipCell + 2, (row, sums) =>
        {
            Span<double> group = sums.Slice(3 * rows.Groups[row], 3);
            group[0]++;
            group[1] += errors[row];
            group[2] += predictions[row];
            AddFlip(sums[flipCell..], flip, row);
        });
        bootstrap?.Draw(random, replicates, sums =>
        {
            for (int g = 0; g < groups; g++)
            {
                ReadOnlySpan<double> group = sums.Slice(3 * g, 3);
                (mse[g], mean[g]) = group[0] > 0 ? (group[1] / group[0], group[2] / group[0]) : ((double?)null, (double?)null);
            }

            sd.Add(Spread.PopulationSd(mse));
            parity.Add(Spread.MeanPairwiseDifference(mean));
            difference.Add(Spread.Difference(mean));
            flipped.Add(Mean(sums[flipCell..]));
        });
        return audit with
        {
            MseSd = sd.ByClusters(audit.MseSd, bootstrap),
            DemographicParity = parity.ByClusters(audit.DemographicParity, bootstrap),
            DemographicParityDifference = difference.ByClusters(audit.DemographicParityDifference, bootstrap),
            CounterfactualFairness = flipped.ByClusters(audit.CounterfactualFairness, bootstrap),
        };
    }

    private static ConfusionCounts Counts(ReadOnlySpan<double> cells) => new((int)cells[0], (int)cells[2], (int)cells[3], (int)cells[1]);

    private static void AddFlip(Span<double> sums, float[] flip, int row)
    {
        if (flip.Length == 0) return;
        sums[0]++;
        sums[1] += flip[row];
    }

    private static double? Mean(ReadOnlySpan<double> sums) => sums[0] > 0 ? sums[1] / sums[0] : null;
}
