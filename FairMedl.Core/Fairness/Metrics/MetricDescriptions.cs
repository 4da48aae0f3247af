using FairMedl.Core.Fairness.Intervals;

namespace FairMedl.Core.Fairness.Metrics;

/// <summary>The table of all metrics, in the order in which pages, reports and files show them.</summary>
public static class MetricDescriptions
{
    private const string OurPaper = "Nguyen, Wang and Montillo, fair mixed effects deep learning";
    private const string Fairlearn = "as in Fairlearn";
    private const string SdAxis = "standard deviation across groups (0 = equal)";

    /// <summary>All metrics.</summary>
    public static IReadOnlyList<MetricDescription> All { get; } =
    [
        new("auroc", "AUROC",
            "Area under the ROC curve: probability that a positive scores higher than a negative; a tie counts one half. " +
            "0.5 is chance level, 1 is perfect.",
            "U / (P N)", "Hanley and McNeil 1982", MetricScope.Overall, BetterDirection.Higher, true, false)
        {
            IsOfPaper = true,
            OfSplit = a => a.Auroc,
        },
        new("balanced_accuracy", "Balanced accuracy",
            "Mean of the true positive rate and the true negative rate. 0.5 is chance level, 1 is perfect.",
            "(TPR + 1 − FPR) / 2", "Brodersen et al. 2010", MetricScope.Overall, BetterDirection.Higher, true, false)
        {
            IsOfPaper = true,
            IsMain = true,
            OfSplit = a => a.BalancedAccuracy,
        },
        new("accuracy", "Accuracy", "Share of rows that are correctly classified. 1 is perfect.",
            "(TP + TN) / n", "standard", MetricScope.Overall, BetterDirection.Higher, true, false)
        {
            OfSplit = a => a.Accuracy,
        },
        new("mse", "MSE", "Mean squared error, in the square of the target's unit. 0 is perfect.",
            "mean (y − ŷ)²", "standard", MetricScope.Overall, BetterDirection.Lower, false, true)
        {
            FullName = "Mean squared error (MSE)",
            IsOfPaper = true,
            IsMain = true,
            OfSplit = a => a.MeanSquaredError,
        },
        new("r2", "R²", "Share of the target's variance that the model explains. 1 is perfect, 0 is as good as predicting " +
            "the mean, below 0 is worse.",
            "1 − MSE / var(y)", "standard", MetricScope.Overall, BetterDirection.Higher, false, true)
        {
            IsRatio = true,
            IsInMetricsFile = false,
            OfSplit = a => a.RSquared ?? Estimate.None("not measured"),
        },
        new("tpr_sd", "TPR SD", "Standard deviation of the groups' true positive rates (TPR). 0 means all groups have the same rate.",
            "√( Σ (TPR_g − mean TPR)² / K )", OurPaper + ", section 2.3.1", MetricScope.Attribute, BetterDirection.Lower, true, false)
        {
            Plain = "spread of the true positive rate",
            Axis = SdAxis,
            IsOfPaper = true,
            IsMain = true,
            Rows = RateRows.Positives,
            OfSpreads = s => s.TprSd,
            OfCorrected = c => c.TprSd,
            Floor = f => f.TprSd,
            OfRates = r => Spread.PopulationSd(r.TruePositive),
        },
        new("fpr_sd", "FPR SD", "Standard deviation of the groups' false positive rates (FPR). 0 means all groups have the same rate.",
            "√( Σ (FPR_g − mean FPR)² / K )", OurPaper + ", section 2.3.1", MetricScope.Attribute, BetterDirection.Lower, true, false)
        {
            Plain = "spread of the false positive rate",
            Axis = SdAxis,
            IsOfPaper = true,
            Rows = RateRows.Negatives,
            OfSpreads = s => s.FprSd,
            OfCorrected = c => c.FprSd,
            Floor = f => f.FprSd,
            OfRates = r => Spread.PopulationSd(r.FalsePositive),
        },
        new("mse_sd", "MSE SD",
            "Standard deviation of the groups' mean squared errors (MSE), in the square of the target's unit. 0 means all groups have " +
            "the same error. It also reflects how much the outcome itself varies in each group.",
            "√( Σ (MSE_g − mean MSE)² / K )", OurPaper + ", section 2.3.1", MetricScope.Attribute, BetterDirection.Lower, false, true)
        {
            Plain = "spread of the mean squared error",
            Axis = SdAxis,
            IsOfPaper = true,
            IsMain = true,
            OfSpreads = s => s.MseSd,
            OfCorrected = c => c.MseSd,
            Floor = f => f.MseSd,
            OfRates = r => Spread.PopulationSd(r.SquaredError),
        },
        new("demographic_parity", "Demographic parity",
            "Mean difference in selection rates over all pairs of groups (regression: in mean predictions, in the target's unit). 0 " +
            "means all groups have the same rate.",
            "mean over pairs |rate_g − rate_h|", OurPaper + ", equations 3 and 4", MetricScope.Attribute,
            BetterDirection.Lower, true, true)
        {
            Plain = "difference in selection rates",
            PlainOfRegression = "difference in mean predictions",
            Abbreviation = "demographic parity, DP",
            Axis = "mean difference of selection rates between groups (0 = equal)",
            AxisOfRegression = "mean difference of predictions between groups (0 = equal)",
            IsOfPaper = true,
            OfSpreads = s => s.DemographicParity,
            Floor = f => f.DemographicParity,
            OfRates = r => Spread.MeanPairwiseDifference(r.Selection),
        },
        new("counterfactual_fairness", "Counterfactual fairness",
            "Mean change of the predicted probability (regression: of the prediction, in the target's unit) when the attribute alone is " +
            "flipped to each other group. 0 means the attribute flip changes no prediction. It is not a causal claim: " +
            "everything else stays the same.",
            "mean over rows and alternatives |p(x, s) − p(x, s′)|", OurPaper + ", equations 6 and 7", MetricScope.Attribute,
            BetterDirection.Lower, true, true)
        {
            Plain = "effect of an attribute flip",
            Abbreviation = "counterfactual fairness, CF",
            Axis = "mean change of the probability when the attribute alone changes (0 = none)",
            AxisOfRegression = "mean change of the prediction when the attribute alone changes (0 = none)",
            IsOfPaper = true,
            OfAttribute = a => a.CounterfactualFairness,
        },
        new("equal_opportunity_difference", "Equal opportunity difference",
            "Largest minus smallest true positive rate of the groups. 0 means all groups have the same rate.",
            "max TPR_g − min TPR_g", "Hardt, Price and Srebro 2016, " + Fairlearn, MetricScope.Attribute,
            BetterDirection.Lower, true, false)
        {
            Plain = "largest difference in true positive rates",
            Rows = RateRows.Positives,
            OfSpreads = s => s.EqualOpportunityDifference,
            OfRates = r => Spread.Difference(r.TruePositive),
        },
        new("fpr_difference", "FPR difference",
            "Largest minus smallest false positive rate of the groups. 0 means all groups have the same rate.",
            "max FPR_g − min FPR_g", Fairlearn, MetricScope.Attribute, BetterDirection.Lower, true, false)
        {
            Plain = "largest difference in false positive rates",
            Rows = RateRows.Negatives,
            OfSpreads = s => s.FprDifference,
            OfRates = r => Spread.Difference(r.FalsePositive),
        },
        new("equalized_odds_difference", "Equalized odds difference",
            "The larger of the differences in true positive rates and in false positive rates. 0 means all groups have the same rates.",
            "max(TPR difference, FPR difference)", "Hardt, Price and Srebro 2016, " + Fairlearn, MetricScope.Attribute,
            BetterDirection.Lower, true, false)
        {
            Plain = "largest difference in true or false positive rates",
            Rows = RateRows.PositivesAndNegatives,
            OfSpreads = s => s.EqualizedOddsDifference,
            OfRates = r => Spread.Difference(r.TruePositive) is { } tpr && Spread.Difference(r.FalsePositive) is { } fpr
                ? Math.Max(tpr, fpr) : null,
        },
        new("demographic_parity_difference", "Demographic parity difference",
            "Largest minus smallest selection rate of the groups (regression: mean prediction, in the target's unit). 0 means all " +
            "groups have the same rate.",
            "max rate_g − min rate_g", Fairlearn, MetricScope.Attribute, BetterDirection.Lower, true, true)
        {
            Plain = "largest difference in selection rates",
            PlainOfRegression = "largest difference in mean predictions",
            OfSpreads = s => s.DemographicParityDifference,
            OfRates = r => Spread.Difference(r.Selection),
        },
        new("demographic_parity_ratio", "Demographic parity ratio",
            "Smallest divided by largest selection rate of the groups. 1 means all groups have the same rate.",
            "min rate_g / max rate_g", Fairlearn, MetricScope.Attribute, BetterDirection.Higher, true, false)
        {
            Plain = "ratio of selection rates",
            IsRatio = true,
            OfSpreads = s => s.DemographicParityRatio,
            OfRates = r => Spread.Ratio(r.Selection),
        },
        new("tpr", "TPR", "True positive rate: share of the group's positives that are predicted positive.",
            "TP / P", "standard", MetricScope.Group, BetterDirection.Neither, true, false)
        {
            FullName = "True positive rate (TPR)",
            IsMain = true,
            Rows = RateRows.Positives,
            IsHighestWorst = false,
            OfGroup = g => g.TruePositiveRate,
        },
        new("fpr", "FPR", "False positive rate: share of the group's negatives that are predicted positive.",
            "FP / N", "standard", MetricScope.Group, BetterDirection.Neither, true, false)
        {
            FullName = "False positive rate (FPR)",
            IsMain = true,
            Rows = RateRows.Negatives,
            IsHighestWorst = true,
            OfGroup = g => g.FalsePositiveRate,
        },
        new("selection_rate", "Selection rate", "Share of the group that is predicted positive.",
            "(TP + FP) / n", "standard", MetricScope.Group, BetterDirection.Neither, true, false)
        {
            OfGroup = g => g.SelectionRate,
        },
        new("group_accuracy", "Accuracy", "Share of the group that is correctly classified.",
            "(TP + TN) / n", "standard", MetricScope.Group, BetterDirection.Higher, true, false)
        {
            IsInMetricsFile = false,
            IsHighestWorst = false,
            OfGroup = g => g.Accuracy,
        },
        new("group_mse", "MSE", "Mean squared error of the group, in the square of the target's unit.",
            "mean (y − ŷ)²", "standard", MetricScope.Group, BetterDirection.Lower, false, true)
        {
            FullName = "Mean squared error (MSE)",
            IsMain = true,
            IsHighestWorst = true,
            OfGroup = g => g.MeanSquaredError,
        },
        new("mean_prediction", "Mean prediction", "Mean prediction for the group, in the target's unit.",
            "mean ŷ", "standard", MetricScope.Group, BetterDirection.Neither, false, true)
        {
            OfGroup = g => g.MeanPrediction,
        },
    ];

