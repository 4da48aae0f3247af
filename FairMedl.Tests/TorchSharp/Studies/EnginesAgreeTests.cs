extern alias managed;
using System.Globalization;
using FairMedl.Core.Data.Csv;
using FairMedl.Core.Data.Tables;
using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Reports.Files;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Plan;
using Xunit;

namespace FairMedl.Tests.Studies;

/// <summary>Both engines give the same numbers for the paper's study of Adult, cut short to two folds and one epoch.</summary>
public sealed class EnginesAgreeTests
{
    private const int Metric = 5, Lower = 8, Upper = 9;

    [DataFact("adult/adult.csv")]
    public void Metrics_OfAdult_AgreeWithinAThousandth()
    {
        Table table = CsvTableReader.ReadFile(SharedData.Path("adult/adult.csv"));
        string json = File.ReadAllText(Path.Combine(SharedData.Repository, "samples", "adult.experiment.json"));
        StudyDefinition definition = StudyJson.Parse(json);
        definition = definition with
        {
            Protocol = definition.Protocol with { Folds = 2 },
            Models = [.. definition.Models.Select(m => m with { Settings = SmallStudy.Settings(("epochs", 1)) })],
        };
        StudyPlan plan = StudyPlan.Create(definition, table);
        var engine = new managed::FairMedl.Engine.Managed.ManagedEngine();
        string[] expected = Metrics(new ComputeTarget(engine, engine.Devices[0])), actual = Metrics(TestCompute.Default);

        Assert.Equal(expected.Length, actual.Length);
        Assert.True(expected.Length > 100);
        Assert.Equal("metric", expected[0].Split(',')[Metric]);
        Assert.Equal("lower,upper", string.Join(',', expected[0].Split(',')[Lower..(Upper + 1)]));
        foreach ((string a, string b) in expected.Zip(actual)) AssertAlike(a, b);

        string[] Metrics(ComputeTarget compute)
        {
            var text = new StringWriter();
            MetricsCsv.Write(StudyRunner.Run(plan, compute, Environment.ProcessorCount, null, CancellationToken.None), text);
            return text.ToString().Split('\n');
        }
    }

    private static void AssertAlike(string expected, string actual)
    {
        string[] a = expected.Split(','), b = actual.Split(',');
        Assert.Equal(a.Length, b.Length);
        for (int i = 0; i < a.Length; i++)
        {
            // A row whose score is the threshold but for rounding changes a rate by one n-th; the ends of an interval are order
            // statistics of resampled values, so that they move further.
            double oneRow = int.TryParse(a[^1], CultureInfo.InvariantCulture, out int n) ? 1.0 / n : 0;
            // A ratio or difference depends on two groups alone, so that a row of a small one moves it and its interval further.
            bool isOfTwo = a.Length > Metric && (a[Metric].Contains("_ratio", StringComparison.Ordinal) || a[Metric].Contains("_difference", StringComparison.Ordinal));
            double tolerance = Math.Max((i is Lower or Upper ? 5e-3 : 1e-3) * (isOfTwo ? 4 : 1), oneRow);
            if (Number(a[i]) is { } x && Number(b[i]) is { } y)
                Assert.True(Math.Abs(x - y) <= tolerance, $"managed: {expected}\nTorchSharp: {actual}");
            else Assert.Equal(a[i], b[i]);
        }
    }

    private static double? Number(string text) => double.TryParse(text, CultureInfo.InvariantCulture, out double value) ? value : null;
}
