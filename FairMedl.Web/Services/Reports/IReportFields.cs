using FairMedl.Core.Reports.Document;
using FairMedl.Core.Storage.Stores;

namespace FairMedl.Web.Services.Reports;

/// <summary>The report fields of each study: cover and model card. Pages use this and nothing below it.</summary>
public interface IReportFields
{
    /// <summary>A study's fields; empty where none are saved.</summary>
    Task<ReportDetails> FindAsync(int study, CancellationToken cancellation = default);

    /// <summary>Replaces a study's fields.</summary>
    /// <returns>False where the study does not exist.</returns>
    Task<bool> SaveAsync(int study, ReportDetails details, CancellationToken cancellation = default);
}

/// <summary>The report fields in the database.</summary>
public sealed class StoredReportFields(ReportDetailsStore store) : IReportFields
{
    /// <inheritdoc/>
    public Task<ReportDetails> FindAsync(int study, CancellationToken cancellation = default) => store.FindAsync(study, cancellation);

    /// <inheritdoc/>
    public Task<bool> SaveAsync(int study, ReportDetails details, CancellationToken cancellation = default) =>
        store.SaveAsync(study, details, cancellation);
}
