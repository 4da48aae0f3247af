using System.Text;
using FairMedl.Core.Storage;
using Xunit;

namespace FairMedl.Tests.Storage;

public sealed class StorageFolderTests : IDisposable
{
    private readonly StorageFolder folder = new(TemporaryStorage.NewPath());

    public void Dispose()
    {
        if (Directory.Exists(folder.FullPath)) Directory.Delete(folder.FullPath, recursive: true);
    }

    [Fact]
    public void Claim_SecondTime_FailsUntilTheFirstEnds()
    {
        IDisposable first = folder.Claim();
        Assert.Contains(folder.FullPath, Assert.Throws<StorageException>(folder.Claim).Message, StringComparison.Ordinal);
        first.Dispose();
        folder.Claim().Dispose();
    }

    [Fact]
    public void Claim_PathIsAFile_FailsWithARemedy()
    {
        string file = TemporaryStorage.NewPath();
        File.WriteAllText(file, "");
        try
        {
            Assert.Contains("Storage:Folder", Assert.Throws<StorageException>(new StorageFolder(file).Claim).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>A plain write on a stream that is open for asynchronous ones holds its thread until another has done it.</summary>
    [Fact]
    public async Task Incoming_File_IsOpenForSynchronousWrites()
    {
        await using IncomingFile file = folder.NewIncoming();
        Assert.False(file.Content.IsAsync);
    }

    [Fact]
    public async Task Incoming_NotKept_LeavesNothing()
    {
        await using (IncomingFile file = folder.NewIncoming()) await file.Content.WriteAsync(Encoding.UTF8.GetBytes("half"));

        Assert.Empty(Directory.GetFiles(folder.FullPath, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Incoming_Kept_IsCompleteUnderItsName()
    {
        string name = StorageFolder.DatasetFile("ab12");
        await using (IncomingFile file = folder.NewIncoming())
        {
            await file.Content.WriteAsync(Encoding.UTF8.GetBytes("a,b\n1,2\n"));
            await file.KeepAsync(name);
        }

        Assert.Equal("a,b\n1,2\n", await File.ReadAllTextAsync(folder.Resolve(name)));
        folder.Delete(name);
        folder.Delete(name);
        Assert.False(File.Exists(folder.Resolve(name)));
    }

    [Fact]
    public async Task Claim_PartialFilesOfAKilledProcess_AreDeleted()
    {
        IncomingFile left = folder.NewIncoming();
        await left.Content.WriteAsync(new byte[10]);
        await left.Content.DisposeAsync();

        folder.Claim().Dispose();
        Assert.False(File.Exists(left.FullPath));
    }

    [Fact]
    public async Task IsNew_HoldsUntilTheFirstStartIsCompleted()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();
        storage.Folder.CompleteFirstStart();
        var used = new StorageFolder(Path.GetDirectoryName(storage.Folder.DatabaseFile)!);
        var fresh = new StorageFolder(Path.Combine(used.FullPath, "elsewhere"));

        fresh.Claim().Dispose();
        used.Claim().Dispose();

        Assert.True(fresh.IsNew);
        Assert.False(used.IsNew);
        fresh.CompleteFirstStart();
        await File.WriteAllTextAsync(fresh.DatabaseFile, "");
        fresh.Claim().Dispose();
        Assert.False(fresh.IsNew);
    }

    [Fact]
    public async Task IsNew_AfterAnInterruptedFirstStart_HoldsAtTheNext()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();
        var next = new StorageFolder(storage.Folder.FullPath);

        next.Claim().Dispose();

        Assert.True(File.Exists(next.DatabaseFile));
        Assert.True(next.IsNew);
    }
}
