using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Interpretation;
using FairMedl.Core.Studies.Definition;

namespace FairMedl.Core.Studies.Gathering;

/// <summary>The two ways of predicting: without and with the cluster's random effects.</summary>
public enum Head
{
    /// <summary>Prediction from fixed effects only ("fe").</summary>
    FixedEffects,

    /// <summary>Fixed plus random effects ("me").</summary>
    MixedEffects,
}

/// <summary>Rows of clusters used in training (seen) or of held-out clusters (unseen).</summary>
public enum Split
{
    /// <summary>Test folds of the seen clusters, pooled over the folds.</summary>
    Seen,

    /// <summary>Unseen clusters; averaged over the folds' models.</summary>
    Unseen,
}

/// <summary>A study's numbers: what pages and reports read. Holds groups, not rows.</summary>
public sealed record StudyResults
{
    /// <summary>What it is, and what it was made from.</summary>
    public required StudyHeader Header { get; init; }

    /// <summary>By model in the definition's order, head, split and seed (null = over all seeds).</summary>
    public required IReadOnlyList<AuditResult> Audits { get; init; }

    /// <summary>The fits that are in these numbers.</summary>
    public required IReadOnlyList<FitSummary> Fits { get; init; }

    /// <summary>By fit and head: metrics over the fit's own test fold, for tests over folds.</summary>
    public IReadOnlyList<FoldMetrics> Folds { get; init; } = [];

    /// <summary>A sentence for each fit that learned nothing; they are among the header's warnings too.</summary>
    public IReadOnlyList<string> DeadNetworks { get; init; } = [];

    /// <summary>Feature importance of each model.</summary>
    public required IReadOnlyList<ImportanceResult> Importance { get; init; }

    /// <summary>Random effects by model that has them.</summary>
    public required IReadOnlyList<RandomEffectsResult> RandomEffects { get; init; }

    /// <summary>
    /// The one threshold at which all fits' scores were counted; null = each fit's own, as everywhere but where a person moved it.
    /// </summary>
    public double? Threshold { get; init; }

    /// <summary>The groups that the spreads on pages and in reports count.</summary>
    public CountedGroups Counted =>
        Audits.SelectMany(a => a.Audit.Attributes).Select(a => a.Leading).FirstOrDefault();

    /// <summary>The same numbers, with the spreads over these groups in the lead.</summary>
    public StudyResults Counting(CountedGroups counted) => counted == Counted ? this : this with
    {
        Audits = [.. Audits.Select(a => a with
        {
            Audit = a.Audit with { Attributes = [.. a.Audit.Attributes.Select(t => t with { Leading = counted })] },
        })],
    };

    /// <summary>The audit over all seeds, or null where there is none.</summary>
    public AuditResult? Find(string model, Head head, Split split) =>
        Audits.FirstOrDefault(a => a.Model == model && a.Head == head && a.Split == split && a.Seed is null);

    /// <summary>
    /// The head by which models are compared where a person has chosen none: on seen clusters mixed effects; on unseen ones
    /// fixed effects, as a cluster that took no part in training has no random effects but those guessed for it.
    /// </summary>
    public static Head MainHead(Split split) => split switch { Split.Seen => Head.MixedEffects, Split.Unseen => Head.FixedEffects };

    /// <summary>Returns the head to show for a model: the given one, or fixed effects for a model without random effects.</summary>
    public static Head HeadOf(string model, Head head) => ModelCatalogue.Find(model) is { RandomEffects: true } ? head : Head.FixedEffects;

    /// <summary>A model's <see cref="MainHead(Split)"/>.</summary>
    public static Head MainHead(string model, Split split) => HeadOf(model, MainHead(split));
}

/// <summary>Where a study's numbers come from.</summary>
/// <param name="Name">The definition's name.</param>
/// <param name="DefinitionHash">SHA-256 of the canonical definition, hexadecimal.</param>
/// <param name="DataHash">SHA-256 of the file's bytes, hexadecimal.</param>
/// <param name="Version">FairMedl's version.</param>
/// <param name="Device">What computed it, such as "cpu (managed engine 0.1.0, 256-bit vectors)".</param>
/// <param name="Definition">The definition itself.</param>
/// <param name="TargetDescription">What 1 means.</param>
/// <param name="Rows">Rows after exclusions.</param>
/// <param name="SeenRows">Rows of seen clusters.</param>
/// <param name="UnseenRows">Rows of unseen clusters.</param>
/// <param name="Clusters">Seen clusters by name with their rows, most frequent first.</param>
/// <param name="PlannedFits">How many fits the whole study has; <see cref="StudyResults.Fits"/> may hold fewer while it runs.</param>
/// <param name="Warnings">What a reader must know about the data, in sentences.</param>
public sealed record StudyHeader(
    string Name,
    string DefinitionHash,
    string DataHash,
    string Version,
    string Device,
    StudyDefinition Definition,
    string TargetDescription,
    int Rows,
    int SeenRows,
    int UnseenRows,
    IReadOnlyList<ClusterSize> Clusters,
    int PlannedFits,
    IReadOnlyList<string> Warnings)
{
    /// <summary>
    /// How many rows each exclusion of the definition left out, in the definition's order; empty where this is not known.
    /// </summary>
    public IReadOnlyList<int> Excluded { get; init; } = [];

    /// <summary>The engines and devices of its fits, usually one; empty where no fit recorded its own.</summary>
    public IReadOnlyList<ComputeOrigin> Origins { get; init; } = [];

    /// <summary>Origins in words, and the number of fits that recorded none.</summary>
    internal static string DeviceText(IReadOnlyList<ComputeOrigin> origins, int unrecorded) =>
        origins.Count == 0 ? "unknown"
            : string.Join("; ", origins.Select(o => o.Description).Concat(unrecorded == 0 ? []
                : [FormattableString.Invariant($"unknown for {unrecorded} {(unrecorded == 1 ? "fit" : "fits")}")]));
}

/// <summary>A cluster and its rows.</summary>
public sealed record ClusterSize(string Name, int Rows);

/// <summary>One audit: a model's head on a split, for one seed or over all of them (mean over seeds; rates by group likewise).</summary>
public sealed record AuditResult(string Model, Head Head, Split Split, ulong? Seed, SplitAudit Audit);

/// <summary>One fit, without its predictions.</summary>
public sealed record FitSummary(
    FitKey Key,
    int Steps,
    int TrainingRows,
    double TrainSeconds,
    double EvaluateSeconds,
    double? FixedThreshold,
    double? MixedThreshold,
    int SelectedEpoch,
    IReadOnlyList<EpochLosses> Losses)
{
    /// <summary>
    /// lambda_K of the last epoch, the number that "auto" stood for; null for a model without random effects, and in results of
    /// versions that did not record it.
    /// </summary>
    public double? KlWeight { get; init; }
}
