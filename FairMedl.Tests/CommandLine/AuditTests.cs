using FairMedl.Core.Data.Roles;
using FairMedl.Core.Storage.Formats;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Sample;
using FairMedl.Core.Studies.Scoring;
using FairMedl.Web.CommandLine;
using Xunit;

namespace FairMedl.Tests.CommandLine;

/// <summary>The whole way from two files to a folder, on a small study.</summary>
public sealed class AuditTests : IDisposable
{
    private static readonly string[] Files =
        ["fits.csv", "importance.csv", "intervals.csv", "metrics.csv", "permutation_importance.csv", "random_effects.csv", "random_slopes.csv", "report.html", "report.json", "report.md"];

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("fairmedl"), elsewhere = Directory.CreateTempSubdirectory("fairmedl");
    private readonly StringWriter output = new(), error = new();

    public AuditTests()
    {
        using StreamWriter csv = File.CreateText(Data);
        SampleStudy.WriteCsv(csv, rows: 1500);
        csv.Close();
        Define(definition => definition);
    }

    private string Data => Path.Combine(root.FullName, "lending.csv");

    private string Definition => Path.Combine(root.FullName, "experiment.json");

    private string Out => Path.Combine(root.FullName, "results");

    public void Dispose()
    {
        root.Delete(recursive: true);
        elsewhere.Delete(recursive: true);
        output.Dispose();
        error.Dispose();
    }

    [Fact]
    public async Task Audit_SmallStudy_WritesEveryFile()
    {
        Assert.Equal(0, await Run("--predictions"));

        Assert.Equal("", error.ToString());
        Assert.Equal([.. Files.Append("predictions.csv").Order(StringComparer.Ordinal)], Directory.GetFiles(Out).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));
        string[] metrics = await File.ReadAllLinesAsync(Path.Combine(Out, "metrics.csv"));
        Assert.Equal("model,head,split,attribute,group,metric,seed,value,lower,upper,n", metrics[0]);
        Assert.Contains(metrics, line => line.StartsWith("fair-adb-medl,me,seen,sex,,tpr_sd,all,", StringComparison.Ordinal));
        Assert.Contains(metrics, line => line.StartsWith("nnet,fe,unseen,ethnicity,minority B,tpr,1,", StringComparison.Ordinal));
        string[] fits = await File.ReadAllLinesAsync(Path.Combine(Out, "fits.csv"));
        Assert.Equal("model,seed,fold,epochs,steps,train_rows,train_seconds,evaluate_seconds,threshold,selected_epoch,lambda_k", fits[0]);
        Assert.Equal(1 + 3 * 2, fits.Length);
        Assert.Equal("row,split,fold,model,head,seed,probability_or_value,predicted", File.ReadLines(Path.Combine(Out, "predictions.csv")).First());
        Assert.Contains("6/6 fits", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_AnyNumberOfThreads_GivesTheSameNumbers()
    {
        Assert.Equal(0, await Run("--threads", "1"));
        string one = await File.ReadAllTextAsync(Path.Combine(Out, "metrics.csv"));
        Assert.Equal(0, await Run("--threads", "3", "--force"));

        Assert.Equal(one, await File.ReadAllTextAsync(Path.Combine(Out, "metrics.csv")));
    }

    [Fact]
    public async Task Audit_AnyNumberOfThreads_WritesPredictionsAndModelsInPlanOrder()
    {
        Assert.Equal(0, await Run("--threads", "1", "--predictions", "--models"));
        string[] kept = ["fair-adb-medl.model", "medl.model", "nnet.model", "predictions.csv"];
        byte[][] one = [.. kept.Select(name => File.ReadAllBytes(Path.Combine(Out, name)))];
        Assert.Equal(0, await Run("--threads", "3", "--predictions", "--models", "--force"));

        Assert.Equal(one, kept.Select(name => File.ReadAllBytes(Path.Combine(Out, name))));
        Assert.Equal([.. Files.Concat(kept).Order(StringComparer.Ordinal)], Directory.GetFileSystemEntries(Out).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));
        string[][] rows = [.. File.ReadLines(Path.Combine(Out, "predictions.csv")).Skip(1).Select(line => line.Split(','))];
        IEnumerable<(string, string)> plan = from fold in new[] { "0", "1" } from model in new[] { "nnet", "medl", "fair-adb-medl" } select (fold, model);
        Assert.Equal(plan, rows.Select(row => (row[2], row[3])).Distinct());
        TrainedRun run = TrainedRunFormat.Read(one[0]);
        Assert.Equal([0, 1], run.Models.Select(m => m.Key.Fold));
    }

