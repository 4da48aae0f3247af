using System.Collections.Concurrent;
using FairMedl.Core.Data;
using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Storage.Formats;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Plan;
using Microsoft.EntityFrameworkCore;

namespace FairMedl.Core.Storage.Stores;

/// <summary>Durations of the fits of earlier studies on this machine.</summary>
public sealed class RecordedFits(IDbContextFactory<StudyDatabase> databases)
{
    private const int MostStudies = 50, FitsPerModel = 3;
    private readonly ConcurrentDictionary<(int Fit, int Attempt), Timed> timed = new();

    /// <summary>
    /// Finished fits of the same shape as the definition's, from the latest studies. For each study and model those of median
    /// duration are used, because the first fits of a process also wait until the data is loaded. Only fits that ran on the given
    /// engine and device count; those of versions that recorded neither ran on the managed engine, on the CPU.
    /// </summary>
    /// <param name="definition">The study whose fits are timed.</param>
    /// <param name="engine">The id of the engine that will run it.</param>
    /// <param name="device">The device that will run it.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    public async Task<IReadOnlyList<RecordedFit>> FindAsync(StudyDefinition definition, string engine, string device,
        CancellationToken cancellation = default)
    {
        HashSet<FitShape> wanted = [.. FitShape.Of(definition, rows: 0).Select(l => l.Shape)];
        string[] models = [.. wanted.Select(s => s.Model)];
        await using StudyDatabase database = await databases.CreateDbContextAsync(cancellation);
        var studies = await database.Studies.AsNoTracking()
            .Where(s => database.Fits.Any(f => f.StudyId == s.Id && f.State == FitState.Done && models.Contains(f.Model)))
            .OrderByDescending(s => s.Id).Take(MostStudies)
            .Select(s => new { s.Id, s.Definition, s.Dataset!.Rows }).ToListAsync(cancellation);

        var found = new List<RecordedFit>();
        foreach (var study in studies)
        {
            if (Read(study.Definition) is not { } earlier) continue;
            Dictionary<string, FitLength> lengths = FitShape.Of(earlier, study.Rows).Where(l => wanted.Contains(l.Shape))
                .ToDictionary(l => l.Shape.Model);
            if (lengths.Count == 0) continue;
            string[] shared = [.. lengths.Keys];
            List<StoredFit> done = await database.Fits.AsNoTracking()
                .Where(f => f.StudyId == study.Id && f.State == FitState.Done && f.StartedAt != null && f.FinishedAt != null
                    && shared.Contains(f.Model))
                .ToListAsync(cancellation);
            foreach (StoredFit fit in done.GroupBy(f => f.Model).SelectMany(g => Middle([.. g.OrderBy(Seconds)])))
            {
                if (await TimedAsync(database, fit, cancellation) is { } time && time.Engine == engine && time.Device == device)
                    found.Add(new RecordedFit(lengths[fit.Model], study.Rows, earlier.Protocol.Folds, time.TrainSeconds,
                        Math.Max(0, Seconds(fit) - time.TrainSeconds)));
            }
        }

        return found;
    }

    private static double Seconds(StoredFit fit) => (fit.FinishedAt!.Value - fit.StartedAt!.Value).TotalSeconds;

    private static StoredFit[] Middle(StoredFit[] fits) =>
        [.. fits.Skip(Math.Max(0, (fits.Length - FitsPerModel) / 2)).Take(FitsPerModel)];

    // A definition or result of another version is skipped here; the study's own page reports it.
    private static StudyDefinition? Read(string definition)
    {
        try
        {
            return StudyJson.Parse(definition);
        }
        catch (InputException)
        {
            return null;
        }
    }

    private async Task<Timed?> TimedAsync(StudyDatabase database, StoredFit fit, CancellationToken cancellation)
    {
        if (timed.TryGetValue((fit.Id, fit.Attempt), out Timed? known)) return known;
        byte[]? content = await database.Results.Where(r => r.FitId == fit.Id).Select(r => r.Content).SingleOrDefaultAsync(cancellation);
        if (content is null) return null;
        try
        {
            FitResult result = FitResultFormat.Read(content);
            return timed[(fit.Id, fit.Attempt)] = new Timed(result.TrainSeconds, result.Origin?.Engine ?? ComputeOrigin.FirstEngine,
                result.Origin?.Device ?? ComputeDevice.Cpu);
        }
        catch (StoredFormatException)
        {
            return null;
        }
    }

    private sealed record Timed(double TrainSeconds, string Engine, string Device);
}
