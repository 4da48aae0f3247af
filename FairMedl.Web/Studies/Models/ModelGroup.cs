using FairMedl.Core.Fits;

namespace FairMedl.Web.Studies.Models;

/// <summary>A model with its fair twins: the same networks with a debiasing term.</summary>
/// <param name="Unmitigated">The model without debiasing.</param>
/// <param name="Fair">Its fair twins; empty where it has none.</param>
public sealed record ModelTwins(ModelKind Unmitigated, IReadOnlyList<ModelKind> Fair);

/// <summary>A family of models on the page of a new study.</summary>
/// <param name="Title">The family's name.</param>
/// <param name="Purpose">What the family does, in a sentence.</param>
/// <param name="Twins">Its models, each with its fair twins.</param>
public sealed record ModelGroup(string Title, string Purpose, IReadOnlyList<ModelTwins> Twins)
{
    /// <summary>All families; together they hold every model of the catalogue once.</summary>
    public static IReadOnlyList<ModelGroup> All { get; } =
    [
        Of("Mixed effects", "Fixed effects that hold in every cluster, plus random effects that fit each cluster.", m => m.RandomEffects),
        Of("Conventional", "One network for all rows. It ignores the clusters or reads them as one more column.", m => m is { RandomEffects: false, ClusterAdversary: false }),
        Of("Domain-adversarial", "One network that a cluster adversary keeps from relying on the cluster. No random effects.", m => m is { RandomEffects: false, ClusterAdversary: true }),
    ];

    private static ModelGroup Of(string title, string purpose, Func<ModelKind, bool> belongs) => new(
        title,
        purpose,
        [
            .. ModelCatalogue.All.Where(m => belongs(m) && m.Debiasing == Debiasing.None)
                .Select(m => new ModelTwins(m, [.. ModelCatalogue.All.Where(fair => IsFairTwin(fair, m))])),
        ]);

    private static bool IsFairTwin(ModelKind fair, ModelKind unmitigated) => fair.Debiasing != Debiasing.None
        && fair.RandomEffects == unmitigated.RandomEffects
        && fair.ClusterAdversary == unmitigated.ClusterAdversary
        && fair.ClusterAsInput == unmitigated.ClusterAsInput;
}
