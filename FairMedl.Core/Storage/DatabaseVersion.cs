using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace FairMedl.Core.Storage;

/// <summary>
/// Creates or migrates the database of a data folder. Checking the version and creating a new database use no EF, because it
/// would delay every start: <c>Migrations/Schema.sql</c> has the statements of all migrations. Only a database of an earlier
/// version is migrated by EF.
/// </summary>
public static class DatabaseVersion
{
    private const string History = "__EFMigrationsHistory", RowStart = "VALUES ('";

    /// <summary>SQL that creates a database of this version in an empty file.</summary>
    public static string Schema
    {
        get
        {
            using Stream resource = Assembly.GetExecutingAssembly().GetManifestResourceStream("Schema.sql")!;
            using var reader = new StreamReader(resource);
            return reader.ReadToEnd();
        }
    }

    /// <summary>
    /// Creates the database or migrates it to this version. The caller must have claimed the folder
    /// (<see cref="StorageFolder.Claim"/>).
    /// </summary>
    public static async Task ReachAsync(StorageFolder folder, IDbContextFactory<StudyDatabase> databases,
        CancellationToken cancellation = default)
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
                // One transaction: a process that is killed leaves no partial schema.
                await using var all = (SqliteTransaction)await connection.BeginTransactionAsync(cancellation);
                (command.Transaction, command.CommandText) = (all, schema);
                await command.ExecuteNonQueryAsync(cancellation);
                await all.CommitAsync(cancellation);
                return;
            }

            List<string> applied = objects.Contains(History)
                ? await TextsAsync(command, $"SELECT MigrationId FROM {History}", cancellation) : [];
            if (Migrations(schema).All(applied.Contains)) return;
        }

        await using StudyDatabase database = await databases.CreateDbContextAsync(cancellation);
        await SqliteSetup.MigrateAsync(database, cancellation);
    }

    /// <summary>The migrations included in a schema, from its entries in the history table.</summary>
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
