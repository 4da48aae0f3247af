using FairMedl.Core.Data;
using FairMedl.Core.Experiments;
using FairMedl.Core.Experiments.Sample;
using FairMedl.Core.Models;
using Xunit;

namespace FairMedl.Tests.Experiments;

public sealed class StudyTimeEstimateTests
{
    private static StudyPlan Plan(int rows, int seeds = 1)
    {
        using var text = new StringWriter();
        SampleStudy.WriteCsv(text, rows: rows);
        Table table = CsvTableReader.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text.ToString())), "sample.csv");
        ExperimentDefinition sample = SampleStudy.Definition();
        return StudyPlan.Create(sample with
        {
            Protocol = sample.Protocol with { Seeds = [.. Enumerable.Range(1, seeds).Select(s => (ulong)s)] },
            Models = [.. ModelCatalogue.All.Select(m => new ModelRequest(m.Id))],
        }, table);
    }

    [Fact]
    public void Measure_EveryModel_TakesTimeAndLessOnMoreThreads()
    {
        StudyPlan plan = Plan(3000);
        TimeSpan one = StudyTimeEstimate.Measure(plan, 1, CancellationToken.None);
        Assert.True(one > TimeSpan.Zero);
        // A thousand threads are no more than the fits that there are: 8 models x 5 folds.
        Assert.True(StudyTimeEstimate.Measure(plan, 1000, CancellationToken.None) < one);
    }

    [Fact]
    public void Measure_Cancelled_Ends()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => StudyTimeEstimate.Measure(Plan(3000), 1, cancelled.Token));
    }
}
