using System.Globalization;
using System.Text.Json;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Interpretation;
using FairMedl.Core.Studies.Definition;

namespace FairMedl.Web.Services.Drafts;

/// <summary>A new-study form as the user left it, with text that may not be valid yet.</summary>
public sealed record StudyFormDraft
{
    /// <summary>The study's name.</summary>
    public required string Name { get; init; }

    /// <summary>The preset's identifier.</summary>
    public required string Preset { get; init; }

    /// <summary>The text in the field for folds.</summary>
    public required string Folds { get; init; }

    /// <summary>The text in the field for seeds.</summary>
    public required string Seeds { get; init; }

    /// <summary>Whether only the first fold runs.</summary>
    public bool QuickLook { get; init; }

    /// <summary>How many folds run, where the form started from a definition that names a number.</summary>
    public int? FoldsToRun { get; init; }

    /// <summary>Whether confounding probes are added to the features.</summary>
    public bool Probes { get; init; }

    /// <summary>Which confounding probes are added.</summary>
    public ProbeSet ProbeSet { get; init; }

    /// <summary>
    /// Whether a fold is held out for validation, where the definition that the form started from says otherwise than its preset and
    /// hyperparameters need.
    /// </summary>
    public bool? ValidationFold { get; init; }

    /// <summary>Minimum size of the groups that count in the spreads, where that definition names one.</summary>
    public int? MinimumGroup { get; init; }

    /// <summary>The selected models by their identifiers in the catalogue, in ascending order.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>Hyperparameters that differ from the preset: the text in each field by the hyperparameter's name.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>The seeds of the definition that the form started from; empty where it started from none.</summary>
    public IReadOnlyList<ulong> SeedValues { get; init; } = [];

    /// <summary>Models of that definition with hyperparameters of their own; empty where it started from none.</summary>
    public IReadOnlyList<ModelRequest> Requests { get; init; } = [];

    /// <summary>The study's own choice of engine and device; null = as configured.</summary>
    public ComputeChoice? Compute { get; init; }

    /// <summary>Whether both have the same content.</summary>
    public bool IsSameAs(StudyFormDraft? other) =>
        other is not null && JsonSerializer.Serialize(this, StudyJson.Options) == JsonSerializer.Serialize(other,
            StudyJson.Options);

    /// <summary>The key of a form in a data set's draft: a form that starts from another study is a form of its own.</summary>
    /// <param name="fromStudy">The study that the form starts from; null for a new one.</param>
    /// <param name="allFolds">Whether the address asks for all folds of that study.</param>
    public static string Key(int? fromStudy, bool allFolds = false) => fromStudy is { } id
        ? string.Create(CultureInfo.InvariantCulture, $"study-{id}{(allFolds ? "-all-folds" : "")}")
        : "new";
}
