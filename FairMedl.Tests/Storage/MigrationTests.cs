using FairMedl.Core.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Xunit;

namespace FairMedl.Tests.Storage;

public class MigrationTests
{
    [Fact]
    public async Task Reach_EmptyFolder_CreatesEveryTableInWriteAheadMode()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();
        await using StudyDatabase database = storage.CreateDbContext();

        List<string> tables = await database.Database.SqlQueryRaw<string>("SELECT name AS Value FROM sqlite_master WHERE type = 'table'").ToListAsync();
        Assert.Superset(new HashSet<string> { "Datasets", "Studies", "Fits", "FitResults", "TrainedModels" }, tables.ToHashSet());
        Assert.Equal("wal", await PragmaAsync(database, "journal_mode"));
        Assert.Equal("1", await PragmaAsync(database, "foreign_keys"));
        Assert.Equal("10000", await PragmaAsync(database, "busy_timeout"));
    }

    [Fact]
    public async Task Migrations_Model_HasNoChangeWithoutAMigration()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();
        await using StudyDatabase database = storage.CreateDbContext();

        Assert.False(database.Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task Migrate_LockLeftByAKilledProcess_DoesNotWaitForIt()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();
        await using (StudyDatabase database = storage.CreateDbContext())
        {
            await database.Database.ExecuteSqlRawAsync("""
                CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                INSERT INTO "__EFMigrationsLock" VALUES (1, '2024-01-01');
                """);
        }

        await using StudyDatabase again = storage.CreateDbContext();
        await SqliteSetup.MigrateAsync(again).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Schema_EmptyFile_EqualsTheMigrations()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();
        await using Migrated migrated = await Migrated.CreateAsync();
        await using StudyDatabase made = storage.CreateDbContext();

        string script = migrated.Database.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.NoTransactions);
        Assert.True((await ContentAsync(migrated.Database)).SequenceEqual(await ContentAsync(made)), $"Migrations/Schema.sql is not of this version; it must be:\n{script}");
        Assert.Equal(made.Database.GetMigrations(), DatabaseVersion.Migrations(DatabaseVersion.Schema));
    }

    [Fact]
    public async Task Reach_DatabaseOfAnEarlierVersion_MigratesIt()
    {
        await using Migrated earlier = await Migrated.CreateAsync("Initial");
        await earlier.Database.Database.ExecuteSqlRawAsync("INSERT INTO Datasets VALUES (7, 'kept.csv', '', '', '', 1, 1, 1, 1, 0)");

        await DatabaseVersion.ReachAsync(earlier.Storage.Folder, earlier.Storage);

        Assert.Empty(await earlier.Database.Database.GetPendingMigrationsAsync());
        Assert.Equal("kept.csv", (await earlier.Storage.Datasets.FindAsync(7))!.Dataset.Name);
    }

    [Fact]
    public async Task Reach_DatabaseOfThisVersion_DoesNotUseEf()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();
        int id = await storage.AddDatasetAsync();

        await DatabaseVersion.ReachAsync(storage.Folder, new NoDatabase());

        Assert.NotNull(await storage.Datasets.FindAsync(id));
    }

    [Fact]
    public async Task Reach_FileOfAProcessThatWasKilledBeforeItsFirstTable_CreatesEveryTable()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();
        await using (SqliteConnection pooled = await SqliteSetup.OpenAsync(storage.Folder)) SqliteConnection.ClearPool(pooled);
        File.Delete(storage.Folder.DatabaseFile);
        await (await SqliteSetup.OpenAsync(storage.Folder)).DisposeAsync();

        await DatabaseVersion.ReachAsync(storage.Folder, new NoDatabase());

        Assert.Empty(await storage.Datasets.ListAsync());
    }

    [Fact]
    public async Task Reach_MigrationFails_Throws()
    {
        await using Migrated earlier = await Migrated.CreateAsync("Initial");
        await earlier.Database.Database.ExecuteSqlRawAsync("CREATE TABLE TrainedModels (FitId INTEGER)");

        var error = await Assert.ThrowsAsync<SqliteException>(() => DatabaseVersion.ReachAsync(earlier.Storage.Folder, earlier.Storage));

        Assert.Contains("TrainedModels", error.Message, StringComparison.Ordinal);
    }

    // Every table and index as it was declared, and the migrations of the history; EF's lock is there only while it migrates or after.
    private static Task<List<string>> ContentAsync(StudyDatabase database) => database.Database.SqlQueryRaw<string>("""
        SELECT type || ' ' || name || ': ' || COALESCE(sql, '') AS Value FROM sqlite_master WHERE name <> '__EFMigrationsLock' AND tbl_name <> '__EFMigrationsLock'
        UNION ALL SELECT MigrationId FROM __EFMigrationsHistory ORDER BY 1
        """).ToListAsync();

    /// <summary>A database that EF's migrations made, all or as far as the named one.</summary>
    private sealed class Migrated : IAsyncDisposable
    {
        private Migrated(TemporaryStorage storage) => (Storage, Database) = (storage, storage.CreateDbContext());

        public TemporaryStorage Storage { get; }

        public StudyDatabase Database { get; }

        public static async Task<Migrated> CreateAsync(string? target = null)
        {
            var made = new Migrated(await TemporaryStorage.CreateAsync());
            SqliteConnection.ClearPool((SqliteConnection)made.Database.Database.GetDbConnection());
            await made.Database.Database.EnsureDeletedAsync();
            await made.Database.GetService<IMigrator>().MigrateAsync(target);
            return made;
        }

        public async ValueTask DisposeAsync()
        {
            await Database.DisposeAsync();
            await Storage.DisposeAsync();
        }
    }

    private sealed class NoDatabase : IDbContextFactory<StudyDatabase>
    {
        public StudyDatabase CreateDbContext() => throw new InvalidOperationException("EF was asked.");
    }

    private static async Task<string> PragmaAsync(StudyDatabase database, string name)
    {
        await database.Database.OpenConnectionAsync();
        await using System.Data.Common.DbCommand command = database.Database.GetDbConnection().CreateCommand();
        command.CommandText = "PRAGMA " + name;
        return Convert.ToString(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture)!;
    }
}
