using FairMedl.Core.Reports.Document;
using FairMedl.Web.Services.Reports;

namespace FairMedl.Tests.Web.Reports;

/// <summary>Report fields in memory.</summary>
internal sealed class FakeReportFields : IReportFields
{
    public Dictionary<int, ReportDetails> Saved { get; } = [];

    /// <summary>What saving fails with; null = it succeeds.</summary>
    public Exception? Failure { get; set; }

    /// <summary>What a save waits for; null = nothing.</summary>
    public TaskCompletionSource? Gate { get; set; }

    /// <summary>How many saves run at the same time at most.</summary>
    public int MostAtOnce { get; private set; }

    private int running;

    public Task<ReportDetails> FindAsync(int study, CancellationToken cancellation = default) => Task.FromResult(Saved.GetValueOrDefault(study, ReportDetails.Empty));

    public async Task<bool> SaveAsync(int study, ReportDetails details, CancellationToken cancellation = default)
    {
        if (Failure is not null) throw Failure;
        MostAtOnce = Math.Max(MostAtOnce, ++running);
        if (Gate is { } gate) await gate.Task;
        running--;
        Saved[study] = details;
        return true;
    }
}
