using FairMedl.Core.Fairness.Intervals;

namespace FairMedl.Core.Fairness.Metrics;

/// <summary>Every metric by its id, in the order in which pages and reports show them, and how to read it from an audit.</summary>
public static class MetricDescriptions
{
    private const string OurPaper = "Nguyen, Wang and Montillo, fair mixed effects deep learning";
    private const string Fairlearn = "as in Fairlearn";

    /// <summary>All metrics.</summary>
    public static IReadOnlyList<MetricDescription> All { get; } =
    [
        new("auroc", "AUROC",
            "Area under the ROC curve: probability that a positive scores higher than a negative; a tie counts one half. 0.5 is chance level, 1 is perfect.",
            "U / (P N)", "Hanley and McNeil 1982", MetricScope.Overall, BetterDirection.Higher, true, false),
        new("balanced_accuracy", "Balanced accuracy",
            "Mean of the true positive rate and the true negative rate. 0.5 is chance level, 1 is perfect.",
            "(TPR + 1 − FPR) / 2", "Brodersen et al. 2010", MetricScope.Overall, BetterDirection.Higher, true, false),
        new("accuracy", "Accuracy", "Share of rows that are correctly classified. 1 is perfect.",
            "(TP + TN) / n", "standard", MetricScope.Overall, BetterDirection.Higher, true, false),
        new("mse", "MSE", "Mean squared error, in the square of the target's unit. 0 is perfect.",
            "mean (y − ŷ)²", "standard", MetricScope.Overall, BetterDirection.Lower, false, true),
        new("r2", "R²", "Share of the target's variance that the model explains. 1 is perfect, 0 is as good as predicting " +
            "the mean, below 0 is worse.",
            "1 − MSE / var(y)", "standard", MetricScope.Overall, BetterDirection.Higher, false, true),
        new("tpr_sd", "TPR SD", "Standard deviation of the groups' true positive rates (TPR). 0 means all groups have the same rate.",
            "√( Σ (TPR_g − mean TPR)² / K )", OurPaper + ", section 2.3.1", MetricScope.Attribute, BetterDirection.Lower, true, false),
        new("fpr_sd", "FPR SD", "Standard deviation of the groups' false positive rates (FPR). 0 means all groups have the same rate.",
            "√( Σ (FPR_g − mean FPR)² / K )", OurPaper + ", section 2.3.1", MetricScope.Attribute, BetterDirection.Lower, true, false),
        new("mse_sd", "MSE SD",
            "Standard deviation of the groups' mean squared errors (MSE), in the square of the target's unit. 0 means all groups have " +
            "the same error. It also reflects how much the outcome itself varies in each group.",
            "√( Σ (MSE_g − mean MSE)² / K )", OurPaper + ", section 2.3.1", MetricScope.Attribute, BetterDirection.Lower, false, true),
        new("demographic_parity", "Demographic parity",
            "Mean difference in selection rates over all pairs of groups (regression: in mean predictions, in the target's unit). 0 " +
            "means all groups have the same rate.",
            "mean over pairs |rate_g − rate_h|", OurPaper + ", equations 3 and 4", MetricScope.Attribute,
            BetterDirection.Lower, true, true),
        new("counterfactual_fairness", "Counterfactual fairness",
            "Mean change of the predicted probability (regression: of the prediction, in the target's unit) when the attribute alone is " +
            "flipped to each other group. 0 means the attribute flip changes no prediction. It is not a causal claim: " +
            "everything else stays the same.",
            "mean over rows and alternatives |p(x, s) − p(x, s′)|", OurPaper + ", equations 6 and 7", MetricScope.Attribute,
            BetterDirection.Lower, true, true),
        new("equal_opportunity_difference", "Equal opportunity difference",
            "Largest minus smallest true positive rate of the groups. 0 means all groups have the same rate.",
            "max TPR_g − min TPR_g", "Hardt, Price and Srebro 2016, " + Fairlearn, MetricScope.Attribute,
            BetterDirection.Lower, true, false),
        new("fpr_difference", "FPR difference",
            "Largest minus smallest false positive rate of the groups. 0 means all groups have the same rate.",
            "max FPR_g − min FPR_g", Fairlearn, MetricScope.Attribute, BetterDirection.Lower, true, false),
        new("equalized_odds_difference", "Equalized odds difference",
            "The larger of the differences in true positive rates and in false positive rates. 0 means all groups have the same rates.",
            "max(TPR difference, FPR difference)", "Hardt, Price and Srebro 2016, " + Fairlearn, MetricScope.Attribute,
            BetterDirection.Lower, true, false),
        new("demographic_parity_difference", "Demographic parity difference",
            "Largest minus smallest selection rate of the groups (regression: mean prediction, in the target's unit). 0 means all " +
            "groups have the same rate.",
            "max rate_g − min rate_g", Fairlearn, MetricScope.Attribute, BetterDirection.Lower, true, true),
        new("demographic_parity_ratio", "Demographic parity ratio",
            "Smallest divided by largest selection rate of the groups. 1 means all groups have the same rate.",
            "min rate_g / max rate_g", Fairlearn, MetricScope.Attribute, BetterDirection.Higher, true, false),
        new("tpr", "TPR", "True positive rate: share of the group's positives that are predicted positive.",
            "TP / P", "standard", MetricScope.Group, BetterDirection.Neither, true, false),
        new("fpr", "FPR", "False positive rate: share of the group's negatives that are predicted positive.",
            "FP / N", "standard", MetricScope.Group, BetterDirection.Neither, true, false),
        new("selection_rate", "Selection rate", "Share of the group that is predicted positive.",
            "(TP + FP) / n", "standard", MetricScope.Group, BetterDirection.Neither, true, false),
        new("group_accuracy", "Accuracy", "Share of the group that is correctly classified.",
            "(TP + TN) / n", "standard", MetricScope.Group, BetterDirection.Higher, true, false),
        new("group_mse", "MSE", "Mean squared error of the group, in the square of the target's unit.",
            "mean (y − ŷ)²", "standard", MetricScope.Group, BetterDirection.Lower, false, true),
        new("mean_prediction", "Mean prediction", "Mean prediction for the group, in the target's unit.",
            "mean ŷ", "standard", MetricScope.Group, BetterDirection.Neither, false, true),
    ];

