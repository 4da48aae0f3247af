using FairMedl.Core.Data.NewFiles;
using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;

namespace FairMedl.Core.Studies.Scoring;

/// <summary>The mean of several models' predictions of the same rows.</summary>
/// <param name="Fixed">By row, the mean of the fixed effects' predictions.</param>
/// <param name="Mixed">By row, the mean of the mixed effects' predictions; null without random effects.</param>
public sealed record EnsemblePredictions(float[] Fixed, float[]? Mixed);

/// <summary>By attribute and row, how far flips move the mean prediction; per head as for <see cref="EnsemblePredictions"/>.</summary>
public sealed record EnsembleFlips(float[][] Fixed, float[][]? Mixed);

/// <summary>
/// The fits of one model predicting together: probabilities (or values) are averaged over the fits, and so are their
/// thresholds. A mean at the mean threshold is a yes.
/// </summary>
public sealed class Ensemble
{
    private readonly IPredictor[] predictors;

    /// <summary>Of at least one model, all of one kind.</summary>
    public Ensemble(ComputeTarget compute, IReadOnlyList<TrainedModel> models)
    {
        Compute = compute;
        predictors = [.. models.Select(compute.Restore)];
        FixedThreshold = models[0].FixedThreshold is null ? null : models.Average(m => m.FixedThreshold!.Value);
        MixedThreshold = models[0].MixedThreshold is null ? null : models.Average(m => m.MixedThreshold!.Value);
    }

    /// <summary>The engine and device that predict.</summary>
    public ComputeTarget Compute { get; }

    /// <summary>The mean of the fits' thresholds of the fixed effects; null for regression.</summary>
    public double? FixedThreshold { get; }

    /// <summary>The mean of the fits' thresholds of the mixed effects; null for regression and without random effects.</summary>
    public double? MixedThreshold { get; }

    /// <summary>Whether every fit can predict random effects for unseen clusters.</summary>
    public bool MixesUnseenClusters => predictors.All(p => p.MixesUnseenClusters);

    /// <summary>
    /// Predicts rows with up to <paramref name="threads"/> fits at once. The mean does not depend on the number of threads.
    /// </summary>
    public EnsemblePredictions Predict(RowBatch rows, int threads = 1, CancellationToken cancellation = default)
    {
        var all = new RowPredictions[predictors.Length];
        if (threads <= 1)
        {
            for (int p = 0; p < all.Length; p++) all[p] = predictors[p].Predict(rows, flips: false, cancellation);
        }
        else
        {
            Parallel.For(0, all.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
                p => all[p] = predictors[p].Predict(rows, flips: false, cancellation));
        }

        return new EnsemblePredictions(Mean(all, p => p.Fixed), all[0].Mixed is null ? null : Mean(all, p => p.Mixed!));
    }

    /// <summary>
    /// By attribute and row, the mean absolute change of the mean prediction over the flips of the row's group to every
    /// other group that all fits have learned (equation 6). Empty for an attribute that is not a feature.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="own">Their predictions as they are.</param>
    /// <param name="threads">How many fits predict at once.</param>
    /// <param name="cancellation">Ends it between two flips.</param>
    public EnsembleFlips Flips(RowBatch rows, EnsemblePredictions own, int threads = 1, CancellationToken cancellation = default)
    {
        TrainedModel first = predictors[0].Model;
        int attributes = first.Attributes.Count;
        float[][] ofFixed = new float[attributes][];
        float[][]? ofMixed = own.Mixed is null ? null : new float[attributes][];
        for (int a = 0; a < attributes; a++)
        {
            bool isFeature = first.Encoder.Features.Any(f => f.Attribute == a);
            ofFixed[a] = isFeature ? new float[rows.Count] : [];
            if (ofMixed is not null) ofMixed[a] = isFeature ? new float[rows.Count] : [];
            if (!isFeature) continue;
            bool[] learned = [.. first.Attributes[a].GroupNames.Select((_, g) => predictors.All(p => p.Model.Attributes[a].Learned[g]))];
            for (int group = 0; group < learned.Length; group++)
            {
                if (!learned[group]) continue;
                EnsemblePredictions flipped = Predict(Flipped(rows, a, group), threads, cancellation);
                FlipChange.Add(ofFixed[a], own.Fixed, flipped.Fixed, rows.Groups[a], group, learned);
                if (ofMixed is not null) FlipChange.Add(ofMixed[a], own.Mixed, flipped.Mixed, rows.Groups[a], group, learned);
            }
        }

        return new EnsembleFlips(ofFixed, ofMixed);
    }

    // All else stays, z included: also that of a row whose cluster is not known.
    private static RowBatch Flipped(RowBatch rows, int attribute, int group)
    {
        int[] all = new int[rows.Count];
        Array.Fill(all, group);
        return rows with
        {
            Features = [.. rows.Features.Select(f => f.Attribute == attribute ? f with { Codes = all } : f)],
            Groups = [.. rows.Groups.Select((g, a) => a == attribute ? all : g)],
            Actual = rows.Actual ?? rows.Features,
        };
    }

    /// <summary>The mean over the fits of what each row's cluster adds; null without random effects.</summary>
    public IReadOnlyList<ClusterContribution>? Contributions(RowBatch rows)
    {
        if (!predictors[0].Model.Specification.Kind.RandomEffects) return null;
        IReadOnlyList<ClusterContribution>[] all = [.. predictors.Select(p => p.Contributions(rows)!)];
        return [.. Enumerable.Range(0, rows.Count).Select(row => new ClusterContribution(
            all.Average(c => c[row].Intercept),
            all[0][row].SlopesByColumn.Keys.ToDictionary(column => column,
                column => all.Average(c => c[row].SlopesByColumn.GetValueOrDefault(column)), StringComparer.Ordinal)))];
    }

    private static float[] Mean(RowPredictions[] all, Func<RowPredictions, float[]> values)
    {
        var sums = new double[values(all[0]).Length];
        foreach (RowPredictions one in all)
        {
            float[] own = values(one);
            for (int i = 0; i < sums.Length; i++) sums[i] += own[i];
        }

        return Array.ConvertAll(sums, s => (float)(s / all.Length));
    }
}
