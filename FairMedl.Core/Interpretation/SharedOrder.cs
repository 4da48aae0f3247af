namespace FairMedl.Core.Interpretation;

/// <summary>
/// One order of features for several models side by side, in a chart as in a table: by the best rank that any of them gives a
/// feature, of equal ones by the mean of their importances. So the most important features of every model come first.
/// </summary>
public static class SharedOrder
{
    /// <summary>The encoded features of all models.</summary>
    public static IReadOnlyList<string> OfFeatures(IReadOnlyList<ImportanceResult> models) =>
        Of(models.SelectMany(m => m.Features).Select(f => (f.Feature, f.Rank, f.Importance)));

    /// <summary>The columns of all models.</summary>
    public static IReadOnlyList<string> OfColumns(IReadOnlyList<ImportanceResult> models) =>
        Of(models.SelectMany(m => m.Columns ?? []).Select(c => (c.Column, c.Rank, c.Importance)));

    /// <summary>The columns of all models, by permutation importance; those of models without it by gradient importance.</summary>
    public static IReadOnlyList<string> ByPermutation(IReadOnlyList<ImportanceResult> models) => models.Any(m => m.Permutation is not null)
        ? Of(models.SelectMany(m => m.Permutation ?? []).Select(c => (c.Column, c.Rank, c.Change.Value ?? 0)))
        : OfColumns(models);

    private static string[] Of(IEnumerable<(string Name, int Rank, double Importance)> ranked) =>
        [.. ranked.GroupBy(r => r.Name, StringComparer.Ordinal).OrderBy(r => r.Min(x => x.Rank))
            .ThenByDescending(r => r.Average(x => x.Importance)).Select(r => r.Key)];
}
