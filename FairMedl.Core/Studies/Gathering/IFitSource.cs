using FairMedl.Core.Fits;

namespace FairMedl.Core.Studies.Gathering;

/// <summary>Where a gathering reads fits from, a few at a time, so that a large study's predictions are never in memory at once.</summary>
public interface IFitSource
{
    /// <summary>The fits that are done.</summary>
    IReadOnlyList<FitKey> Keys { get; }

    /// <summary>Returns the results for the given keys, in the same order. Thread-safe.</summary>
    IReadOnlyList<FitResult> Read(IReadOnlyList<FitKey> keys);
}
