using System.Text.Json;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Interpretation;

namespace FairMedl.Core.Studies.Definition;

/// <summary>
/// The choices of a study as one JSON document: the browser writes it, the command line reads it, a report prints its
/// hash. Within a version, the same document and the same file give the same numbers; a preset's values may change between versions.
/// </summary>
public sealed record StudyDefinition
{
    /// <summary>The version of this document's form; 1.</summary>
    public int FormatVersion { get; init; } = 1;

    /// <summary>Display name of the study.</summary>
    public required string Name { get; init; }

    /// <summary>Columns, roles, exclusions, seen clusters.</summary>
    public required DataSpecification Data { get; init; }

    /// <summary>Number of folds, and seeds.</summary>
    public ProtocolSpecification Protocol { get; init; } = new();

    /// <summary>Name of the preset with the default of every hyperparameter, such as "paper".</summary>
    public string Preset { get; init; } = "paper";

    /// <summary>Hyperparameters changed for all models, by name in camel case ("epochs", "lambdaMe").</summary>
    public IReadOnlyDictionary<string, JsonElement> Settings { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>The models to compare, at least one; the first unfair one is the baseline.</summary>
    public required IReadOnlyList<ModelRequest> Models { get; init; }

    /// <summary>
    /// Minimum size of the groups that count in the spreads on pages and in reports: the protocol's, otherwise the preset's.
    /// </summary>
    public GroupMinimum GroupMinimum() =>
        new(Protocol.MinimumGroup ?? Definition.Preset.Find(Preset)?.MinimumGroup ?? GroupTable.MinimumCount);

    /// <summary>
    /// Whether a fold of each fit is held out for validation: as the protocol says, otherwise as the preset and the hyperparameters
    /// need. With two folds there is none.
    /// </summary>
    public bool HoldsOutValidation() => Protocol.Folds > 2
        && DefinitionCheck.HoldsOutValidation(this, DefinitionCheck.Specifications(this, out _));

    /// <summary>Whether a hyperparameter of a model reads the validation fold.</summary>
    public bool ReadsValidation() => DefinitionCheck.Specifications(this, out _).Any(s => s.Training.ReadsValidation);
}

/// <summary>A model of the catalogue, with hyperparameters changed for it alone.</summary>
public sealed record ModelRequest(string Model, IReadOnlyDictionary<string, JsonElement>? Settings = null);

/// <summary>How a study is repeated.</summary>
public sealed record ProtocolSpecification
{
    /// <summary>How many folds the seen rows are split into, 2 to 50.</summary>
    public int Folds { get; init; } = 10;

    /// <summary>Number of folds to run, starting with the first; null = all. Use one for a quick check.</summary>
    public int? FoldsToRun { get; init; }

    /// <summary>
    /// Whether fold k + 1 is held out of training for validation. Without it, it joins training. Null = held out in the preset
    /// "paper" and where a hyperparameter reads it.
    /// </summary>
    public bool? ValidationFold { get; init; }

    /// <summary>Whether confounding probes are added to the features, to see which models lean on them.</summary>
    public bool Probes { get; init; }

    /// <summary>Which probes are added if <see cref="Probes"/> is true; null = five.</summary>
    public ProbeSet? ProbeSet { get; init; }

    /// <summary>
    /// Minimum number of positives (TPR), negatives (FPR) or rows (other spreads) of the groups that count in the spreads on pages
    /// and in reports; 0 = all groups count; null = the preset's: see <see cref="StudyDefinition.GroupMinimum"/>.
    /// </summary>
    public int? MinimumGroup { get; init; }

    /// <summary>Each seed is one full repetition: its own folds, initial weights, shuffles and noise.</summary>
    public IReadOnlyList<ulong> Seeds { get; init; } = [1];
}
