using System.Text.Json;
using FairMedl.Core.Reports.Document;
using Microsoft.EntityFrameworkCore;

namespace FairMedl.Core.Storage.Stores;

/// <summary>Store of studies' report fields (cover and model card).</summary>
public sealed class ReportDetailsStore(IDbContextFactory<StudyDatabase> databases)
{
    /// <summary>A study's report fields; <see cref="ReportDetails.Empty"/> where none are saved or the study does not exist.</summary>
    public async Task<ReportDetails> FindAsync(int study, CancellationToken cancellation = default)
    {
        await using StudyDatabase database = await databases.CreateDbContextAsync(cancellation);
        string? json = await database.Studies.Where(s => s.Id == study).Select(s => s.ReportDetails).SingleOrDefaultAsync(cancellation);
        return json is null ? ReportDetails.Empty
            : JsonSerializer.Deserialize<ReportDetails>(json, JsonSerializerOptions.Web) ?? ReportDetails.Empty;
    }

    /// <summary>Replaces a study's report fields.</summary>
    /// <returns>False where the study does not exist.</returns>
    public async Task<bool> SaveAsync(int study, ReportDetails details, CancellationToken cancellation = default)
    {
        ReportDetails trimmed = details.Trimmed();
        string? json = trimmed == ReportDetails.Empty ? null : JsonSerializer.Serialize(trimmed, JsonSerializerOptions.Web);
        await using StudyDatabase database = await databases.CreateDbContextAsync(cancellation);
        return await database.Studies.Where(s => s.Id == study)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.ReportDetails, json), cancellation) > 0;
    }
}
