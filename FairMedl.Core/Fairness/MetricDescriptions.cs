namespace FairMedl.Core.Fairness;

/// <summary>Every metric by its id, in the order in which pages and reports show them, and how to read it from an audit.</summary>
public static class MetricDescriptions
{
    private const string OurPaper = "Nguyen, Wang and Montillo, fair mixed effects deep learning";
    private const string Fairlearn = "as in Fairlearn";

    /// <summary>All metrics.</summary>
    public static IReadOnlyList<MetricDescription> All { get; } =
    [
        new("auroc", "AUROC", "The chance that a positive row scores higher than a negative one, ties counting one half; 0.5 is no better than chance, 1 is perfect.",
            "U / (P N)", "Hanley and McNeil 1982", MetricScope.Overall, BetterDirection.Higher, true, false),
        new("balanced_accuracy", "Balanced accuracy", "The mean of the shares of positives and of negatives that are decided rightly; 0.5 is no better than chance, 1 is perfect.",
            "(TPR + 1 − FPR) / 2", "Brodersen et al. 2010", MetricScope.Overall, BetterDirection.Higher, true, false),
        new("accuracy", "Accuracy", "The share of rows that are decided rightly; 1 is perfect.",
            "(TP + TN) / n", "standard", MetricScope.Overall, BetterDirection.Higher, true, false),
        new("mse", "MSE", "The mean squared error, in the square of the target's unit; 0 is perfect.",
            "mean (y − ŷ)²", "standard", MetricScope.Overall, BetterDirection.Lower, false, true),
        new("r2", "R²", "The share of the target's variance over these rows that is predicted; 1 is perfect, 0 no better than predicting their mean, below 0 worse.",
            "1 − MSE / var(y)", "standard", MetricScope.Overall, BetterDirection.Higher, false, true),
        new("tpr_sd", "TPR SD", "How far apart the groups' true positive rates are, as their population standard deviation; 0 means that positives are found equally often in every group.",
            "√( Σ (TPR_g − mean TPR)² / K )", OurPaper + ", section 2.3.1", MetricScope.Attribute, BetterDirection.Lower, true, false),
        new("fpr_sd", "FPR SD", "How far apart the groups' false positive rates are, as their population standard deviation; 0 means that negatives are taken for positives equally often in every group.",
            "√( Σ (FPR_g − mean FPR)² / K )", OurPaper + ", section 2.3.1", MetricScope.Attribute, BetterDirection.Lower, true, false),
        new("mse_sd", "MSE SD", "How far apart the groups' mean squared errors are, as their population standard deviation, in the square of the target's unit; 0 means equal errors. It also holds how much the outcome itself varies by group.",
            "√( Σ (MSE_g − mean MSE)² / K )", OurPaper + ", section 2.3.1", MetricScope.Attribute, BetterDirection.Lower, false, true),
        new("demographic_parity", "Demographic parity", "The mean difference, over all pairs of groups, of the share decided positive (regression: of the mean prediction, in the target's unit); 0 means that every group is selected equally often.",
            "mean over pairs |rate_g − rate_h|", OurPaper + ", equations 3 and 4", MetricScope.Attribute, BetterDirection.Lower, true, true),
        new("counterfactual_fairness", "Counterfactual fairness", "The mean change of a row's prediction when its group alone is swapped for each of the others, all else fixed (regression: in the target's unit); 0 means that the swap changes nothing. An attribute swap, not a causal claim.",
            "mean over rows and alternatives |p(x, s) − p(x, s′)|", OurPaper + ", equations 6 and 7", MetricScope.Attribute, BetterDirection.Lower, true, true),
        new("equal_opportunity_difference", "Equal opportunity difference", "The largest minus the smallest true positive rate of the groups; 0 means no difference.",
            "max TPR_g − min TPR_g", "Hardt, Price and Srebro 2016, " + Fairlearn, MetricScope.Attribute, BetterDirection.Lower, true, false),
        new("fpr_difference", "FPR difference", "The largest minus the smallest false positive rate of the groups; 0 means no difference.",
            "max FPR_g − min FPR_g", Fairlearn, MetricScope.Attribute, BetterDirection.Lower, true, false),
        new("equalized_odds_difference", "Equalized odds difference", "The larger of the differences in true and in false positive rates; 0 means no difference in either.",
            "max(TPR difference, FPR difference)", "Hardt, Price and Srebro 2016, " + Fairlearn, MetricScope.Attribute, BetterDirection.Lower, true, false),
        new("demographic_parity_difference", "Demographic parity difference", "The largest minus the smallest share decided positive (regression: mean prediction, in the target's unit) of the groups; 0 means no difference.",
            "max rate_g − min rate_g", Fairlearn, MetricScope.Attribute, BetterDirection.Lower, true, true),
        new("demographic_parity_ratio", "Demographic parity ratio", "The smallest over the largest share decided positive of the groups; 1 means no difference.",
            "min rate_g / max rate_g", Fairlearn, MetricScope.Attribute, BetterDirection.Higher, true, false),
        new("tpr", "TPR", "The share of the group's positives that are decided positive.",
            "TP / P", "standard", MetricScope.Group, BetterDirection.Neither, true, false),
        new("fpr", "FPR", "The share of the group's negatives that are decided positive.",
            "FP / N", "standard", MetricScope.Group, BetterDirection.Neither, true, false),
        new("selection_rate", "Selection rate", "The share of the group that is decided positive.",
            "(TP + FP) / n", "standard", MetricScope.Group, BetterDirection.Neither, true, false),
        new("group_accuracy", "Accuracy", "The share of the group that is decided rightly.",
            "(TP + TN) / n", "standard", MetricScope.Group, BetterDirection.Higher, true, false),
        new("group_mse", "MSE", "The group's mean squared error, in the square of the target's unit.",
            "mean (y − ŷ)²", "standard", MetricScope.Group, BetterDirection.Lower, false, true),
        new("mean_prediction", "Mean prediction", "The mean prediction over the group, in the target's unit.",
            "mean ŷ", "standard", MetricScope.Group, BetterDirection.Neither, false, true),
    ];

