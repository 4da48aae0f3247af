using FairMedl.Core.Fits;
using FairMedl.Core.Storage.Formats;
using FairMedl.Core.Studies.Gathering;
using Microsoft.EntityFrameworkCore;

namespace FairMedl.Core.Storage.Stores;

/// <summary>Thrown when stored results are missing or unreadable, with the reason for each. Their fits keep their state.</summary>
public sealed class UnreadableFitException(IReadOnlyList<UnreadableFit> fits)
    : Exception(string.Join(Environment.NewLine, fits.Select(f => $"{f.Key}: {f.Reason}")))
{
    /// <summary>The fits that cannot be read.</summary>
    public IReadOnlyList<UnreadableFit> Fits => fits;
}

/// <summary>
/// The finished fits of a study, read from the database a few at a time. Reading changes nothing: a fit whose stored result is
/// missing, damaged or of an unknown version is reported and can be trained again.
/// </summary>
public sealed class StoredFitSource : IFitSource
{
    private const int AtOnce = 16;
    private readonly IDbContextFactory<StudyDatabase> databases;
    private readonly Dictionary<FitKey, int> ids;

    internal StoredFitSource(IDbContextFactory<StudyDatabase> databases, IReadOnlyList<(FitKey Key, int Id)> fits)
    {
        this.databases = databases;
        ids = fits.ToDictionary(f => f.Key, f => f.Id);
        Keys = [.. fits.Select(f => f.Key)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<FitKey> Keys { get; private init; }

    /// <inheritdoc/>
    public IReadOnlyList<UnreadableFit> Unreadable { get; private init; } = [];

    /// <summary>
    /// Returns what <paramref name="gather"/> makes of the fits. If it meets an unreadable one, it is called once more without all
    /// that cannot be read, which <see cref="Unreadable"/> then lists.
    /// </summary>
    public T Gather<T>(Func<StoredFitSource, T> gather)
    {
        try
        {
            return gather(this);
        }
        catch (UnreadableFitException)
        {
            return gather(Readable());
        }
    }

    /// <inheritdoc/>
    /// <exception cref="UnreadableFitException">At least one result is missing or unreadable.</exception>
    public IReadOnlyList<FitResult> Read(IReadOnlyList<FitKey> keys)
    {
        using StudyDatabase database = databases.CreateDbContext();
        int[] wanted = [.. keys.Select(k => ids[k])];
        var contents = database.Results.AsNoTracking().Where(r => wanted.Contains(r.FitId)).ToDictionary(r => r.FitId, r => r.Content);
        var results = new List<FitResult>(keys.Count);
        var unreadable = new List<UnreadableFit>();
        foreach (FitKey key in keys)
        {
            try
            {
                results.Add(FitResultFormat.Read(contents.GetValueOrDefault(ids[key])
                    ?? throw new StoredFormatException("The stored result is missing. Run the fit again.")));
            }
            catch (StoredFormatException e)
            {
                unreadable.Add(new UnreadableFit(key, e.Message));
            }
        }

        return unreadable.Count == 0 ? results : throw new UnreadableFitException(unreadable);
    }

    /// <summary>The same fits without those that cannot be read. Reads all of them once, a few at a time.</summary>
    private StoredFitSource Readable()
    {
        var unreadable = new List<UnreadableFit>(Unreadable);
        foreach (FitKey[] some in Keys.Chunk(AtOnce))
        {
            try
            {
                Read(some);
            }
            catch (UnreadableFitException e)
            {
                unreadable.AddRange(e.Fits);
            }
        }

        HashSet<FitKey> lost = [.. unreadable.Select(f => f.Key)];
        return new StoredFitSource(databases, [.. Keys.Where(k => !lost.Contains(k)).Select(k => (k, ids[k]))]) { Unreadable = unreadable };
    }
}
