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

    [Theory]
    [InlineData(0.5, 0.2, 0.05, 20)]
    [InlineData(0, 3, 0.01, 1)]
    [InlineData(2, 0, 0.4, 24)]
    public void FitSeconds_OfRunsThatFollowTheLine_IsTheLineAtAllRows(double constant, double rows, double epoch, int epochs)
    {
        StudyTimeEstimate.Measured At(double share, int e) => new(share, e, constant + share * (rows + epoch * e), 0.1 + share * 0.7);

        double seconds = StudyTimeEstimate.FitSeconds(At(.05, 1), At(.1, 1), At(.1, 3), epochs);

        Assert.Equal(constant + rows + epoch * epochs + 0.8, seconds, 9);
    }

    [Fact]
    public void Measure_Cancelled_Ends()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => StudyTimeEstimate.Measure(Plan(3000), 1, cancelled.Token));
    }
}
