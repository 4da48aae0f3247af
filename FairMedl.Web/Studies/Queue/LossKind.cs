using FairMedl.Core.Fits;

namespace FairMedl.Web.Studies.Queue;

/// <summary>A loss term.</summary>
public enum LossKind
{
    /// <summary>Prediction loss of the mixed effects where a model has them, otherwise of the fixed effects.</summary>
    Predictor,

    /// <summary>L(y, y_F).</summary>
    FixedLoss,

    /// <summary>CE(z).</summary>
    ClusterAdversary,

    /// <summary>CE_F(s).</summary>
    FixedAdversary,

    /// <summary>CE_M(s).</summary>
    MixedAdversary,

    /// <summary>KL(q || p).</summary>
    KullbackLeibler,

    /// <summary>The absolute correlation loss.</summary>
    Correlation,
}

/// <summary>Names and values of <see cref="LossKind"/>.</summary>
public static class LossKinds
{
    /// <summary>The value of a term in an epoch; null for a model without it.</summary>
    public static double? Of(this EpochLosses losses, LossKind term) => term switch
    {
        LossKind.Predictor => losses.MixedLoss ?? losses.FixedLoss,
        LossKind.FixedLoss => losses.FixedLoss,
        LossKind.ClusterAdversary => losses.ClusterAdversary,
        LossKind.FixedAdversary => losses.FixedAdversary,
        LossKind.MixedAdversary => losses.MixedAdversary,
        LossKind.KullbackLeibler => losses.KullbackLeibler,
        LossKind.Correlation => losses.Correlation,
    };

    /// <summary>The term's name.</summary>
    public static string Name(this LossKind term) => term switch
    {
        LossKind.Predictor => "Predictor",
        LossKind.FixedLoss => "Fixed effects",
        LossKind.ClusterAdversary => "Cluster adversary",
        LossKind.FixedAdversary => "Debiasing adversary (FE)",
        LossKind.MixedAdversary => "Debiasing adversary (ME)",
        LossKind.KullbackLeibler => "KL divergence (nats)",
        LossKind.Correlation => "Absolute correlation",
    };

    /// <summary>The term in the paper's symbols. The predictor's symbol depends on whether the model has random effects.</summary>
    public static string Symbols(this LossKind term) => term switch
    {
        LossKind.Predictor => "L(y, ŷ)",
        LossKind.FixedLoss => "L(y, y_F)",
        LossKind.ClusterAdversary => "CE(z)",
        LossKind.FixedAdversary => "CE_F(s), summed over attributes",
        LossKind.MixedAdversary => "CE_M(s), summed over attributes",
        LossKind.KullbackLeibler => "KL(q || p)",
        LossKind.Correlation => "|correlation|",
    };

    /// <summary>The symbols of the term for a model with these losses: "L(y, y_M)" for a predictor with random effects.</summary>
    public static string SymbolsOf(this EpochLosses losses, LossKind term) =>
        term != LossKind.Predictor ? term.Symbols() : losses.MixedLoss is null ? "L(y, y_F)" : "L(y, y_M)";

    /// <summary>The title of a chart of the term by epoch.</summary>
    public static string Title(this LossKind term) => $"Training loss by epoch: {term.Name()}, {term.Symbols()}";

    /// <summary>The title of an axis.</summary>
    public static string Axis(this LossKind term) => $"Training loss {term.Symbols()}";

    /// <summary>The rows that a loss is computed on and what it contains, in sentences.</summary>
    public static string Basis(this LossKind term) => "Mean over the minibatches of training rows in each epoch. Test rows are not used, and there is no validation loss. " + term switch
    {
        LossKind.Predictor =>
            $"Prediction loss without adversaries, KL divergence and weights λ: of the mixed effects, L(y, y_M), for models that have them, otherwise of the fixed effects, L(y, y_F). {DataLoss}",
        LossKind.FixedLoss => $"Prediction loss of the fixed effects, without its weight λF. {DataLoss}",
        LossKind.ClusterAdversary =>
            "Cross-entropy of the adversary that predicts the cluster from the fixed effects, without its weight λg. Higher means that the fixed effects reveal less about the cluster.",
        LossKind.FixedAdversary =>
            "Cross-entropy of the adversaries that predict the sensitive attributes from the fixed-effects prediction, without the weight λFE. Higher means that the prediction reveals less.",
        LossKind.MixedAdversary =>
            "Cross-entropy of the adversaries that predict the sensitive attributes from the mixed-effects prediction, without the weight λME. Higher means that the prediction reveals less.",
        LossKind.KullbackLeibler =>
            "Kullback-Leibler divergence of the random effects' posterior from their prior, in nats, without its weight λK.",
        LossKind.Correlation => "Absolute correlation of the prediction with the sensitive attributes, without its weight λs.",
    };

    private const string DataLoss = "L is the cross-entropy, weighted by class where class weights are on; for a regression, the squared error of the standardized target.";

    /// <summary>The terms that these losses have.</summary>
    public static IReadOnlyList<LossKind> In(IEnumerable<EpochLosses> losses)
    {
        EpochLosses[] all = [.. losses];
        return [.. Enum.GetValues<LossKind>().Where(t => all.Any(l => l.Of(t) is not null))];
    }
}
