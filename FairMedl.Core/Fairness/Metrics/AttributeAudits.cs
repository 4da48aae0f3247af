using FairMedl.Core.Fairness.Counts;
using FairMedl.Core.Fairness.Intervals;
using FairMedl.Core.Numerics;

namespace FairMedl.Core.Fairness.Metrics;

/// <summary>Computes the disparities of one attribute from its groups' values, with intervals and noise floors.</summary>
internal static class AttributeAudits
{
    private const string RegressionOnly = "regression only";
    private const string ClassificationOnly = "classification only";

    /// <summary>The disparities of an attribute in a classification, from its groups' counts.</summary>
    public static AttributeAudit Classification(string attribute, IReadOnlyList<string> groupNames, ConfusionCounts[] counts,
        Estimate counterfactual, AuditResampling? resampling)
    {
        int n = counts.Sum(c => c.N), positives = counts.Sum(c => c.Positives), negatives = n - positives;
        double?[] tpr = Array.ConvertAll(counts, c => c.TruePositiveRate);
        double?[] fpr = Array.ConvertAll(counts, c => c.FalsePositiveRate);
        double?[] rate = Array.ConvertAll(counts, c => c.SelectionRate);
        double? tprDifference = Spread.Difference(tpr), fprDifference = Spread.Difference(fpr);
        var audit = new AttributeAudit(
            attribute,
            counts.Select((c, g) => GroupAudits.Classification(groupNames[g], c)).ToArray(),
            Of(Spread.PopulationSd(tpr), tpr, positives),
            Of(Spread.PopulationSd(fpr), fpr, negatives),
            Estimate.None(RegressionOnly),
            Of(Spread.MeanPairwiseDifference(rate), rate, n),
            counterfactual,
            Of(tprDifference, tpr, positives),
            Of(fprDifference, fpr, negatives),
            EqualizedOdds(tprDifference, tpr, fprDifference, fpr, n),
            Of(Spread.Difference(rate), rate, n),
            Spread.Difference(rate) is not null && Spread.Ratio(rate) is null
                ? Estimate.None("no group is selected", n) : Of(Spread.Ratio(rate), rate, n));
        if (resampling is null) return audit;

        RandomStream random = resampling.Random.Child(attribute);
        RateSpreads drawn = SpreadBootstrap.Classification(counts, random.Child("bootstrap"), resampling.Replicates);
        int[] groupPositives = Array.ConvertAll(counts, c => c.Positives), groupNegatives = Array.ConvertAll(counts, c => c.Negatives),
            sizes = Array.ConvertAll(counts, c => c.N);
        return audit with
        {
            TprSd = drawn.Of(SpreadKind.TprSd).Around(audit.TprSd),
            FprSd = drawn.Of(SpreadKind.FprSd).Around(audit.FprSd),
            DemographicParity = drawn.Of(SpreadKind.DemographicParity).Around(audit.DemographicParity),
            EqualOpportunityDifference = drawn.Of(SpreadKind.TprDifference).Around(audit.EqualOpportunityDifference),
            FprDifference = drawn.Of(SpreadKind.FprDifference).Around(audit.FprDifference),
            EqualizedOddsDifference = drawn.Of(SpreadKind.EqualizedOdds).Around(audit.EqualizedOddsDifference),
            DemographicParityDifference = drawn.Of(SpreadKind.SelectionDifference).Around(audit.DemographicParityDifference),
            DemographicParityRatio = drawn.Of(SpreadKind.SelectionRatio).Around(audit.DemographicParityRatio),
            NoiseFloor = new NoiseFloor(
                NoiseFloorSimulation.Rates(Array.ConvertAll(counts, c => c.TruePositives), groupPositives, Spread.PopulationSd,
                    random.Child("tpr floor"), resampling.Replicates),
                NoiseFloorSimulation.Rates(Array.ConvertAll(counts, c => c.FalsePositives), groupNegatives, Spread.PopulationSd,
                    random.Child("fpr floor"), resampling.Replicates),
                null,
                NoiseFloorSimulation.Rates(Array.ConvertAll(counts, c => c.Selected), sizes, Spread.MeanPairwiseDifference,
                    random.Child("selection floor"), resampling.Replicates)),
        };
    }

