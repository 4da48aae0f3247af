using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Reports.Cells;

namespace FairMedl.Core.Reports.Tables;

/// <summary>Table of metric definitions, with formula and source.</summary>
public static class DefinitionTable
{
    /// <summary>The metrics that exist for a task.</summary>
    public static ReportTable Of(PredictionTask task) => new(
        "definitions",
        "Metrics",
        [new("Metric"), new("Id"), new("Meaning"), new("Formula"), new("Source")],
        MetricDescriptions.All
            .Where(m => task == PredictionTask.Classification ? m.Classification : m.Regression)
            .Select(m => new[] { m.Name, m.Id, m.Sentence, m.Formula, m.Source }.Select(ReportCell.Words).ToArray())
            .ToArray(),
        []);
}
