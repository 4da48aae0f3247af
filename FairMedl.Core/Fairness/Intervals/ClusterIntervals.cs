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
        List<double> balanced = new(resampling.Replicates);
        ClusterBootstrap? all = ClusterBootstrap.Of(clusters, 4, (row, sums) => sums[Cell(row)]++);
        all?.Draw(random.Child("balanced accuracy"), resampling.Replicates, sums =>
        {
            if (Counts(sums).BalancedAccuracy is { } value) balanced.Add(value);
        });
        return audit with
        {
            BalancedAccuracy = ClusterReplicates.OfMean(audit.BalancedAccuracy, balanced, all?.Clusters, most: 1),
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
        List<double> error = new(resampling.Replicates);
        ClusterBootstrap? all = ClusterBootstrap.Of(clusters, 2, (row, sums) =>
        {
            sums[0]++;
            sums[1] += squaredErrors[row];
        });
        all?.Draw(random.Child("mse"), resampling.Replicates, sums => error.Add(sums[1] / sums[0]));
        return audit with
        {
            MeanSquaredError = ClusterReplicates.OfMean(audit.MeanSquaredError, error, all?.Clusters),
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
        ClusterBootstrap? bootstrap = ClusterBootstrap.Of(clusters, flipCell + 2, (row, sums) =>
        {
            sums[4 * rows.Groups[row] + cell(row)]++;
            AddFlip(sums[flipCell..], flip, row);
        });
        if (bootstrap is null) return audit;
        ClusterSample tpr = new([.. audit.Groups.Select(g => g.TruePositiveRate.Value)], bootstrap.Clusters, replicates),
            fpr = new([.. audit.Groups.Select(g => g.FalsePositiveRate.Value)], bootstrap.Clusters, replicates),
            selection = new([.. audit.Groups.Select(g => g.SelectionRate.Value)], bootstrap.Clusters, replicates);
        List<double> flipped = new(replicates);
        bootstrap.Draw(random, replicates, sums =>
        {
            for (int g = 0; g < groups; g++)
            {
                ConfusionCounts counts = Counts(sums.Slice(4 * g, 4));
                tpr.Add(g, counts.TruePositiveRate);
                fpr.Add(g, counts.FalsePositiveRate);
                selection.Add(g, counts.SelectionRate);
            }

            AddMean(flipped, sums[flipCell..]);
        });
        double selected = audit.Groups.Sum(g => g.SelectionRate.Value * g.N) ?? 0, all = Math.Max(1, audit.Groups.Sum(g => g.N));
        return With(audit, LargeGroups.Of(audit, classification: true), flipped, bootstrap.Clusters, 1, (spreads, counted) =>
            ByClusters(counted, bootstrap.Clusters).Classification(spreads, tpr.Sample, fpr.Sample, selection.Sample, selected / all));
    }

    private static AttributeAudit Spreads(
        AttributeAudit audit, AttributeRows rows, double[] errors, float[] predictions, float[][]? flips, int attribute, int[] clusters,
        RandomStream random, int replicates)
    {
        int groups = rows.GroupNames.Count, flipCell = 3 * groups;
        float[] flip = flips?[attribute] ?? [];
        ClusterBootstrap? bootstrap = ClusterBootstrap.Of(clusters, flipCell + 2, (row, sums) =>
        {
            Span<double> group = sums.Slice(3 * rows.Groups[row], 3);
            group[0]++;
            group[1] += errors[row];
            group[2] += predictions[row];
            AddFlip(sums[flipCell..], flip, row);
        });
        if (bootstrap is null) return audit;
        ClusterSample mse = new([.. audit.Groups.Select(g => g.MeanSquaredError.Value)], bootstrap.Clusters, replicates),
            mean = new([.. audit.Groups.Select(g => g.MeanPrediction.Value)], bootstrap.Clusters, replicates);
        List<double> flipped = new(replicates);
        bootstrap.Draw(random, replicates, sums =>
        {
            for (int g = 0; g < groups; g++)
            {
                ReadOnlySpan<double> group = sums.Slice(3 * g, 3);
                mse.Add(g, group[0] > 0 ? group[1] / group[0] : null);
                mean.Add(g, group[0] > 0 ? group[2] / group[0] : null);
            }

            AddMean(flipped, sums[flipCell..]);
        });
        return With(audit, LargeGroups.Of(audit, classification: false), flipped, bootstrap.Clusters, double.PositiveInfinity, (spreads, counted) =>
            ByClusters(counted, bootstrap.Clusters).Regression(spreads, mse.Sample, mean.Sample));
    }

    private static AttributeAudit With(AttributeAudit audit, LargeGroups large, List<double> flipped, int clusters, double mostFlip,
        Func<GroupSpreads, LargeGroups, GroupSpreads> add)
    {
        GroupSpreads all = AttributeAudits.WithIntervals(add(audit.AllGroups, LargeGroups.All(audit.Groups.Count)));
        return audit.WithAllGroups(all) with
        {
            LargeGroups = large.AreAll ? all : audit.LargeGroups is { } spreads
                ? AttributeAudits.WithIntervals(add(spreads, large)) : null,
            CounterfactualFairness = ClusterReplicates.OfMean(audit.CounterfactualFairness, flipped, clusters, most: mostFlip),
        };
    }

    private static SpreadIntervals ByClusters(LargeGroups counted, int clusters) =>
        new(counted, (estimate, ends) => ClusterReplicates.With(estimate, ends, clusters));

    private static ConfusionCounts Counts(ReadOnlySpan<double> cells) => new((int)cells[0], (int)cells[2], (int)cells[3], (int)cells[1]);

    private static void AddFlip(Span<double> sums, float[] flip, int row)
    {
        if (flip.Length == 0) return;
        sums[0]++;
        sums[1] += flip[row];
    }

    private static void AddMean(List<double> means, ReadOnlySpan<double> sums)
    {
        if (sums[0] > 0) means.Add(sums[1] / sums[0]);
    }
}
