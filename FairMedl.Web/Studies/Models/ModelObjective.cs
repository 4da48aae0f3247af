using System.Xml.Linq;
using FairMedl.Core.Fits;
using static FairMedl.Web.Studies.Models.MathMarkup;

namespace FairMedl.Web.Studies.Models;

/// <summary>What a model minimises, as MathML: the paper's equations 1, 8, 10 and 11 with the terms that the model has.</summary>
public static class ModelObjective
{
    /// <summary>
    /// The terms of the objective of the fixed (and random) effects, each a formula of its own, so that a line can break
    /// between them.
    /// </summary>
    public static IReadOnlyList<XElement> Of(ModelKind model) =>
        [.. Terms(model).Select((term, i) => Inline([.. WithSign(term).Skip(i == 0 ? 1 : 0)]))];

    /// <summary>The symbols of the objectives with their meaning, in the order in which they appear.</summary>
    public static IReadOnlyList<(XElement Symbol, string Meaning)> Symbols { get; } =
    [
        (Inline(Call(Name("ℒ"), ",", Name("y"), Hat("y"))), "Data loss: cross-entropy for classification, squared error for regression."),
        (Inline(Prediction("F"), Fence(","), Prediction("M")), "Predictions of the fixed effects (FE) alone and of the mixed effects (ME): fixed plus random effects."),
        (Inline(Call(Name("CE"), ",", Name("z"))), "Cross-entropy of the adversary that predicts the cluster z. Subtracting it makes the fixed effects uninformative about the cluster."),
        (Inline(Divergence()), "Kullback-Leibler divergence of the random effects' posterior q from their prior p. It keeps random effects small."),
        (Inline(Debiased("F"), Fence(","), Debiased("M")), "Cross-entropy of the debiasing adversaries that predict the sensitive attributes s from the fixed-effects and the mixed-effects prediction."),
        (Inline(Correlation()), "Absolute correlation of the prediction with each sensitive attribute (absolute correlation loss, ACL)."),
        (Inline(Name("λ")), "Weights of the terms. Each is a hyperparameter below."),
    ];

    private static IEnumerable<(string Sign, XElement[] Term)> Terms(ModelKind model)
    {
        if (model.RandomEffects)
        {
            yield return ("+", [Loss("M")]);
            yield return ("+", [Weight("F"), Loss("F")]);
        }
        else
        {
            yield return ("+", [Weight("y"), Loss("F")]);
        }

        if (model.ClusterAdversary) yield return ("−", [Weight(model.RandomEffects ? "g" : "z"), Call(Name("CE"), ",", Name("z"))]);
        if (model.RandomEffects) yield return ("+", [Weight("K"), Divergence()]);
        if (model.Debiasing == Debiasing.Adversary)
        {
            yield return ("−", [Weight("FE"), Debiased("F")]);
            if (model.RandomEffects) yield return ("−", [Weight("ME"), Debiased("M")]);
        }

        if (model.Debiasing == Debiasing.Correlation) yield return ("+", [Weight("s"), SumOver("a", Correlation())]);
    }

    private static IEnumerable<XElement> WithSign((string Sign, XElement[] Term) term) => [Operator(term.Sign), .. term.Term];

    private static XElement Weight(string index) => Indexed(Name("λ"), index);

    private static XElement Prediction(string effects) => Indexed(Hat("y"), effects);

    private static XElement Loss(string effects) => Call(Name("ℒ"), ",", Name("y"), Prediction(effects));

    private static XElement Debiased(string effects) => Call(Indexed(Name("CE"), effects), ",", Name("s"));

    private static XElement Divergence() => Call(Name("KL"), "∥", Name("q"), Name("p"));

    private static XElement Correlation() =>
        Absolute(Call(Name("corr"), ",", Prediction("F"), new XElement("msub", Name("s"), Name("a"))));
}
