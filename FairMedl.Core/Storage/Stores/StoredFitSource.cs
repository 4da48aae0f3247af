using FairMedl.Core.Fits;
using FairMedl.Core.Storage.Formats;
using FairMedl.Core.Studies.Gathering;
using Microsoft.EntityFrameworkCore;

namespace FairMedl.Core.Storage.Stores;

/// <summary>Thrown when a stored result is missing or unreadable. Its fit has been marked as failed, with the reason.</summary>
public sealed class UnreadableFitException(string message) : Exception(message);

/// <summary>
/// The finished fits of a study, read from the database a few at a time. A fit whose stored result is missing, damaged or of
/// another version is marked as Failed with the reason and can be retried; the caller must then start reading again.
/// </summary>
public sealed class StoredFitSource : IFitSource
{
    private readonly IDbContextFactory<StudyDatabase> databases;
    private readonly Dictionary<FitKey, int> ids;

    internal StoredFitSource(IDbContextFactory<StudyDatabase> databases, IReadOnlyList<(FitKey Key, int Id)> fits)
    {
        this.databases = databases;
        ids = fits.ToDictionary(f => f.Key, f => f.Id);
        Keys = [.. fits.Select(f => f.Key)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<FitKey> Keys { get; }

    /// <inheritdoc/>
    /// <exception cref="UnreadableFitException">At least one result is missing or unreadable.</exception>
    public IReadOnlyList<FitResult> Read(IReadOnlyList<FitKey> keys)
    {
        using StudyDatabase database = databases.CreateDbContext();
        int[] wanted = [.. keys.Select(k => ids[k])];
        var contents = database.Results.AsNoTracking().Where(r => wanted.Contains(r.FitId)).ToDictionary(r => r.FitId, r => r.Content);
        var results = new List<FitResult>(keys.Count);
        var unreadable = new List<string>();
        foreach (FitKey key in keys)
        {
            try
            {
                results.Add(FitResultFormat.Read(contents.GetValueOrDefault(ids[key])
                    ?? throw new StoredFormatException("The stored result is missing. Run the fit again.")));
            }
            catch (StoredFormatException e)
            {
                int id = ids[key];
                database.Fits.Where(f => f.Id == id && f.State == FitState.Done)
                    .ExecuteUpdate(s => s.SetProperty(f => f.State, FitState.Failed).SetProperty(f => f.Error, e.Message));
                unreadable.Add($"{key}: {e.Message}");
            }
        }

        return unreadable.Count == 0 ? results : throw new UnreadableFitException(string.Join(Environment.NewLine, unreadable));
    }
}
