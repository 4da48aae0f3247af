using FairMedl.Core.Fairness.Counts;

namespace FairMedl.Core.Fairness.Metrics;

/// <summary>Computes the spreads between some groups of an attribute from the groups' values, without intervals.</summary>
internal static class SpreadValues
{
    private const string RegressionOnly = "regression only";
    private const string ClassificationOnly = "classification only";

    /// <summary>The spreads of a classification over the groups that count.</summary>
    public static GroupSpreads Classification(ConfusionCounts[] counts, LargeGroups counted)
    {
        Rates tpr = new(counts, counted.Positives, c => c.TruePositives, c => c.Positives, "positives", counted.Minimum),
            fpr = new(counts, counted.Negatives, c => c.FalsePositives, c => c.Negatives, "negatives", counted.Minimum),
            rate = new(counts, counted.Rows, c => c.Selected, c => c.N, "rows", counted.Minimum);
        double? tprDifference = Spread.Difference(tpr.Values), fprDifference = Spread.Difference(fpr.Values),
            difference = Spread.Difference(rate.Values), ratio = Spread.Ratio(rate.Values);
        Estimate tprSd = tpr.Of(Spread.PopulationSd(tpr.Values)), fprSd = fpr.Of(Spread.PopulationSd(fpr.Values));
        return new GroupSpreads(
            tprSd,
            fprSd,
            Estimate.None(RegressionOnly),
            rate.Of(Spread.MeanPairwiseDifference(rate.Values)),
            tpr.Of(tprDifference),
            fpr.Of(fprDifference),
            EqualizedOdds(tprDifference, tpr, fprDifference, fpr, rate.Rows),
            rate.Of(difference),
            difference is not null && ratio is null ? Estimate.None("no group is selected", rate.Rows) : rate.Of(ratio),
            new CorrectedSds(Corrected(tprSd, tpr.ChanceVariance), Corrected(fprSd, fpr.ChanceVariance), Estimate.None(RegressionOnly)));
    }

    /// <summary>The spreads of a regression over the groups that count.</summary>
    /// <param name="groups">The groups' values.</param>
    /// <param name="errorVariance">By group the sample variance of the squared errors; null with fewer than two rows.</param>
    /// <param name="pooledVariance">The sample variance of all squared errors.</param>
    /// <param name="counted">The groups that count.</param>
    public static GroupSpreads Regression(IReadOnlyList<GroupAudit> groups, double?[] errorVariance, double pooledVariance,
        LargeGroups counted)
    {
        double?[] Large(Func<GroupAudit, Estimate> read) => [.. groups.Select((g, i) => counted.Rows[i] ? read(g).Value : null)];
        double?[] mse = Large(g => g.MeanSquaredError), mean = Large(g => g.MeanPrediction);
        int rows = groups.Where((_, g) => counted.Rows[g]).Sum(g => g.N), k = Spread.Defined(mse);
        double chance = 0;
        for (int g = 0; g < groups.Count; g++)
            if (mse[g] is not null) chance += (errorVariance[g] ?? pooledVariance) / groups[g].N;
        Estimate none = Estimate.None(ClassificationOnly), sd = Of(Spread.PopulationSd(mse), mse, rows, "rows", counted.Minimum);
        return new GroupSpreads(
            none,
            none,
            sd,
            Of(Spread.MeanPairwiseDifference(mean), mean, rows, "rows", counted.Minimum),
            none,
            none,
            none,
            Of(Spread.Difference(mean), mean, rows, "rows", counted.Minimum),
            none,
            new CorrectedSds(none, none, Corrected(sd, k == 0 ? 0 : chance / k * (k - 1) / k)));
    }

    /// <summary>An SD corrected for chance, with the interval of the SD.</summary>
    /// <param name="sd">The SD.</param>
    /// <param name="chance">The expected square of the SD if all groups were equal.</param>
    private static Estimate Corrected(Estimate sd, double chance) =>
        sd.Value is { } value ? sd with { Value = Math.Sqrt(Math.Max(0, value * value - chance)) } : sd;

    /// <summary>max(TPR difference, FPR difference), Fairlearn's equalized odds difference; undefined where either is.</summary>
    private static Estimate EqualizedOdds(double? tprDifference, Rates tpr, double? fprDifference, Rates fpr, int n)
    {
        if (tprDifference is not { } t) return tpr.Of(null) with { N = n };
        if (fprDifference is not { } f) return fpr.Of(null) with { N = n };
        int used = Math.Min(Spread.Defined(tpr.Values), Spread.Defined(fpr.Values));
        return new Estimate(Math.Max(t, f), N: n, Note: Note(used, tpr.Values.Length));
    }

    private static Estimate Of(double? value, double?[] groups, int n, string rows, int minimum)
    {
        int used = Spread.Defined(groups);
        return value is { } v ? new Estimate(v, N: n, Note: Note(used, groups.Length))
            : Estimate.None(minimum > 0
                ? FormattableString.Invariant($"fewer than two groups have at least {minimum} {rows}")
                : FormattableString.Invariant($"{used} of {groups.Length} groups defined"), n);
    }

    private static string? Note(int used, int groups) =>
        used < groups ? FormattableString.Invariant($"{used} of {groups} groups") : null;

    /// <summary>One rate of the groups that count; null for the others and where a group has no rows.</summary>
    private sealed class Rates
    {
        private readonly string rows;
        private readonly int minimum;

        public Rates(ConfusionCounts[] counts, bool[] counted, Func<ConfusionCounts, int> hits, Func<ConfusionCounts, int> size,
            string rows, int minimum)
        {
            (this.rows, this.minimum) = (rows, minimum);
            Values = new double?[counts.Length];
            long allHits = 0;
            double inverse = 0;
            int k = 0;
            for (int g = 0; g < counts.Length; g++)
            {
                int n = size(counts[g]);
                if (!counted[g] || n == 0) continue;
                Values[g] = (double)hits(counts[g]) / n;
                allHits += hits(counts[g]);
                Rows += n;
                inverse += 1.0 / n;
                k++;
            }

            if (k == 0) return;
            double pooled = (double)allHits / Rows;
            ChanceVariance = pooled * (1 - pooled) * (inverse / k) * (k - 1) / k;
        }

        /// <summary>By group.</summary>
        public double?[] Values { get; }

        /// <summary>Rows of the groups that count.</summary>
        public int Rows { get; }

        /// <summary>E[SD²] if all groups had the pooled rate p: p (1 − p) · mean(1 / n_g) · (K − 1) / K.</summary>
        public double ChanceVariance { get; }

        /// <summary>A spread of the rates.</summary>
        public Estimate Of(double? value) => SpreadValues.Of(value, Values, Rows, rows, minimum);
    }
}