    [Theory]
    [InlineData("--thread", "2")]
    [InlineData("--seeds", "3")]
    [InlineData("--device", "tpu")]
    public async Task Audit_UnknownOption_FailsAndWritesNothing(string option, string value)
    {
        Assert.Equal(2, await Run(option, value));
        Assert.Contains(option == "--device" ? value : option, error.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Out));
    }

    /// <summary>A large file is not read before a wrong choice is reported.</summary>
    [Theory]
    [InlineData("--engine", "tensorflow", "--engine, value 'tensorflow': There is no such compute engine. Choose auto, managed or torchsharp.")]
    [InlineData("--device", "gpu", "--device, value 'gpu': This is not a compute device. Choose auto, cpu or cuda:N, such as cuda:0.")]
    [InlineData("--device", "cuda:77", "hoose ")]
    public async Task Audit_EngineOrDeviceDoesNotExist_FailsBeforeReadingAndWritesNothing(string option, string value, string message)
    {
        File.Delete(Data);

        Assert.Equal(2, await Run(option, value));
        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Data, error.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Out));
    }

    [Fact]
    public async Task Audit_ManagedOnTheCpu_RecordsIt()
    {
        Assert.Equal(0, await Run("--engine", "managed", "--device", "cpu"));

        Assert.Contains("in parallel, on cpu (managed engine ", output.ToString(), StringComparison.Ordinal);
        using System.Text.Json.JsonDocument report = System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Out, "report.json")));
        System.Text.Json.JsonElement origin = Assert.Single(report.RootElement.GetProperty("header").GetProperty("origins").EnumerateArray());
        Assert.Equal("managed", origin.GetProperty("engine").GetString());
        Assert.Equal("cpu", origin.GetProperty("device").GetString());
        Assert.Contains("| Engine and device | cpu (managed engine ", await File.ReadAllTextAsync(Path.Combine(Out, "report.md")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_FolderNotEmpty_FailsAndKeepsIt()
    {
        Directory.CreateDirectory(Out);
        string notes = Path.Combine(Out, "notes.txt");
        await File.WriteAllTextAsync(notes, "mine");

        Assert.Equal(2, await Run());
        Assert.Contains("not empty", error.ToString(), StringComparison.Ordinal);
        Assert.Equal([notes], Directory.GetFileSystemEntries(Out));
    }

    [Fact]
    public async Task Audit_SeveralFaults_ReportsAllAndWritesNothing()
    {
        Define(d => d with { Data = d.Data with { Cluster = new ClusterSpecification("brunch"), Features = ["income", "wealth"] } });

        Assert.Equal(2, await Run());
        Assert.Contains("$.data.cluster", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("$.data.features[1]", error.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Out));
    }

    [Fact]
    public async Task Audit_BrokenRow_ReportsItsLine()
    {
        string[] lines = await File.ReadAllLinesAsync(Data);
        lines[700] += ",one,more";
        await File.WriteAllLinesAsync(Data, lines);

        Assert.Equal(2, await Run());
        Assert.Contains($"{Data}, line 701: ", error.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Out));
    }

    [Fact]
    public async Task Audit_BrokenJson_ReportsItsLine()
    {
        await File.WriteAllTextAsync(Definition, "{\n  \"name\": \"a\",\n  nonsense\n}");

        Assert.Equal(2, await Run());
        Assert.Contains("line 3", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_MissingFiles_ReportsBoth()
    {
        File.Delete(Data);
        File.Delete(Definition);

        Assert.Equal(2, await Run());
        Assert.Contains(Data, error.ToString(), StringComparison.Ordinal);
        Assert.Contains(Definition, error.ToString(), StringComparison.Ordinal);
    }

    /// <summary>The disk goes away in the middle of the run.</summary>
    [Fact]
    public void Audit_FitCannotBeStored_Returns1AndWritesNothing()
    {
        var audit = new Audit(new Terminal(new ActOn("3/6 fits", LoseStaging), error, IsInteractive: false), TimeProvider.System);

        Assert.Equal(1, audit.Run(new AuditRequest(Definition, Data, Out, 2, Predictions: true, Models: true), CancellationToken.None));
        Assert.Contains("The study failed: The fit ", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("No files were written.", error.ToString(), StringComparison.Ordinal);
        Assert.Equal([Definition, Data], Directory.GetFileSystemEntries(root.FullName).Order(StringComparer.Ordinal));

        // In one stroke: to delete a folder that the other thread writes into is a race.
        void LoseStaging() => Directory.Move(Assert.Single(Directory.GetDirectories(root.FullName)), Path.Combine(elsewhere.FullName, "lost"));
    }

    [Theory]
    [InlineData("fits")]
    [InlineData("3/6 fits")]
    [InlineData("6/6 fits")]
    public void Audit_Cancelled_Returns1AndWritesNothing(string when)
    {
        using var stop = new CancellationTokenSource();
        var audit = new Audit(new Terminal(new ActOn(when, stop.Cancel), error, IsInteractive: false), TimeProvider.System);

        Assert.Equal(1, audit.Run(new AuditRequest(Definition, Data, Out, 1, Predictions: true, Models: true), stop.Token));
        Assert.Contains("Cancelled", error.ToString(), StringComparison.Ordinal);
        Assert.Equal([Definition, Data], Directory.GetFileSystemEntries(root.FullName).Order(StringComparer.Ordinal));
    }

    private Task<int> Run(params string[] options) =>
        FairMedlCommands.RunAsync(["audit", Definition, "--data", Data, "--out", Out, .. options], new Terminal(output, error, IsInteractive: false));

    private void Define(Func<StudyDefinition, StudyDefinition> change)
    {
        StudyDefinition definition = SampleStudy.Definition() with
        {
            Protocol = new ProtocolSpecification { Folds = 2 },
            Settings = new Dictionary<string, System.Text.Json.JsonElement> { ["epochs"] = System.Text.Json.JsonSerializer.SerializeToElement(2) },
        };
        File.WriteAllText(Definition, StudyJson.Write(change(definition)));
    }

    /// <summary>Runs an action when a text is first written, such as the start of training or a number of finished fits.</summary>
    private sealed class ActOn(string text, Action act) : StringWriter
    {
        private bool acted;

        public override void WriteLine(string? value)
        {
            if (!acted && value?.Contains(text, StringComparison.Ordinal) == true)
            {
                acted = true;
                act();
            }

            base.WriteLine(value);
        }
    }
}