    private static Dictionary<string, MetricDescription> ById { get; } = All.ToDictionary(m => m.Id, StringComparer.Ordinal);

    /// <summary>The metric of this id.</summary>
    /// <exception cref="ArgumentException">There is no such metric.</exception>
    public static MetricDescription Get(string id) =>
        ById.GetValueOrDefault(id) ?? throw new ArgumentException($"There is no metric '{id}'.", nameof(id));

    /// <summary>The metrics of a scope that exist for a task.</summary>
    public static IEnumerable<MetricDescription> Of(MetricScope scope, bool classification) =>
        All.Where(m => m.Scope == scope && m.Exists(classification));

    /// <summary>The metrics that pages and reports use first within a scope.</summary>
    public static IEnumerable<MetricDescription> Main(MetricScope scope, bool classification) =>
        Of(scope, classification).Where(m => m.IsMain);

    /// <summary>The ids of the metrics of the paper: performance over all rows, then the spreads of an attribute.</summary>
    public static (IReadOnlyList<string> Overall, IReadOnlyList<string> Spreads) Paper(bool classification)
    {
        return (Ids(MetricScope.Overall), Ids(MetricScope.Attribute));

        string[] Ids(MetricScope scope) => [.. Of(scope, classification).Where(m => m.IsOfPaper).Select(m => m.Id)];
    }

