using FairMedl.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FairMedl.Tests.Storage;

public class MigrationTests
{
    [Fact]
    public async Task Migrate_EmptyFolder_CreatesEveryTableInWriteAheadMode()
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

    private static async Task<string> PragmaAsync(StudyDatabase database, string name)
    {
        await database.Database.OpenConnectionAsync();
        await using System.Data.Common.DbCommand command = database.Database.GetDbConnection().CreateCommand();
        command.CommandText = "PRAGMA " + name;
        return Convert.ToString(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture)!;
    }
}
