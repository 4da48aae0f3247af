using System.Text;
using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Data.Tables;
using FairMedl.Core.Fits;
using FairMedl.Core.Storage;
using FairMedl.Core.Storage.Stores;
using FairMedl.Core.Studies.Sample;
using FairMedl.Tests.Storage;
using FairMedl.Web.Services;
using FairMedl.Web.Services.Datasets;
using Xunit;

namespace FairMedl.Tests.Datasets;

public class DatasetCatalogueTests
{
    private const string Good = "age,sex\n20,f\n30,m\n40,f\n";

    [Fact]
    public async Task Upload_ValidFile_IsStoredAndListed()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();
        using DatasetCatalogue catalogue = Open(storage);
        var progress = new Latest();

        DatasetSummary added = await catalogue.UploadAsync("../../people.csv", Bytes(Good), Good.Length, new CsvOptions(), progress);

        Assert.Equal(("people.csv", 3, 2, (long)Good.Length, false, 0), (added.Name, added.Rows, added.Columns, added.Bytes, added.IsSample, added.Studies));
        Assert.Equal(added, Assert.Single(await catalogue.ListAsync()));
        Assert.Equal(added, await catalogue.FindAsync(added.Id));
        Assert.Equal([StorageFolder.DatasetFile(added.Fingerprint)], Files(storage));
        Assert.Equal(Good, await File.ReadAllTextAsync(storage.Folder.Resolve(StorageFolder.DatasetFile(added.Fingerprint))));
        Assert.Equal(new UploadProgress(Good.Length, Good.Length, 3), progress.Value);
    }

    [Fact]
    public async Task Upload_FaultInTheFile_StoresNothing()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();
        using DatasetCatalogue catalogue = Open(storage);

        InputException e = await Assert.ThrowsAsync<InputException>(() => catalogue.UploadAsync("bad.csv", Bytes("a,b\n1,2\n1,2,3\n"), null, new CsvOptions(), null));
        Assert.Equal(3, e.Faults[0].Line);
        Assert.Empty(Files(storage));
        Assert.Empty(await catalogue.ListAsync());
    }

    [Fact]
    public async Task Upload_ConnectionLost_StoresNothing()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();
        using DatasetCatalogue catalogue = Open(storage);

        await Assert.ThrowsAsync<IOException>(() => catalogue.UploadAsync("cut.csv", new BreakingStream(Encoding.UTF8.GetBytes(Good)), null, new CsvOptions(), null));
        Assert.Empty(Files(storage));
        Assert.Empty(await catalogue.ListAsync());
    }

    [Fact]
    public async Task Upload_SameContentAgain_ReturnsTheFirst()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();
        using DatasetCatalogue catalogue = Open(storage);
        DatasetSummary first = await catalogue.UploadAsync("a.csv", Bytes(Good), null, new CsvOptions(), null);

        Assert.Equal(first, await catalogue.UploadAsync("b.csv", Bytes(Good), null, new CsvOptions(), null));
        DatasetSummary otherwise = await catalogue.UploadAsync("c.csv", Bytes(Good), null, new CsvOptions { Missing = ["f"] }, null);
        Assert.NotEqual(first.Id, otherwise.Id);
        Assert.Single(Files(storage));

        await catalogue.DeleteAsync(first.Id);
        Assert.Single(Files(storage));
        await catalogue.DeleteAsync(otherwise.Id);
        Assert.Empty(Files(storage));
    }

    [Fact]
    public async Task Open_InALaterProcess_ReadsTheSameTable()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();
        using DatasetCatalogue earlier = Open(storage), later = Open(storage);
        DatasetSummary added = await earlier.UploadAsync("a.csv", Bytes("1;x\n2;-\n"), null, new CsvOptions { HasHeader = false, Missing = ["-"] }, null);

        Table uploaded = (await earlier.OpenAsync(added.Id))!, read = (await later.OpenAsync(added.Id))!;
        Assert.Equal(uploaded.Columns.Select(c => c.Name), read.Columns.Select(c => c.Name));
        Assert.Equal((2, added.Fingerprint), (read.RowCount, read.Fingerprint));
        Assert.Equal((uploaded.ReadAs.Delimiter, uploaded.ReadAs.HasHeader), (read.ReadAs.Delimiter, read.ReadAs.HasHeader));
        Assert.Equal(["-"], read.ReadAs.Missing);
        Assert.Same(read, await later.OpenAsync(added.Id));
        Assert.Null(await later.OpenAsync(99));
    }

    [Fact]
    public async Task Open_FileChangedOrMissing_FailsWithTheReason()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();
        using DatasetCatalogue catalogue = Open(storage), changed = Open(storage), gone = Open(storage);
        DatasetSummary added = await catalogue.UploadAsync("a.csv", Bytes(Good), null, new CsvOptions(), null);
        string file = storage.Folder.Resolve(StorageFolder.DatasetFile(added.Fingerprint));

        await File.AppendAllTextAsync(file, "50,m\n");
        Assert.Contains("has changed", (await Assert.ThrowsAsync<InputException>(() => changed.OpenAsync(added.Id))).Message, StringComparison.Ordinal);
        File.Delete(file);
        Assert.Contains("is gone", (await Assert.ThrowsAsync<InputException>(() => gone.OpenAsync(added.Id))).Message, StringComparison.Ordinal);

        Assert.Equal(added, await gone.UploadAsync("a.csv", Bytes(Good), null, new CsvOptions(), null));
        Assert.Equal(3, (await gone.OpenAsync(added.Id))!.RowCount);
    }

    [Fact]
    public async Task Delete_UsedByAStudy_FailsWithTheReason()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();
        using DatasetCatalogue catalogue = Open(storage);
        DatasetSummary added = await catalogue.UploadAsync("a.csv", Bytes(Good), null, new CsvOptions(), null);
        (int study, _) = await storage.Studies.QueueAsync(added.Id, "s", "{}", "h", [new NewFit(new FitKey("da", 1, 0), 5)]);

        Assert.Contains("1 study uses", (await Assert.ThrowsAsync<InputException>(() => catalogue.DeleteAsync(added.Id))).Message, StringComparison.Ordinal);
        Assert.Equal(1, (await catalogue.FindAsync(added.Id))!.Studies);
        Assert.Single(Files(storage));
        await storage.Studies.DeleteAsync(study);
        await catalogue.DeleteAsync(added.Id);
        await catalogue.DeleteAsync(added.Id);
        Assert.Null(await catalogue.OpenAsync(added.Id));
    }

    [Fact]
    public async Task AddSample_Twice_IsOneDataSet()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();
        using DatasetCatalogue catalogue = Open(storage);

        DatasetSummary sample = await catalogue.AddSampleAsync();
        Assert.Equal((SampleStudy.Name, true, SimulatedLending.DefaultRows), (sample.Name, sample.IsSample, sample.Rows));
        Assert.Equal(sample, await catalogue.AddSampleAsync());
        Assert.Single(await catalogue.ListAsync());
    }

    private static DatasetCatalogue Open(TemporaryStorage storage) => new(storage.Folder, storage.Datasets, new StorageSettings(), storage.Clock);

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));

    private static IEnumerable<string> Files(TemporaryStorage storage) =>
        Directory.GetFiles(storage.Folder.FullPath, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(storage.Folder.FullPath, f).Replace('\\', '/'))
            .Where(f => f.Contains('/', StringComparison.Ordinal));

    private sealed class Latest : IProgress<UploadProgress>
    {
        public UploadProgress? Value { get; private set; }

        public void Report(UploadProgress value) => Value = value;
    }

    private sealed class BreakingStream(byte[] first) : MemoryStream(first)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw new IOException("The connection broke.");
    }
}
