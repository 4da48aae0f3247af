using FairMedl.Core.Fairness.Counts;
using FairMedl.Core.Fairness.Intervals;
using FairMedl.Core.Numerics;

namespace FairMedl.Core.Fairness.Metrics;

/// <summary>
/// Computes the disparities of one attribute from its groups' values, with intervals and noise floors, over all groups and over
/// those that are large enough. Both come from the same replicates.
/// </summary>
internal static class AttributeAudits
{
    /// <summary>The disparities of an attribute in a classification, from its groups' counts.</summary>
    /// <param name="attribute">The attribute's name.</param>
    /// <param name="groupNames">K names.</param>
    /// <param name="counts">By group.</param>
    /// <param name="counterfactual">The effect of an attribute flip.</param>
    /// <param name="resampling">Gives intervals and noise floors; null leaves them out.</param>
    /// <param name="minimum">Minimum size of the groups that lead.</param>
    /// <param name="large">The groups that are large enough; null = by these counts.</param>
    public static AttributeAudit Classification(string attribute, IReadOnlyList<string> groupNames, ConfusionCounts[] counts,
        Estimate counterfactual, AuditResampling? resampling, GroupMinimum minimum = default, LargeGroups? large = null)
    {
        LargeGroups every = LargeGroups.All(counts.Length);
        large ??= LargeGroups.Of(counts, minimum.LargeFrom);
        GroupAudit[] groups = [.. counts.Select((c, g) => GroupAudits.Classification(groupNames[g], c))];
        Func<LargeGroups, GroupSpreads> spreads = counted => SpreadValues.Classification(counts, counted);
        if (resampling is not null)
        {
            RandomStream random = resampling.Random.Child(attribute);
            GroupSample Rates(Func<ConfusionCounts, int> hits, Func<ConfusionCounts, int> sizes, string name) => GroupSample.Rates(
                [.. counts.Select(hits)], [.. counts.Select(sizes)], random.Child(name), resampling.Replicates);
            GroupSample tpr = Rates(c => c.TruePositives, c => c.Positives, "tpr"),
                fpr = Rates(c => c.FalsePositives, c => c.Negatives, "fpr"), selection = Rates(c => c.Selected, c => c.N, "selection");
            double pooled = counts.Sum(c => c.Selected) / Math.Max(1.0, counts.Sum(c => c.N));
            spreads = counted => new SpreadIntervals(counted, ByRows).Classification(
                SpreadValues.Classification(counts, counted), tpr, fpr, selection, pooled) with
            {
                NoiseFloor = new NoiseFloor(
                    tpr.Floor(GroupMeasure.Sd, counted.Positives),
                    fpr.Floor(GroupMeasure.Sd, counted.Negatives),
                    null,
                    selection.Floor(GroupMeasure.MeanPairwise, counted.Rows)),
            };
        }

        return Of(attribute, groups, counterfactual, minimum, every, large, spreads);
    }

