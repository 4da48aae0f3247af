using System.Text;
using FairMedl.Core.Data.Csv;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Data.Tables;
using FairMedl.Core.Reports.Files;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Core.Studies.Plan;
using FairMedl.Core.Studies.Sample;
using Xunit;
using Xunit.Abstractions;

namespace FairMedl.Tests.Studies;

/// <summary>The sample study on TorchSharp: on several threads, and while garbage is collected all the time.</summary>
public sealed class SampleStudyTests(ITestOutputHelper output)
{
    /// <summary>The whole study again and again takes minutes, and runs only where this variable gives the number of times.</summary>
    public const string Repetitions = "FAIRMEDL_SAMPLE_STUDIES";

    [Fact]
    public void Run_ShortStudyOnOneAndTwoThreads_WritesTheSameFiles()
    {
        StudyPlan plan = Plan(epochs: 1, rows: 1500);
        Assert.Equal(Files(StudyRunner.Run(plan, TestCompute.Default, 1, null, CancellationToken.None)), Files(Collecting(plan)));
    }

    [RepeatedFact]
    public void Run_WholeStudyUnderForcedCollections_NeverFails()
    {
        StudyPlan plan = Plan(null, SimulatedLending.DefaultRows);
        for (int i = 0; i < int.Parse(Environment.GetEnvironmentVariable(Repetitions)!, null); i++)
        {
            Assert.NotEmpty(Files(Collecting(plan)));
            using var process = System.Diagnostics.Process.GetCurrentProcess();
            output.WriteLine($"Study {i + 1} finished; peak memory {process.PeakWorkingSet64 >> 20} MiB");
        }
    }

    private StudyResults Collecting(StudyPlan plan)
    {
        using var collections = new ForcedCollections();
        StudyResults results = StudyRunner.Run(plan, TestCompute.Default, 2, null, CancellationToken.None);
        output.WriteLine($"{plan.Fits.Count} fits, {collections.Count} collections");
        Assert.True(collections.Count > 10);
        return results;
    }

    private static StudyPlan Plan(int? epochs, int rows)
    {
        var csv = new StringWriter();
        SampleStudy.WriteCsv(csv, rows: rows);
        var file = new MemoryStream(Encoding.UTF8.GetBytes(csv.ToString()));
        Table table = CsvTableReader.Read(file, SampleStudy.CsvFileName, new CsvOptions());
        StudyDefinition definition = SampleStudy.Definition();
        if (epochs is { } n)
        {
            definition = definition with
            {
                Protocol = definition.Protocol with { Folds = 2 },
                Models = [.. definition.Models.Select(m => m with { Settings = SmallStudy.Settings(("epochs", n)) })],
            };
        }

        return StudyPlan.Create(definition, table);
    }

    private static string Files(StudyResults results)
    {
        var text = new StringWriter();
        MetricsCsv.Write(results, text);
        IntervalsCsv.Write(results, text);
        return text.ToString();
    }
}

/// <summary>A test that repeats something for minutes, and is skipped, saying how to run it, unless the number of times is set.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RepeatedFactAttribute : FactAttribute
{
    public RepeatedFactAttribute()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(SampleStudyTests.Repetitions)))
            Skip ??= $"set {SampleStudyTests.Repetitions}=10 to run the sample study ten times";
    }
}
