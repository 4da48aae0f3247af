using FairMedl.Core.Data.Encoders;
using FairMedl.Core.Fits;
using FairMedl.Core.Numerics;

namespace FairMedl.Core.Interpretation;

/// <summary>
/// Ranks a model's features over its fits (method: Dimopoulos, Bourret and Lek 1995, |d y / d x| averaged over rows). The
/// median over fits is used because a single fit with a constant predictions must not move the ranking. Folds may differ in
/// levels, because an encoder sees training rows only: features are matched by name, and a feature that a fit lacks has
/// importance 0 in it.
/// </summary>
public static class ImportanceRanking
{
    /// <summary>The ranking over fits of one model, at least one; ties in importance keep the order of the encoded columns.</summary>
    /// <exception cref="ArgumentException">There is no fit, or a fit's importance does not match its layout.</exception>
    public static ImportanceResult Over(string model, IReadOnlyList<FitResult> fits)
    {
        if (fits.Count == 0) throw new ArgumentException("At least one fit is needed.", nameof(fits));
        var features = new List<EncodedFeature>();
        var place = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (FitResult fit in fits)
        {
            if (fit.Importance.Length != fit.Layout.Width)
                throw new ArgumentException($"Fit {fit.Key} has {fit.Importance.Length} importances for {fit.Layout.Width} columns.",
                    nameof(fits));
            foreach (EncodedFeature feature in fit.Layout.Features)
            {
                if (place.TryAdd(feature.Name, features.Count)) features.Add(feature);
            }
        }

        // [feature][fit]; a level that a fold lacks stays 0.
        double[][] byFeature = features.Select(_ => new double[fits.Count]).ToArray();
        for (int f = 0; f < fits.Count; f++)
        {
            for (int j = 0; j < fits[f].Importance.Length; j++)
                byFeature[place[fits[f].Layout.Features[j].Name]][f] = fits[f].Importance[j];
        }

        int[][] ranks = features.Select(_ => new int[fits.Count]).ToArray();
        for (int f = 0; f < fits.Count; f++)
        {
            int rank = 0;
            foreach (int j in Enumerable.Range(0, features.Count).OrderByDescending(j => byFeature[j][f])) ranks[j][f] = ++rank;
        }

        return new ImportanceResult(model, RankFeatures(features, byFeature, ranks), RankColumns(features, byFeature));
    }

    private static FeatureImportance[] RankFeatures(List<EncodedFeature> features, double[][] byFeature, int[][] ranks)
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
                ranks[j].Max()))
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
