namespace FairMedl.Core.Storage;

/// <summary>Database row of a study. Its state is not stored but derived from its fits (<see cref="StudyStates"/>).</summary>
public sealed class StoredStudy
{
    /// <summary>Primary key.</summary>
    public int Id { get; set; }

    /// <summary>Name of the study.</summary>
    public required string Name { get; set; }

    /// <summary>The data set that it audits.</summary>
    public int DatasetId { get; set; }

    /// <summary>The data set's row; only where a query includes it.</summary>
    public StoredDataset? Dataset { get; set; }

    /// <summary>Study definition as JSON.</summary>
    public required string Definition { get; set; }

    /// <summary>SHA-256 of the canonical definition, in lower-case hexadecimal.</summary>
    public required string DefinitionHash { get; set; }

    /// <summary>When a person queued it.</summary>
    public DateTimeOffset QueuedAt { get; set; }

    /// <summary>Studies of a higher one run first; among equals the older one does.</summary>
    public int Priority { get; set; }

    /// <summary>When its last fit ended; null while any may go on.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>The cover and the model card's fields of its report, as JSON (<see cref="ReportDetailsStore"/>); null until someone saves them.</summary>
    public string? ReportDetails { get; set; }

    /// <summary>Its fits; only where a query includes them.</summary>
    public ICollection<StoredFit> Fits { get; } = [];
}
