using FairMedl.Core.Reports;
using FairMedl.Web.Reports;

namespace FairMedl.Tests.Web.Reports;

/// <summary>Report fields in memory.</summary>
internal sealed class FakeReportFields : IReportFields
{
    public Dictionary<int, ReportDetails> Saved { get; } = [];

    /// <summary>What saving fails with; null = it succeeds.</summary>
    public Exception? Failure { get; set; }

    public Task<ReportDetails> FindAsync(int study, CancellationToken cancellation = default) => Task.FromResult(Saved.GetValueOrDefault(study, ReportDetails.Empty));

    public Task<bool> SaveAsync(int study, ReportDetails details, CancellationToken cancellation = default)
    {
        if (Failure is not null) return Task.FromException<bool>(Failure);
        Saved[study] = details;
        return Task.FromResult(true);
    }
}
