using System.Data.Common;
using FairMedl.Core.Studies.Plan;
using Microsoft.Data.Sqlite;

namespace FairMedl.Core.Storage.Stores;

/// <summary>The unfinished fits of earlier processes.</summary>
/// <param name="Waiting">Fits to run: by priority, then the oldest study first, each study's fits in queue order.</param>
/// <param name="Resumed">Number of these that were interrupted.</param>
/// <param name="GivenUp">Number of fits that reached the limit of interruptions and were marked as failed.</param>
public sealed record Recovery(IReadOnlyList<FitTicket> Waiting, int Resumed, int GivenUp);

/// <summary>Finds the unfinished fits of earlier processes at startup, without EF (<see cref="SqliteSetup.OpenAsync"/>).</summary>
public sealed class UnfinishedFits(StorageFolder folder, QueueOrder order, TimeProvider clock)
{
    private static readonly string Unfinished = string.Join(", ", StudyStates.Unfinished.Select(s => $"'{s}'"));

    /// <summary>
    /// Queues fits that were running when their process ended, with the next attempt, or marks them as failed after
    /// <see cref="StudyStates.MaxInterruptions"/> interruptions. One transaction. Call it before any fit runs, and only after
    /// claiming the data folder.
    /// </summary>
    public async Task<Recovery> RecoverAsync(CancellationToken cancellation = default)
    {
        await using SqliteConnection connection = await SqliteSetup.OpenAsync(folder, cancellation);
        await using DbTransaction all = await connection.BeginTransactionAsync(cancellation);
        await using SqliteCommand command = connection.CreateCommand();
        command.Parameters.AddWithValue("$now", clock.GetUtcNow().UtcTicks);
        command.Parameters.AddWithValue("$error",
            FormattableString.Invariant($"The program ended {StudyStates.MaxInterruptions} times while this fit was running, possibly because it ran out of memory. Check the log, then retry the fit."));

        await ChangeAsync($"UPDATE Fits SET State = '{FitState.Interrupted}', Interruptions = Interruptions + 1 " +
            $"WHERE State = '{FitState.Running}'");
        int givenUp = await ChangeAsync(FormattableString.Invariant($"UPDATE Fits SET State = '{FitState.Failed}', Error = $error, FinishedAt = $now WHERE State = '{FitState.Interrupted}' AND Interruptions >= {StudyStates.MaxInterruptions}"));
        int resumed = await ChangeAsync($"UPDATE Fits SET State = '{FitState.Queued}', Attempt = Attempt + 1, StartedAt = NULL " +
            $"WHERE State = '{FitState.Interrupted}'");
        await ChangeAsync("UPDATE Studies SET FinishedAt = $now WHERE FinishedAt IS NULL AND NOT EXISTS " +
            $"(SELECT 1 FROM Fits WHERE StudyId = Studies.Id AND State IN ({Unfinished}))");

        var queued = new List<StoredFit>();
        command.CommandText =
            "SELECT f.Id, f.Attempt, f.StudyId, f.Model, f.Seed, f.Fold, f.Epochs FROM Fits f JOIN Studies s ON s.Id = f.StudyId WHERE " +
            $"f.State = '{FitState.Queued}' ORDER BY s.Priority DESC, f.StudyId, f.Position";
        await using (SqliteDataReader rows = await command.ExecuteReaderAsync(cancellation))
        {
            while (await rows.ReadAsync(cancellation)) queued.Add(Read(rows));
        }

        await all.CommitAsync(cancellation);
        return new Recovery([.. queued.GroupBy(f => f.StudyId).SelectMany(study => order.TicketsOf(study))], resumed, givenUp);

        Task<int> ChangeAsync(string sql)
        {
            command.CommandText = sql;
            return command.ExecuteNonQueryAsync(cancellation);
        }
    }

    // Columns as StudyDatabase stores them.
    private static StoredFit Read(SqliteDataReader row) => new()
    {
        Id = row.GetInt32(0),
        Attempt = row.GetInt32(1),
        StudyId = row.GetInt32(2),
        Model = row.GetString(3),
        Seed = unchecked((ulong)row.GetInt64(4)),
        Fold = row.GetInt32(5),
        Epochs = row.GetInt32(6),
    };
}
