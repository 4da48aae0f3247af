using FairMedl.Core.Storage;
using FairMedl.Core.Storage.Stores;
using FairMedl.Core.Studies.Plan;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace FairMedl.Tests.Storage;

/// <summary>A data folder with a migrated database, deleted after the test.</summary>
public sealed class TemporaryStorage : IDbContextFactory<StudyDatabase>, IAsyncDisposable
{
    private readonly DbContextOptions<StudyDatabase> options;

    private TemporaryStorage(StorageFolder folder)
    {
        Folder = folder;
        var builder = new DbContextOptionsBuilder<StudyDatabase>();
        builder.UseStudyDatabase(folder);
        options = builder.Options;
    }

    public StorageFolder Folder { get; }

    public SteppingClock Clock { get; } = new();

    public QueueOrder Order { get; } = new(threads: 1);

    public FitStore Fits => new(this, Order, Clock);

    public UnfinishedFits Unfinished => new(Folder, Order, Clock);

    public TrainedModelStore TrainedModels => new(this);

    public StudyStore Studies => new(this, Order, Clock);

    public DatasetStore Datasets => new(this);

    public static async Task<TemporaryStorage> CreateAsync()
    {
        var storage = new TemporaryStorage(new StorageFolder(NewPath()));
        storage.Folder.Claim().Dispose();
        await DatabaseVersion.ReachAsync(storage.Folder, storage);
        return storage;
    }

    public static string NewPath() => Path.Combine(Path.GetTempPath(), "fairmedl-test-" + Path.GetRandomFileName());

    public StudyDatabase CreateDbContext() => new(options);

    public async Task<int> AddDatasetAsync(string fingerprint = "00ff", string options = "{}")
    {
        var dataset = new StoredDataset { Name = "loans.csv", File = StorageFolder.DatasetFile(fingerprint), Options = options, Fingerprint = fingerprint, Rows = 3, Columns = 2, Bytes = 10, AddedAt = Clock.GetUtcNow() };
        await Datasets.AddAsync(dataset);
        return dataset.Id;
    }

    public ValueTask DisposeAsync()
    {
        using (StudyDatabase database = CreateDbContext()) SqliteConnection.ClearPool((SqliteConnection)database.Database.GetDbConnection());
        Directory.Delete(Folder.FullPath, recursive: true);
        return ValueTask.CompletedTask;
    }
}

/// <summary>The database of a data folder that another process owns.</summary>
public sealed class ForeignStorage : IDbContextFactory<StudyDatabase>
{
    private readonly DbContextOptions<StudyDatabase> options;

    public ForeignStorage(string folder)
    {
        var builder = new DbContextOptionsBuilder<StudyDatabase>();
        builder.UseStudyDatabase(new StorageFolder(folder));
        options = builder.Options;
    }

    public StudyDatabase CreateDbContext() => new(options);
}

/// <summary>A clock that a test moves.</summary>
public sealed class SteppingClock : TimeProvider
{
    private DateTimeOffset now = new(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => now;

    public void Step(TimeSpan by) => now += by;
}