    /// <summary>
    /// The main performance metric of pages and reports: balanced accuracy, because accuracy hides an imbalanced target and AUROC
    /// ignores the threshold; for regression the mean squared error.
    /// </summary>
    public static MetricDescription Performance(bool classification) => Main(MetricScope.Overall, classification).Single();

    /// <summary>The spread that pages and reports judge by first: TPR SD; for a regression MSE SD.</summary>
    public static MetricDescription MainSpread(bool classification) => Main(MetricScope.Attribute, classification).Single();

    /// <summary>An overall metric of an audit.</summary>
    /// <exception cref="ArgumentException">The id is not of an overall metric.</exception>
    public static Estimate Read(SplitAudit audit, string id) =>
        (Get(id).OfSplit ?? throw new ArgumentException($"'{id}' is not an overall metric.", nameof(id)))(audit);

    /// <summary>A spread or difference of an attribute, over the groups that lead in this audit.</summary>
    /// <exception cref="ArgumentException">The id is not of an attribute's metric.</exception>
    public static Estimate Read(AttributeAudit audit, string id) => Read(audit, id, audit.Leading);

    /// <summary>A spread or difference of an attribute, over the groups that are counted.</summary>
    /// <exception cref="ArgumentException">The id is not of an attribute's metric.</exception>
    public static Estimate Read(AttributeAudit audit, string id, CountedGroups counted) => Get(id) switch
    {
        { OfSpreads: { } read } => read(audit.Spreads(counted)),
        { OfAttribute: { } read } => read(audit),
        _ => throw new ArgumentException($"'{id}' is not a metric of an attribute.", nameof(id)),
    };

