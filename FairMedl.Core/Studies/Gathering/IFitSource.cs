using FairMedl.Core.Fits;

namespace FairMedl.Core.Studies.Gathering;

/// <summary>Where a gathering reads fits from, a few at a time, so that a large study's predictions are never in memory at once.</summary>
public interface IFitSource
{
    /// <summary>The fits that are done and can be read.</summary>
    IReadOnlyList<FitKey> Keys { get; }

    /// <summary>Finished fits that are left out because their results cannot be read.</summary>
    IReadOnlyList<UnreadableFit> Unreadable => [];

    /// <summary>Returns the results for the given keys, in the same order. Thread-safe.</summary>
    IReadOnlyList<FitResult> Read(IReadOnlyList<FitKey> keys);
}

/// <summary>A finished fit whose result cannot be read.</summary>
/// <param name="Key">Which fit.</param>
/// <param name="Reason">Why, and what to do about it.</param>
public sealed record UnreadableFit(FitKey Key, string Reason)
{
    /// <summary>A sentence on fits that cannot be read; null where there is none. It names the first few.</summary>
    public static string? InWords(IReadOnlyList<UnreadableFit> fits)
    {
        const int most = 3;
        if (fits.Count == 0) return null;
        string named = string.Join(" ", fits.Take(most).Select(f => $"{f.Key}: {f.Reason}"));
        string count = fits.Count == 1 ? "1 finished fit cannot be read and is" : $"{fits.Count} finished fits cannot be read and are";
        return $"{count} left out of the results. {named}{(fits.Count > most ? $" And {fits.Count - most} more." : "")}";
    }
}