    /// <summary>The metric of this id.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static MetricDescription Get(string id) =>
        All.FirstOrDefault(m => m.Id == id) ?? throw new ArgumentException($"There is no metric '{id}'.", nameof(id));

    /// <summary>The metrics about something that exist for a task.</summary>
    public static IEnumerable<MetricDescription> Of(MetricScope scope, bool classification) =>
        All.Where(m => m.Scope == scope && (classification ? m.Classification : m.Regression));

    /// <summary>What the paper judges a model by: performance over all rows, then an attribute's spreads.</summary>
    public static (IReadOnlyList<string> Overall, IReadOnlyList<string> Spreads) Paper(bool classification) => classification
        ? (["auroc", "balanced_accuracy"], ["tpr_sd", "fpr_sd", "demographic_parity", "counterfactual_fairness"])
        : (["mse"], ["mse_sd", "demographic_parity", "counterfactual_fairness"]);

    /// <summary>
    /// The one number by which a model's performance is told, on pages and in reports alike: balanced accuracy, because accuracy
    /// hides an uneven target and AUROC has no threshold; for regression the mean squared error.
    /// </summary>
    public static MetricDescription Performance(bool classification) => Get(classification ? "balanced_accuracy" : "mse");

    /// <summary>An overall metric of an audit.</summary>
    /// <exception cref="ArgumentException">The id is not of an overall metric.</exception>
    public static Estimate Read(SplitAudit audit, string id) => id switch
    {
        "auroc" => audit.Auroc,
        "balanced_accuracy" => audit.BalancedAccuracy,
        "accuracy" => audit.Accuracy,
        "mse" => audit.MeanSquaredError,
        "r2" => audit.RSquared ?? Estimate.None("not measured"),
        _ => throw new ArgumentException($"'{id}' is not an overall metric.", nameof(id)),
    };

    /// <summary>A spread or difference of an attribute.</summary>
    /// <exception cref="ArgumentException">The id is not of an attribute's metric.</exception>
    public static Estimate Read(AttributeAudit audit, string id) => id switch
    {
        "tpr_sd" => audit.TprSd,
        "fpr_sd" => audit.FprSd,
        "mse_sd" => audit.MseSd,
        "demographic_parity" => audit.DemographicParity,
        "counterfactual_fairness" => audit.CounterfactualFairness,
        "equal_opportunity_difference" => audit.EqualOpportunityDifference,
        "fpr_difference" => audit.FprDifference,
        "equalized_odds_difference" => audit.EqualizedOddsDifference,
        "demographic_parity_difference" => audit.DemographicParityDifference,
        "demographic_parity_ratio" => audit.DemographicParityRatio,
        _ => throw new ArgumentException($"'{id}' is not a metric of an attribute.", nameof(id)),
    };

    /// <summary>A metric of one group.</summary>
    /// <exception cref="ArgumentException">The id is not of a group's metric.</exception>
    public static Estimate Read(GroupAudit audit, string id) => id switch
    {
        "tpr" => audit.TruePositiveRate,
        "fpr" => audit.FalsePositiveRate,
        "selection_rate" => audit.SelectionRate,
        "group_accuracy" => audit.Accuracy,
        "group_mse" => audit.MeanSquaredError,
        "mean_prediction" => audit.MeanPrediction,
        _ => throw new ArgumentException($"'{id}' is not a metric of a group.", nameof(id)),
    };

    /// <summary>The noise floor of a spread, where it was simulated and the metric has one.</summary>
    public static SpreadFloor? Floor(AttributeAudit audit, string id) => id switch
    {
        "tpr_sd" => audit.NoiseFloor?.TprSd,
        "fpr_sd" => audit.NoiseFloor?.FprSd,
        "mse_sd" => audit.NoiseFloor?.MseSd,
        "demographic_parity" => audit.NoiseFloor?.DemographicParity,
        _ => null,
    };
}