    /// <summary>An SD corrected for chance; null for any other metric and where it was not computed.</summary>
    /// <param name="audit">The attribute's audit.</param>
    /// <param name="id">The metric's id.</param>
    /// <param name="counted">The groups that are counted; null = those that lead in this audit.</param>
    public static Estimate? Corrected(AttributeAudit audit, string id, CountedGroups? counted = null) =>
        Get(id).OfCorrected is { } read && audit.Spreads(counted ?? audit.Leading).Corrected is { } corrected ? read(corrected) : null;

    /// <summary>A metric of one group.</summary>
    /// <exception cref="ArgumentException">The id is not of a group's metric.</exception>
    public static Estimate Read(GroupAudit audit, string id) =>
        (Get(id).OfGroup ?? throw new ArgumentException($"'{id}' is not a metric of a group.", nameof(id)))(audit);

    /// <summary>The noise floor of a spread, where it was simulated and the metric has one.</summary>
    /// <param name="audit">The attribute's audit.</param>
    /// <param name="id">The metric's id.</param>
    /// <param name="counted">The groups that are counted; null = those that lead in this audit.</param>
    public static SpreadFloor? Floor(AttributeAudit audit, string id, CountedGroups? counted = null) =>
        audit.Spreads(counted ?? audit.Leading).NoiseFloor is { } floor ? Get(id).Floor?.Invoke(floor) : null;

    /// <summary>
    /// The numbers of an attribute in files, by their ids there: each metric over all groups under its own id, then the spreads over
    /// large groups (`_large_groups`) and the SDs corrected for chance (`_corrected`).
    /// </summary>
    public static IReadOnlyList<AttributeNumber> AttributeNumbers(bool classification)
    {
        MetricDescription[] metrics = [.. Of(MetricScope.Attribute, classification)];
        return
        [
            .. metrics.Select(m => new AttributeNumber(m.Id, m, CountedGroups.All, false)),
            .. metrics.Where(m => m.OfSpreads is not null).Select(m => new AttributeNumber(m.Id + Large, m, CountedGroups.Large, false)),
            .. metrics.Where(m => m.OfCorrected is not null).SelectMany(m => new[]
            {
                new AttributeNumber(m.Id + Chance, m, CountedGroups.All, true),
                new AttributeNumber(m.Id + Large + Chance, m, CountedGroups.Large, true),
            }),
        ];
    }

    private const string Large = "_large_groups", Chance = "_corrected";
}

/// <summary>A number of an attribute in a file.</summary>
/// <param name="Id">Its id in the file, such as "tpr_sd_large_groups".</param>
/// <param name="Metric">Its metric.</param>
/// <param name="Counted">The groups that it counts.</param>
/// <param name="IsCorrected">Whether it is corrected for chance.</param>
public sealed record AttributeNumber(string Id, MetricDescription Metric, CountedGroups Counted, bool IsCorrected)
{
    /// <summary>Reads it from an audit.</summary>
    public Estimate Read(AttributeAudit audit) => IsCorrected
        ? MetricDescriptions.Corrected(audit, Metric.Id, Counted) ?? Estimate.None("not measured")
        : MetricDescriptions.Read(audit, Metric.Id, Counted);
}
