using FairMedl.Core.Studies.Definition;
using FairMedl.Tests.Studies;
using FairMedl.Web.CommandLine;
using Xunit;

namespace FairMedl.Tests.CommandLine;

/// <summary>From an audit's models to the predictions of a new file.</summary>
public sealed class ScoreTests : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("fairmedl");
    private readonly StringWriter output = new(), error = new();

    public void Dispose()
    {
        root.Delete(recursive: true);
        output.Dispose();
        error.Dispose();
    }

    [Fact]
    public async Task Score_ModelsOfAnAudit_WritesPredictionsAndAnAudit()
    {
        await AuditAsync();
        await File.WriteAllTextAsync(At("new.csv"), SmallStudy.Csv(40, 2, null));

        Assert.Equal(0, await RunAsync("score", At("audit/fair-adb-medl.model"), "--data", At("new.csv"), "--out", At("scored")));
        Assert.Equal(["metrics.csv", "predictions.csv", "report.md"], Directory.GetFiles(At("scored")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(41, (await File.ReadAllLinesAsync(At("scored/predictions.csv"))).Length);
        Assert.Contains(await File.ReadAllLinesAsync(At("scored/metrics.csv")), l => l.StartsWith("fair-adb-medl,me,seen,sex,f,tpr,all,", StringComparison.Ordinal));
        Assert.Contains("averaged over 3 fits (3 folds, seed 1)", await File.ReadAllTextAsync(At("scored/report.md")), StringComparison.Ordinal);
        Assert.Contains("40 of 40 rows predicted", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("were not detected", output.ToString(), StringComparison.Ordinal);

        Assert.Equal(0, await RunAsync("score", At("audit/nnet.model"), "--data", At("small.csv"), "--out", At("own"), "--trained-on", At("small.csv")));
        Assert.Contains("of the 300 rows with a target are identical", await File.ReadAllTextAsync(At("own/report.md")), StringComparison.Ordinal);
        Assert.Equal(2, await RunAsync("score", At("audit/nnet.model"), "--data", At("small.csv"), "--out", At("none"), "--trained-on", At("none.csv")));
        Assert.False(Directory.Exists(At("none")));
    }

    [Fact]
    public async Task Score_WrongInput_Returns2AndWritesNothing()
    {
        await AuditAsync();
        await File.WriteAllTextAsync(At("new.csv"), "y,site,sex,age,x1,x2,kind\nyes,s0,f,40,high,0.5,a\n");
        byte[] damaged = await File.ReadAllBytesAsync(At("audit/nnet.model"));
        damaged[60] ^= 4;
        await File.WriteAllBytesAsync(At("damaged.model"), damaged);

        Assert.Equal(2, await RunAsync("score", At("audit/nnet.model"), "--data", At("new.csv"), "--out", At("scored")));
        Assert.Contains("line 2, column 'x1', value 'high'", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, await RunAsync("score", At("damaged.model"), "--data", At("new.csv"), "--out", At("scored")));
        Assert.Contains("checksum", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, await RunAsync("score", At("none.model"), "--data", At("new.csv"), "--out", At("scored")));
        Assert.Equal(2, await RunAsync("score", At("audit/nnet.model"), "--data", At("new.csv"), "--out", At("audit")));
        Assert.Equal(2, await RunAsync("score", At("audit/nnet.model"), "--date", At("new.csv"), "--out", At("scored")));
        Assert.False(Directory.Exists(At("scored")));
    }

    private string At(string name) => Path.Combine(root.FullName, name);

    private async Task AuditAsync()
    {
        await File.WriteAllTextAsync(At("small.csv"), SmallStudy.Csv(300, 9, null));
        await File.WriteAllTextAsync(At("experiment.json"), StudyJson.Write(SmallStudy.Definition("nnet", "fair-adb-medl")));
        Assert.Equal(0, await RunAsync("audit", At("experiment.json"), "--data", At("small.csv"), "--out", At("audit"), "--models"));
    }

    private Task<int> RunAsync(params string[] arguments) => FairMedlCommands.RunAsync(arguments, new Terminal(output, error, IsInteractive: false));
}
