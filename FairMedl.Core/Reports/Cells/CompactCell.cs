using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Numerics;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Cells;

/// <summary>A value with its SD over seeds and its interval in one cell, such as "0.174 ± 0.012 [0.164 to 0.184]".</summary>
internal static class CompactCell
{
    /// <summary>Description of the cell's content, for a note.</summary>
    public static NumericText Note(StudyResults results) => NumericText.Of(
        SeedSpread.Exists(results) ? "Each cell: mean ± standard deviation over seeds [95% CI]." : "Each cell: value [95% CI].");

    /// <summary>The cell; a dash and the reason where the value is undefined.</summary>
    public static ReportCell Of(StudyResults results, AuditResult audit, Func<SplitAudit, Estimate?> read, Digits digits) =>
        read(audit.Audit) is { } estimate
            ? ReportCell.Compact(estimate, SeedSpread.Of(results, audit, read), digits) : ReportCell.None();
}
