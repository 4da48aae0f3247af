using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Storage.Stores;

namespace FairMedl.Core.Storage;

/// <summary>Database row of a study. Its state is not stored but derived from its fits (<see cref="StudyStates"/>).</summary>
public sealed class StoredStudy
{
    /// <summary>Primary key.</summary>
    public int Id { get; set; }

    /// <summary>Name of the study.</summary>
    public required string Name { get; set; }

    /// <summary>Data set of the study.</summary>
    public int DatasetId { get; set; }

    /// <summary>Row of the data set; null unless the query includes it.</summary>
    public StoredDataset? Dataset { get; set; }

    /// <summary>Study definition as JSON.</summary>
    public required string Definition { get; set; }

    /// <summary>SHA-256 of the canonical definition, in lower-case hexadecimal.</summary>
    public required string DefinitionHash { get; set; }

    /// <summary>Time at which the user queued it.</summary>
    public DateTimeOffset QueuedAt { get; set; }

    /// <summary>Studies of higher priority run first; of equal priority, the older one.</summary>
    public int Priority { get; set; }

    /// <summary>Time at which its last fit ended; null while any is unfinished.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Report fields (cover and model card) as JSON (<see cref="ReportDetailsStore"/>); null until they are saved.</summary>
    public string? ReportDetails { get; set; }

    /// <summary>Id of the engine chosen for this study, or "auto"; null = as configured.</summary>
    public string? ComputeEngine { get; set; }

    /// <summary>Device chosen for this study, or "auto"; null = as configured.</summary>
    public string? ComputeDevice { get; set; }

    /// <summary>The study's own choice of engine and device; null = as configured.</summary>
    public ComputeChoice? Compute => ComputeEngine is null && ComputeDevice is null
        ? null : new ComputeChoice(ComputeEngine ?? ComputeChoice.Auto, ComputeDevice ?? ComputeChoice.Auto);

    /// <summary>Rows of its fits; empty unless the query includes them.</summary>
    public ICollection<StoredFit> Fits { get; } = [];
}