    /// <summary>The metric of this id.</summary>
    /// <exception cref="ArgumentException">There is no such metric.</exception>
    public static MetricDescription Get(string id) =>
        All.FirstOrDefault(m => m.Id == id) ?? throw new ArgumentException($"There is no metric '{id}'.", nameof(id));

    /// <summary>The metrics of a scope that exist for a task.</summary>
    public static IEnumerable<MetricDescription> Of(MetricScope scope, bool classification) =>
        All.Where(m => m.Scope == scope && (classification ? m.Classification : m.Regression));

    /// <summary>
    /// A metric of an attribute in words that need no abbreviation, without an article: "spread of the true positive rate".
    /// </summary>
    /// <exception cref="ArgumentException">The id is not of an attribute's metric.</exception>
    public static string Plain(string id, bool classification) => id switch
    {
        "tpr_sd" => "spread of the true positive rate",
        "fpr_sd" => "spread of the false positive rate",
        "mse_sd" => "spread of the mean squared error",
        "demographic_parity" => classification ? "difference in selection rates" : "difference in mean predictions",
        "counterfactual_fairness" => "effect of an attribute flip",
        "equal_opportunity_difference" => "largest difference in true positive rates",
        "fpr_difference" => "largest difference in false positive rates",
        "equalized_odds_difference" => "largest difference in true or false positive rates",
        "demographic_parity_difference" => classification
            ? "largest difference in selection rates" : "largest difference in mean predictions",
        "demographic_parity_ratio" => "ratio of selection rates",
        _ => throw new ArgumentException($"'{id}' is not a metric of an attribute.", nameof(id)),
    };

    /// <summary>The metrics of the paper: performance over all rows, then the spreads of an attribute.</summary>
    public static (IReadOnlyList<string> Overall, IReadOnlyList<string> Spreads) Paper(bool classification) => classification
        ? (["auroc", "balanced_accuracy"], ["tpr_sd", "fpr_sd", "demographic_parity", "counterfactual_fairness"])
        : (["mse"], ["mse_sd", "demographic_parity", "counterfactual_fairness"]);

    /// <summary>
    /// The main performance metric of pages and reports: balanced accuracy, because accuracy hides an imbalanced target and AUROC
    /// ignores the threshold; for regression the mean squared error.
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