    /// <summary>The disparities of an attribute in a regression, from the rows' squared errors and predictions.</summary>
    public static AttributeAudit Regression(AttributeRows attribute, double[] squaredErrors, float[] predictions, Estimate counterfactual,
        AuditResampling? resampling)
    {
        int groups = attribute.GroupNames.Count, n = squaredErrors.Length;
        var sizes = new int[groups];
        foreach (int g in attribute.Groups) sizes[g]++;
        double[][] errors = Array.ConvertAll(sizes, size => new double[size]),
            predicted = Array.ConvertAll(sizes, size => new double[size]);
        var filled = new int[groups];
        for (int i = 0; i < n; i++)
        {
            int g = attribute.Groups[i], place = filled[g]++;
            errors[g][place] = squaredErrors[i];
            predicted[g][place] = predictions[i];
        }

        GroupAudit[] audits = Enumerable.Range(0, groups)
            .Select(g => GroupAudits.Regression(attribute.GroupNames[g], errors[g], predicted[g])).ToArray();
        double?[] mse = Array.ConvertAll(audits, a => a.MeanSquaredError.Value),
            mean = Array.ConvertAll(audits, a => a.MeanPrediction.Value);
        Estimate classification = Estimate.None(ClassificationOnly);
        var audit = new AttributeAudit(
            attribute.Name,
            audits,
            classification,
            classification,
            Of(Spread.PopulationSd(mse), mse, n),
            Of(Spread.MeanPairwiseDifference(mean), mean, n),
            counterfactual,
            classification,
            classification,
            classification,
            Of(Spread.Difference(mean), mean, n),
            classification);
        if (resampling is null || n == 0) return audit;

        RandomStream random = resampling.Random.Child(attribute.Name);
        MeanSource?[] sources = Enumerable.Range(0, groups)
            .Select(g => sizes[g] == 0 ? null : new MeanSource(errors[g], predicted[g])).ToArray();
        Dictionary<SpreadKind, Replicates> drawn = SpreadBootstrap.Regression(sources, sizes, random.Child("bootstrap"),
            resampling.Replicates);
        double[] all = Array.ConvertAll(predictions, p => (double)p);
        return audit with
        {
            MseSd = drawn[SpreadKind.MseSd].Around(audit.MseSd),
            DemographicParity = drawn[SpreadKind.DemographicParity].Around(audit.DemographicParity),
            DemographicParityDifference = drawn[SpreadKind.SelectionDifference].Around(audit.DemographicParityDifference),
            NoiseFloor = new NoiseFloor(
                null,
                null,
                NoiseFloorSimulation.Means(new MeanSource(squaredErrors, all), sizes, Spread.PopulationSd, random.Child("error floor"),
                    resampling.Replicates),
                NoiseFloorSimulation.Means(new MeanSource(all, squaredErrors), sizes, Spread.MeanPairwiseDifference,
                    random.Child("prediction floor"), resampling.Replicates)),
        };
    }

    /// <summary>max(TPR difference, FPR difference), Fairlearn's equalized odds difference; undefined where either is.</summary>
    private static Estimate EqualizedOdds(double? tprDifference, double?[] tpr, double? fprDifference, double?[] fpr, int n)
    {
        if (tprDifference is not { } t || fprDifference is not { } f) return Estimate.None(TooFew(tprDifference is null ? tpr : fpr), n);
        int used = Math.Min(Spread.Defined(tpr), Spread.Defined(fpr));
        return new Estimate(Math.Max(t, f), N: n, Note: used < tpr.Length
            ? FormattableString.Invariant($"{used} of {tpr.Length} groups") : null);
    }

    private static Estimate Of(double? value, double?[] groups, int n)
    {
        if (value is not { } v) return Estimate.None(TooFew(groups), n);
        int used = Spread.Defined(groups);
        return new Estimate(v, N: n, Note: used < groups.Length ? FormattableString.Invariant($"{used} of {groups.Length} groups") : null);
    }

    private static string TooFew(double?[] groups) =>
        FormattableString.Invariant($"{Spread.Defined(groups)} of {groups.Length} groups defined");
}
