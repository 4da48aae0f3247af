using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Document;
using FairMedl.Core.Reports.Tables;
using FairMedl.Core.Studies.Gathering;
using Xunit;

namespace FairMedl.Tests.Reports.Runs;

public sealed class SeedSpreadTests
{
    private static readonly StudyResults Study = WithAccuracies();

    [Fact]
    public void Tables_OfSeveralSeeds_HaveMeanAndStandardDeviation()
    {
        ReportTable performance = PerformanceTable.Of(Study, Split.Seen);
        int column = performance.Columns.ToList().FindIndex(c => c.Name == "Balanced accuracy [95% CI]");
        Assert.Equal("SD over seeds", performance.Columns[column + 1].Name);
        // Seeds at 0.80 and 0.84: mean 0.82, sample standard deviation 0.028.
        Assert.StartsWith("0.820 [", performance.Rows[0][column].Content, StringComparison.Ordinal);
        Assert.Equal("0.028", performance.Rows[0][column + 1].Content);
        foreach (ReportTable table in new[] { performance, SpreadTable.Of(Study, "age", Split.Seen), GroupRatesTable.Of(Study, "age", Split.Seen) })
        {
            Assert.Contains(table.Columns, c => c.Name == "SD over seeds");
            Assert.All(table.Rows, r => Assert.Equal(table.Columns.Count, r.Count));
        }
    }

    [Fact]
    public void Summary_OfSeveralSeeds_ShowsBothInOneCell()
    {
        ReportTable summary = StudyReport.Of(Study).Sections.Single(s => s.Part == ReportPart.Summary).Tables[0];
        Assert.StartsWith("0.820 ± 0.028 [", summary.Rows[0][1].Content, StringComparison.Ordinal);
        Assert.Contains("Each cell: mean ± standard deviation over seeds [95% CI].", summary.Notes.Select(n => n.ToString()));
    }

    [Fact]
    public void Tables_OfOneSeed_HaveNoSuchColumn()
    {
        StudyResults one = Study with { Audits = [.. Study.Audits.Where(a => a.Seed != 2)] };
        foreach (ReportTable table in new[] { PerformanceTable.Of(one, Split.Seen), SpreadTable.Of(one, "age", Split.Seen), GroupRatesTable.Of(one, "age", Split.Seen) })
            Assert.DoesNotContain(table.Columns, c => c.Name == "SD over seeds");
        Assert.DoesNotContain(StudyReport.Of(one).Sections[0].Tables[0].Rows, r => r.Any(c => c.Content.Contains('±', StringComparison.Ordinal)));
    }

    private static StudyResults WithAccuracies()
    {
        StudyResults study = SampleStudy.Classification();
        return study with
        {
            Audits = [.. study.Audits.Select(a => a with { Audit = a.Audit with { BalancedAccuracy = new Estimate(a.Seed switch { 1 => .80, 2 => .84, _ => .82 }, Lower: .7, Upper: .9, N: 120) } })],
        };
    }
}
