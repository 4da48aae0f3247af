using FairMedl.Core.Data.Encoders;
using FairMedl.Core.Fits;
using FairMedl.Core.Numerics;

namespace FairMedl.Core.Interpretation;

/// <summary>
/// Ranks a model's features over its fits by the absolute gradient (Dimopoulos, Bourret and Lek 1995) times the SD of the encoded
/// column over the fit's training rows, and adds the permutation importance of each column. The median over fits is used because a
/// single fit with constant predictions must not move the ranking. A column's importance is the sum over its levels. Folds may
/// differ in levels, because an encoder sees training rows only: features are matched by name, and a feature that a fit lacks has
/// importance 0 in it. If a fit did not record SDs, all are ranked per unit of the encoded column.
/// </summary>
public static class ImportanceRanking
{
    /// <summary>The ranking over fits of one model, at least one; ties in importance keep the order of the encoded columns.</summary>
    /// <param name="model">The model's id.</param>
    /// <param name="fits">Its fits.</param>
    /// <param name="rule">Where their gradients were taken.</param>
    /// <exception cref="ArgumentException">There is no fit, or a fit's importance does not match its layout.</exception>
    public static ImportanceResult Over(string model, IReadOnlyList<FitResult> fits, ImportanceRule rule = ImportanceRule.MeanAbsolute)
    {
        if (fits.Count == 0) throw new ArgumentException("At least one fit is needed.", nameof(fits));
        var features = new List<EncodedFeature>();
        var place = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (FitResult fit in fits)
        {
            if (fit.Importance.Length != fit.Layout.Width || (fit.FeatureSd ?? fit.Importance).Length != fit.Layout.Width)
                throw new ArgumentException($"Fit {fit.Key} has {fit.Importance.Length} importances and {fit.FeatureSd?.Length} SDs for " +
                    $"{fit.Layout.Width} columns.",
                    nameof(fits));
            foreach (EncodedFeature feature in fit.Layout.Features)
            {
                if (place.TryAdd(feature.Name, features.Count)) features.Add(feature);
            }
        }

        // [feature][fit]; a level that a fold lacks stays 0.
        bool scaled = fits.All(f => f.FeatureSd is not null);
        double[][] perUnit = ByFit((fit, j) => fit.Importance[j]);
        double[][] byFeature = scaled ? ByFit((fit, j) => (double)fit.Importance[j] * fit.FeatureSd![j]) : perUnit;
        int[][] ranks = features.Select(_ => new int[fits.Count]).ToArray();
        for (int f = 0; f < fits.Count; f++)
        {
            int rank = 0;
            foreach (int j in Enumerable.Range(0, features.Count).OrderByDescending(j => byFeature[j][f])) ranks[j][f] = ++rank;
        }

        return new ImportanceResult(model, RankFeatures(features, byFeature, perUnit, ranks), RankColumns(features, byFeature))
        {
            Scale = scaled ? ImportanceScale.StandardDeviation : ImportanceScale.EncodedUnit,
            Rule = rule,
            Permutation = PermutationRanking.Over(fits),
        };

        double[][] ByFit(Func<FitResult, int, double> of)
        {
            double[][] values = features.Select(_ => new double[fits.Count]).ToArray();
            for (int f = 0; f < fits.Count; f++)
                for (int j = 0; j < fits[f].Importance.Length; j++) values[place[fits[f].Layout.Features[j].Name]][f] = of(fits[f], j);
            return values;
        }
    }

    private static FeatureImportance[] RankFeatures(List<EncodedFeature> features, double[][] byFeature, double[][] perUnit,
        int[][] ranks)
    {
        double[] medians = byFeature.Select(values => Median.Of([.. values])).ToArray();
        return Enumerable.Range(0, features.Count)
            .OrderByDescending(j => medians[j])
            .Select((j, rank) => new FeatureImportance(
                features[j].Name,
                features[j].Column,
                features[j].IsProbe,
                medians[j],
                rank + 1,
                Median.Of(ranks[j].Select(r => (double)r).ToArray()),
                ranks[j].Min(),
                ranks[j].Max(),
                Median.Of([.. perUnit[j]])))
            .ToArray();
    }

    private static ColumnImportance[] RankColumns(List<EncodedFeature> features, double[][] byFeature) =>
        Enumerable.Range(0, features.Count)
            .GroupBy(j => (features[j].Column, features[j].IsProbe))
            .Select(levels => (levels.Key, Importance: Median.Of(Enumerable.Range(0, byFeature[levels.First()].Length)
                .Select(f => levels.Sum(j => byFeature[j][f])).ToArray())))
            .OrderByDescending(c => c.Importance)
            .Select((c, rank) => new ColumnImportance(c.Key.Column, c.Key.IsProbe, c.Importance, rank + 1))
            .ToArray();
}