    /// <summary>The disparities of an attribute in a regression.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="squaredErrors">By row.</param>
    /// <param name="predictions">By row.</param>
    /// <param name="counterfactual">The effect of an attribute flip.</param>
    /// <param name="largestError">A squared error that no row is expected to exceed.</param>
    /// <param name="resampling">Gives intervals and noise floors; null leaves them out.</param>
    public static AttributeAudit Regression(AttributeRows attribute, double[] squaredErrors, float[] predictions, Estimate counterfactual,
        double largestError, AuditResampling? resampling)
    {
        int k = attribute.GroupNames.Count, n = squaredErrors.Length;
        var sizes = new int[k];
        foreach (int g in attribute.Groups) sizes[g]++;
        double[][] errors = Array.ConvertAll(sizes, size => new double[size]),
            predicted = Array.ConvertAll(sizes, size => new double[size]);
        var filled = new int[k];
        for (int i = 0; i < n; i++)
        {
            int g = attribute.Groups[i], place = filled[g]++;
            errors[g][place] = squaredErrors[i];
            predicted[g][place] = predictions[i];
        }

        (double Least, double Most) range = n == 0 ? (0, 0) : (predictions.Min(), predictions.Max());
        GroupAudit[] groups = Enumerable.Range(0, k)
            .Select(g => GroupAudits.Regression(attribute.GroupNames[g], errors[g], predicted[g], largestError, range)).ToArray();
        double?[] variances = Array.ConvertAll(errors, Variance);
        double pooledVariance = Variance(squaredErrors) ?? 0;
        Func<LargeGroups, GroupSpreads> spreads = counted => SpreadValues.Regression(groups, variances, pooledVariance, counted);
        if (resampling is not null && n > 0)
        {
            RandomStream random = resampling.Random.Child(attribute.Name);
            MeanSource?[] sources = Enumerable.Range(0, k)
                .Select(g => sizes[g] == 0 ? null : new MeanSource(errors[g], predicted[g])).ToArray();
            double[] all = Array.ConvertAll(predictions, p => (double)p);
            (GroupSample error, GroupSample prediction) = GroupSample.Means(sources, sizes, new MeanSource(squaredErrors, all), random,
                resampling.Replicates);
            spreads = counted => new SpreadIntervals(counted, ByRows).Regression(
                SpreadValues.Regression(groups, variances, pooledVariance, counted), error, prediction) with
            {
                NoiseFloor = new NoiseFloor(null, null, error.Floor(GroupMeasure.Sd, counted.Rows),
                    prediction.Floor(GroupMeasure.MeanPairwise, counted.Rows)),
            };
        }

        LargeGroups large = attribute.Large ?? LargeGroups.Of(sizes, attribute.Minimum.LargeFrom);
        return Of(attribute.Name, groups, counterfactual, attribute.Minimum, LargeGroups.All(k), large, spreads);
    }

    private static AttributeAudit Of(string attribute, GroupAudit[] groups, Estimate counterfactual, GroupMinimum minimum,
        LargeGroups every, LargeGroups large, Func<LargeGroups, GroupSpreads> spreads)
    {
        GroupSpreads all = WithIntervals(spreads(every));
        Estimate none = Estimate.None("not measured");
        return new AttributeAudit(attribute, groups, none, none, none, none, counterfactual, none, none, none, none, none)
        {
            MinimumCount = minimum.LargeFrom,
            Leading = minimum.Leading,
            LargeGroups = large.AreAll ? all : WithIntervals(spreads(large)),
        }.WithAllGroups(all);
    }

    /// <summary>Gives the corrected SDs the intervals of the SDs.</summary>
    internal static GroupSpreads WithIntervals(GroupSpreads spreads)
    {
        if (spreads.Corrected is not { } corrected) return spreads;
        return spreads with
        {
            Corrected = new CorrectedSds(Of(corrected.TprSd, spreads.TprSd), Of(corrected.FprSd, spreads.FprSd),
                Of(corrected.MseSd, spreads.MseSd)),
        };

        // Both estimate the same true SD, so the interval is the same; it holds the corrected value, too.
        static Estimate Of(Estimate corrected, Estimate sd) => corrected.Value is not { } value ? corrected : corrected with
        {
            Lower = sd.Lower is { } lower ? Math.Min(lower, value) : null,
            Upper = sd.Upper,
            ByClusters = sd.ByClusters is { } by ? by with { Lower = Math.Min(by.Lower, value) } : null,
        };
    }

    private static Estimate ByRows(Estimate estimate, (double Lower, double Upper) ends) =>
        ends.Upper > ends.Lower ? estimate with { Lower = ends.Lower, Upper = ends.Upper } : estimate;

    private static double? Variance(double[] values)
    {
        if (values.Length < 2) return null;
        double mean = values.Average(), squares = 0;
        foreach (double v in values) squares += (v - mean) * (v - mean);
        return squares / (values.Length - 1);
    }
}
