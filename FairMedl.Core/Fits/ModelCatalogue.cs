
namespace FairMedl.Core.Fits;

/// <summary>Which subnetworks a model has, and what it is called.</summary>
/// <param name="Id">Its name on the command line and in files, such as "fair-adb-medl".</param>
/// <param name="Name">Its name on a page and in a report, such as "Fair(ADB) MEDL".</param>
/// <param name="Summary">What it is for, in one sentence.</param>
/// <param name="Objective">What its fixed (and random) effects minimise, in the paper's symbols.</param>
/// <param name="ClusterAdversary">Whether A_C teaches the fixed effects to be the same in every cluster.</param>
/// <param name="RandomEffects">Whether it has random effects, and so a mixed-effects head.</param>
/// <param name="Debiasing">What makes it fair.</param>
/// <param name="ClusterAsInput">Whether the cluster is a one-hot input.</param>
public sealed record ModelKind(
    string Id,
    string Name,
    string Summary,
    string Objective,
    bool ClusterAdversary = false,
    bool RandomEffects = false,
    Debiasing Debiasing = Debiasing.None,
    bool ClusterAsInput = false);

/// <summary>What makes a model fair.</summary>
public enum Debiasing
{
    /// <summary>No debiasing.</summary>
    None,

    /// <summary>Adversarial debiasing: A_F, and A_M where there are random effects.</summary>
    Adversary,

    /// <summary>Debiasing by the absolute correlation loss.</summary>
    Correlation,
}

/// <summary>Every model, in the order in which a page and a report show them.</summary>
public static class ModelCatalogue
{
    /// <summary>All models, in display order.</summary>
    public static IReadOnlyList<ModelKind> All { get; } =
    [
        new("nnet", "NNet", "A conventional network that ignores clusters and fairness.", "λy L(y, y_F)"),
        new("nnet-cluster", "NNet + cluster", "A conventional network with the cluster as an extra input. Unseen clusters have no such input.",
            "λy L(y, y_F), x with one-hot z", ClusterAsInput: true),
        new("fair-adb-nnet", "Fair(ADB) NNet",
            "A conventional network with adversarial debiasing (ADB). It shows what fairness costs without cluster effects.",
            "λy L(y, y_F) − λFE CE_F(s)", Debiasing: Debiasing.Adversary),
        new("da", "DA", "Domain-adversarial network: a cluster adversary removes cluster information from its features.",
            "λy L(y, y_F) − λz CE(z)", ClusterAdversary: true),
        new("fair-adb-da", "Fair(ADB) DA", "DA with a debiasing adversary.", "λy L(y, y_F) − λz CE(z) − λFE CE_F(s)",
            ClusterAdversary: true, Debiasing: Debiasing.Adversary),
        new("fair-acl-da", "Fair(ACL) DA", "DA with the absolute correlation loss (ACL) instead of a debiasing adversary.",
            "λy L(y, y_F) − λz CE(z) + λs Σ |corr(y_F, s)|", ClusterAdversary: true, Debiasing: Debiasing.Correlation),
        new("medl", "MEDL", "Mixed-effects deep learning: cluster-invariant fixed effects (from a cluster adversary) plus Bayesian random intercepts " +
            "and slopes for each cluster.",
            "L(y, y_M) + λF L(y, y_F) − λg CE(z) + λK KL", ClusterAdversary: true, RandomEffects: true),
        new("fair-adb-medl", "Fair(ADB) MEDL", "MEDL with debiasing adversaries on the fixed and the mixed effects.",
            "L(y, y_M) + λF L(y, y_F) − λg CE(z) + λK KL − λFE CE_F(s) − λME CE_M(s)", ClusterAdversary: true, RandomEffects: true,
            Debiasing: Debiasing.Adversary),
    ];

    /// <summary>The model of this id, or null.</summary>
    public static ModelKind? Find(string id) => All.FirstOrDefault(m => m.Id == id);
}
