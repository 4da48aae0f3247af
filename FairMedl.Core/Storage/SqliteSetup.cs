using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace FairMedl.Core.Storage;

/// <summary>
/// Connection settings of the SQLite database: a write-ahead log (readers never wait for a writer), foreign keys, a timeout
/// while another writer is active, and retries where the database is still busy after it.
/// </summary>
public static class SqliteSetup
{
    private const int BusyMilliseconds = 10_000;

    /// <summary>Configures a context for the database of a data folder.</summary>
    public static DbContextOptionsBuilder UseStudyDatabase(this DbContextOptionsBuilder options, StorageFolder folder) => options
        .UseSqlite(ConnectionString(folder), sqlite => sqlite.ExecutionStrategy(dependencies => new BusyRetry(dependencies)))
        .AddInterceptors(Pragmas.Instance);

    /// <summary>
    /// Opens the database of a data folder without EF, for the queries of every start: EF takes longer to compile them than
    /// everything else at startup.
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

    /// <summary>
    /// Migrates the database to this version with EF. The caller must have claimed the folder (<see cref="StorageFolder.Claim"/>).
    /// </summary>
    public static async Task MigrateAsync(StudyDatabase database, CancellationToken cancellation = default)
    {
        await database.Database.OpenConnectionAsync(cancellation);
        await database.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellation);

        // A process killed during a migration leaves EF's lock row behind, and the next process would wait for it forever.
        await using DbCommand locks = database.Database.GetDbConnection().CreateCommand();
        locks.CommandText = "SELECT COUNT(*) FROM sqlite_master WHERE name = '__EFMigrationsLock'";
        if (await locks.ExecuteScalarAsync(cancellation) is > 0L)
            await database.Database.ExecuteSqlRawAsync("DELETE FROM __EFMigrationsLock", cancellation);
        await database.Database.MigrateAsync(cancellation);
    }

    private static string ConnectionString(StorageFolder folder) =>
        new SqliteConnectionStringBuilder { DataSource = folder.DatabaseFile, ForeignKeys = true, DefaultTimeout = 30 }.ToString();

    private sealed class BusyRetry(ExecutionStrategyDependencies dependencies)
        : ExecutionStrategy(dependencies, maxRetryCount: 5, maxRetryDelay: TimeSpan.FromSeconds(2))
    {
        private const int Busy = 5, Locked = 6;

        protected override bool ShouldRetryOn(Exception exception) => exception is SqliteException { SqliteErrorCode: Busy or Locked };
    }

    private sealed class Pragmas : DbConnectionInterceptor
    {
        public static readonly Pragmas Instance = new();

        // NORMAL with a write-ahead log cannot corrupt the database. A power cut may lose the last writes; those fits run again.
        private static readonly string Text =
            FormattableString.Invariant($"PRAGMA busy_timeout={BusyMilliseconds}; PRAGMA synchronous=NORMAL;");

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using DbCommand command = connection.CreateCommand();
            command.CommandText = Text;
            command.ExecuteNonQuery();
        }

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData,
            CancellationToken cancellationToken = default) =>
            SetAsync(connection, cancellationToken);

        public static async Task SetAsync(DbConnection connection, CancellationToken cancellation)
        {
            await using DbCommand command = connection.CreateCommand();
            command.CommandText = Text;
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }
}
