using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace FairMedl.Core.Storage;

/// <summary>
/// Whether the database of a data folder is of this version. Every start asks before its first page, so it is asked, and a new
/// database made, without EF: <c>Migrations/Schema.sql</c> is what all migrations together write into an empty file. A
/// database of an earlier version is EF's to migrate.
/// </summary>
public static class DatabaseVersion
{
    private const string History = "__EFMigrationsHistory", RowStart = "VALUES ('";

    /// <summary>The statements that make an empty file a database of this version.</summary>
    public static string Schema
    {
        get
        {
            using Stream resource = Assembly.GetExecutingAssembly().GetManifestResourceStream("Schema.sql")!;
            using var reader = new StreamReader(resource);
            return reader.ReadToEnd();
        }
    }

    /// <summary>Creates the database or brings it to this version. The caller owns the folder (<see cref="StorageFolder.Claim"/>).</summary>
    public static async Task ReachAsync(StorageFolder folder, IDbContextFactory<StudyDatabase> databases, CancellationToken cancellation = default)
    {
        await using (SqliteConnection connection = await SqliteSetup.OpenAsync(folder, cancellation))
        {
            await using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode=WAL";
            await command.ExecuteNonQueryAsync(cancellation);

            string schema = Schema;
            List<string> objects = await TextsAsync(command, "SELECT name FROM sqlite_master", cancellation);
            if (objects.Count == 0)
            {
                // All of it or nothing, however the process ends.
                await using var all = (SqliteTransaction)await connection.BeginTransactionAsync(cancellation);
                (command.Transaction, command.CommandText) = (all, schema);
                await command.ExecuteNonQueryAsync(cancellation);
                await all.CommitAsync(cancellation);
                return;
            }

            List<string> applied = objects.Contains(History) ? await TextsAsync(command, $"SELECT MigrationId FROM {History}", cancellation) : [];
            if (Migrations(schema).All(applied.Contains)) return;
        }

        await using StudyDatabase database = await databases.CreateDbContextAsync(cancellation);
        await SqliteSetup.MigrateAsync(database, cancellation);
    }

    /// <summary>The migrations that a schema holds: it writes each into the history.</summary>
    internal static IEnumerable<string> Migrations(string schema) =>
        from line in schema.Split('\n')
        where line.StartsWith(RowStart, StringComparison.Ordinal)
        select line[RowStart.Length..line.IndexOf('\'', RowStart.Length)];

    private static async Task<List<string>> TextsAsync(SqliteCommand command, string sql, CancellationToken cancellation)
    {
        command.CommandText = sql;
        var texts = new List<string>();
        await using SqliteDataReader rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) texts.Add(rows.GetString(0));
        return texts;
    }
}
