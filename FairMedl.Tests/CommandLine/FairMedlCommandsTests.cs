using FairMedl.Core.Data.Csv;
using FairMedl.Core.Data.Tables;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Plan;
using FairMedl.Core.Studies.Sample;
using FairMedl.Web.CommandLine;
using Xunit;

namespace FairMedl.Tests.CommandLine;

public sealed class FairMedlCommandsTests : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("fairmedl");
    private readonly StringWriter output = new(), error = new();

    public void Dispose() => root.Delete(recursive: true);

    [Theory]
    [InlineData("adit")]
    [InlineData("audit", "definition.json", "--data", "a.csv")]
    [InlineData("audit", "definition.json", "--data", "a.csv", "--out", "b", "--threads", "0")]
    [InlineData("audit", "definition.json", "--data", "a.csv", "--out", "b", "--threads", "many")]
    [InlineData("audit", "definition.json", "--data", "a.csv", "--out", "b", "--nonsense")]
    [InlineData("sample")]
    [InlineData("worker")]
    public async Task Run_WrongCommand_Returns2WithTheReason(params string[] arguments)
    {
        Assert.Equal(2, await Run(arguments));
        Assert.NotEmpty(error.ToString());
        Assert.Empty(root.GetFileSystemInfos());
    }

    [Fact]
    public async Task Worker_OnSqlite_MentionsPostgreSql()
    {
        await Run("worker");

        Assert.Contains("PostgreSQL", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sample_EmptyFolder_WritesAFileAndItsDefinition()
    {
        string folder = Path.Combine(root.FullName, "demo");

        Assert.Equal(0, await Run("sample", folder));

        Table table = CsvTableReader.ReadFile(Path.Combine(folder, SampleStudy.CsvFileName));
        StudyDefinition definition = StudyJson.Parse(await File.ReadAllTextAsync(Path.Combine(folder, SampleStudy.DefinitionFileName)));
        StudyPlan plan = StudyPlan.Create(definition, table);
        Assert.Equal(SimulatedLending.SeenBranches, plan.Data.SeenClusterCount);
        Assert.Equal(SimulatedLending.DefaultRows, plan.Data.RowCount);
        Assert.Equal(StudyJson.Hash(SampleStudy.Definition()), StudyJson.Hash(definition));
    }

    [Fact]
    public async Task Sample_FilesExist_KeepsThemUnlessForced()
    {
        string folder = root.FullName, csv = Path.Combine(folder, SampleStudy.CsvFileName);
        await File.WriteAllTextAsync(csv, "mine");

        Assert.Equal(2, await Run("sample", folder));
        Assert.Equal("mine", await File.ReadAllTextAsync(csv));
        Assert.Single(root.GetFiles());
        Assert.Equal(0, await Run("sample", folder, "--force"));
        Assert.StartsWith("application,branch", await File.ReadAllTextAsync(csv), StringComparison.Ordinal);
    }

    private Task<int> Run(params string[] arguments) => FairMedlCommands.RunAsync(arguments, new Terminal(output, error, IsInteractive: false));
}
