using FairMedl.Core.Data.Roles;
using FairMedl.Core.Interpretation;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Sentences;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Tables;

/// <summary>
/// A model's cluster effects as pages and reports show them: total effects where all fits recorded them and random intercepts
/// otherwise, in log-odds for a classification and in the target's units for a regression.
/// </summary>
public sealed class ShownEffects
{
    private const double Quantile = 1.96;

    private ShownEffects(RandomEffectsResult effects, ClusterWords words, string target, PredictionTask task)
    {
        Effects = effects;
        Words = words;
        Factor = effects.TargetSd ?? 1;
        Unit = task switch
        {
            PredictionTask.Classification => "log-odds",
            PredictionTask.Regression => effects.TargetSd is null ? "SDs of the target" : $"units of {target}",
        };
        Digits = effects.TargetSd is { } sd and > 0 ? OfUnits(sd) : Digits.Rate;
        Clusters = [.. effects.Clusters.Select(Of).OrderByDescending(c => c.Mean)];
        double rows = Clusters.Sum(c => (double)c.N);
        Common = rows > 0 ? Clusters.Sum(c => c.N * c.Mean) / rows : 0;
    }

    /// <summary>The effects, on the scale of the logit or of the standardized target.</summary>
    public RandomEffectsResult Effects { get; }

    /// <summary>Words of the cluster column.</summary>
    public ClusterWords Words { get; }

    /// <summary>What an effect is multiplied by to be in <see cref="Unit"/>.</summary>
    public double Factor { get; }

    /// <summary>"log-odds", "units of pay" or, where the target's SD is unknown, "SDs of the target".</summary>
    public string Unit { get; }

    /// <summary>Format of effects.</summary>
    public Digits Digits { get; }

    /// <summary>By cluster, highest effect first.</summary>
    public IReadOnlyList<ShownEffect> Clusters { get; }

    /// <summary>Mean effect over clusters, weighted by their rows; about 0 where effects are centered.</summary>
    public double Common { get; }

    /// <summary>"Total effect" or "Random intercept".</summary>
    public string Name => Effects.HasTotals ? "Total effect" : "Random intercept";

    /// <summary>What an effect is, and what it is compared with.</summary>
    public string Meaning => ClusterEffectSentences.Meaning(this);

    /// <summary>What the intervals are.</summary>
    public string IntervalMeaning => ClusterEffectSentences.Interval(this);

    /// <summary>The effects of a model of a study.</summary>
    public static ShownEffects Of(StudyResults results, RandomEffectsResult effects) => new(effects, ClusterWords.Of(results),
        results.Header.Definition.Data.Target.Column, results.Header.Definition.Data.Target.Task);

    // Three significant digits of an effect of one SD.
    private static Digits OfUnits(double sd) => Digits.Grouped(Math.Clamp(2 - (int)Math.Floor(Math.Log10(sd)), 0, 6));

    private ShownEffect Of(ClusterEffects c)
    {
        double mean = Factor * (Effects.HasTotals ? c.TotalMean!.Value : c.InterceptMean);
        double sd = Factor * (Effects.HasTotals ? c.TotalSd!.Value : c.InterceptSd);
        return new ShownEffect(c.Cluster, c.N, mean, sd, mean - Quantile * sd, mean + Quantile * sd, Factor * c.InterceptMean,
            Factor * c.InterceptSd);
    }
}

/// <summary>The effect of one cluster.</summary>
/// <param name="Cluster">Its name.</param>
/// <param name="N">Its rows in the study.</param>
/// <param name="Mean">Posterior mean, averaged over fits.</param>
/// <param name="Sd">SD, of the total effect with the variance between fits.</param>
/// <param name="Lower">Mean - 1.96 SD.</param>
/// <param name="Upper">Mean + 1.96 SD.</param>
/// <param name="Intercept">Posterior mean of the random intercept alone.</param>
/// <param name="InterceptSd">Posterior SD of the random intercept.</param>
public sealed record ShownEffect(string Cluster, int N, double Mean, double Sd, double Lower, double Upper, double Intercept,
    double InterceptSd);
