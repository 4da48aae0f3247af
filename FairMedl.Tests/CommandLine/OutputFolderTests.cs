using System.Diagnostics;
using FairMedl.Core.Data;
using FairMedl.Web.CommandLine;
using Xunit;

namespace FairMedl.Tests.CommandLine;

public sealed class OutputFolderTests : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("fairmedl");

    private string Target => Path.Combine(root.FullName, "results");

    public void Dispose() => root.Delete(recursive: true);

    [Fact]
    public void Publish_NewFolder_HasEverything()
    {
        using (OutputFolder output = OutputFolder.Open(Target))
        {
            File.WriteAllText(Path.Combine(output.Staging, "metrics.csv"), "1");
            Assert.False(Directory.Exists(Target));
            output.Publish(["metrics.csv"]);
        }

        Assert.Equal("1", File.ReadAllText(Path.Combine(Target, "metrics.csv")));
        Assert.Equal([Target], Directory.GetFileSystemEntries(root.FullName));
    }

    [Fact]
    public void Dispose_WithoutPublish_LeavesNothing()
    {
        using (OutputFolder output = OutputFolder.Open(Target)) File.WriteAllText(Path.Combine(output.Staging, "metrics.csv"), "1");

        Assert.Empty(Directory.GetFileSystemEntries(root.FullName));
    }

    [Fact]
    public void Publish_FolderInUse_ReplacesItsOwnFilesAndKeepsOthers()
    {
        Directory.CreateDirectory(Target);
        File.WriteAllText(Path.Combine(Target, "metrics.csv"), "old");
        File.WriteAllText(Path.Combine(Target, "predictions.csv"), "old");
        File.WriteAllText(Path.Combine(Target, "notes.txt"), "mine");
        using (OutputFolder output = OutputFolder.Open(Target))
        {
            File.WriteAllText(Path.Combine(output.Staging, "metrics.csv"), "new");
            output.Publish(["metrics.csv", "predictions.csv"]);
        }

        Assert.Equal("new", File.ReadAllText(Path.Combine(Target, "metrics.csv")));
        Assert.Equal("mine", File.ReadAllText(Path.Combine(Target, "notes.txt")));
        Assert.False(File.Exists(Path.Combine(Target, "predictions.csv")));
    }

    [Fact]
    public void Open_TemporaryFolderOfAnotherProcess_IsRemovedOnceTheProcessHasEnded()
    {
        using var process = Process.Start("sleep", "60");
        string left = Leave("results", process.Id);
        try
        {
            OutputFolder.Open(Target).Dispose();
            Assert.True(Directory.Exists(left));
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }

        OutputFolder.Open(Target).Dispose();
        Assert.Empty(Directory.GetFileSystemEntries(root.FullName));
    }

    /// <summary>As one in another container, whose number no process has here.</summary>
    [Fact]
    public void Open_TemporaryFolderInUse_IsKept()
    {
        string held = Leave("results", int.MaxValue);
        using (new FileStream(Path.Combine(held, ".lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            OutputFolder.Open(Target).Dispose();
        Assert.True(Directory.Exists(held));

        OutputFolder.Open(Target).Dispose();
        Assert.False(Directory.Exists(held));
    }

    [Fact]
    public void Open_FolderBeingWritten_FailsAndKeepsIt()
    {
        using OutputFolder first = OutputFolder.Open(Target);
        File.WriteAllText(Path.Combine(first.Staging, "metrics.csv"), "1");

        Assert.Contains("Another process", Assert.Throws<InputException>(() => OutputFolder.Open(Target)).Message, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(first.Staging, "metrics.csv")));
    }

    [Fact]
    public void Open_FoldersOfOtherNames_AreKept()
    {
        string[] others = [Leave("results.old", int.MaxValue), Directory.CreateDirectory(Path.Combine(root.FullName, ".results.mine.partial")).FullName, Directory.CreateDirectory(Path.Combine(root.FullName, ".results.partial")).FullName];

        OutputFolder.Open(Target).Dispose();

        Assert.All(others, other => Assert.True(Directory.Exists(other)));
    }

    [Fact]
    public void Fault_OfTheFolder_DependsOnItsContent()
    {
        Assert.Null(OutputFolder.Fault(Target, force: false));
        Directory.CreateDirectory(Target);
        Assert.Null(OutputFolder.Fault(Target, force: false));
        string file = Path.Combine(Target, "notes.txt");
        File.WriteAllText(file, "mine");
        Assert.Contains("not empty", OutputFolder.Fault(Target, force: false)!.What, StringComparison.Ordinal);
        Assert.Null(OutputFolder.Fault(Target, force: true));
        Assert.Contains("is a file", OutputFolder.Fault(file, force: true)!.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_BelowAFile_Fails()
    {
        string file = Path.Combine(root.FullName, "file");
        File.WriteAllText(file, "");

        Assert.Throws<InputException>(() => OutputFolder.Open(Path.Combine(file, "results")));
    }

    /// <summary>What a process that was killed leaves.</summary>
    private string Leave(string name, int process)
    {
        string folder = Path.Combine(root.FullName, FormattableString.Invariant($".{name}.{process}.partial"));
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(folder).FullName, "metrics.csv"), "1");
        return folder;
    }
}
