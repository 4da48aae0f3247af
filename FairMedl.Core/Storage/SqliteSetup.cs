using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace FairMedl.Core.Storage;

/// <summary>
/// How the database is opened: write-ahead log (readers never wait for the writer), foreign keys enforced, a writer that
/// meets another waits, and a change that was refused as busy nevertheless is tried again.
/// </summary>
public static class SqliteSetup
{
    private const int BusyMilliseconds = 10_000;

    /// <summary>Points a context at the database file of a data folder.</summary>
    public static DbContextOptionsBuilder UseStudyDatabase(this DbContextOptionsBuilder options, StorageFolder folder) => options
        .UseSqlite(ConnectionString(folder), sqlite => sqlite.ExecutionStrategy(dependencies => new BusyRetry(dependencies)))
        .AddInterceptors(Pragmas.Instance);

    /// <summary>
    /// Opens the database file of a data folder without EF, for the few questions that every start asks: EF would take longer
    /// to compile them than the rest of the start takes.
    /// </summary>
    public static async Task<SqliteConnection> OpenAsync(StorageFolder folder, CancellationToken cancellation = default)
    {
        var connection = new SqliteConnection(ConnectionString(folder));
        try
        {
            await connection.OpenAsync(cancellation);
            await Pragmas.SetAsync(connection, cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Creates the database or brings it to this version. The caller owns the folder (<see cref="StorageFolder.Claim"/>).</summary>
    public static async Task MigrateAsync(StudyDatabase database, CancellationToken cancellation = default)
    {
        await database.Database.OpenConnectionAsync(cancellation);
        await database.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellation);

        // A process that was killed while it migrated leaves EF's lock row behind, and the next one would wait for it for ever.
        await using DbCommand locks = database.Database.GetDbConnection().CreateCommand();
        locks.CommandText = "SELECT COUNT(*) FROM sqlite_master WHERE name = '__EFMigrationsLock'";
        if (await locks.ExecuteScalarAsync(cancellation) is > 0L) await database.Database.ExecuteSqlRawAsync("DELETE FROM __EFMigrationsLock", cancellation);
        await database.Database.MigrateAsync(cancellation);
    }

    private static string ConnectionString(StorageFolder folder) =>
        new SqliteConnectionStringBuilder { DataSource = folder.DatabaseFile, ForeignKeys = true, DefaultTimeout = 30 }.ToString();

    private sealed class BusyRetry(ExecutionStrategyDependencies dependencies) : ExecutionStrategy(dependencies, maxRetryCount: 5, maxRetryDelay: TimeSpan.FromSeconds(2))
    {
        private const int Busy = 5, Locked = 6;

        protected override bool ShouldRetryOn(Exception exception) => exception is SqliteException { SqliteErrorCode: Busy or Locked };
    }

    private sealed class Pragmas : DbConnectionInterceptor
    {
        public static readonly Pragmas Instance = new();

        // NORMAL with a write-ahead log cannot corrupt; a power cut may undo the last moments, whose fits then run again.
        private static readonly string Text = FormattableString.Invariant($"PRAGMA busy_timeout={BusyMilliseconds}; PRAGMA synchronous=NORMAL;");

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using DbCommand command = connection.CreateCommand();
            command.CommandText = Text;
            command.ExecuteNonQuery();
        }

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default) =>
            SetAsync(connection, cancellationToken);

        public static async Task SetAsync(DbConnection connection, CancellationToken cancellation)
        {
            await using DbCommand command = connection.CreateCommand();
            command.CommandText = Text;
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }
}
