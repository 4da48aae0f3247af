using FairMedl.Core.Training;

namespace FairMedl.Core.Experiments;

/// <summary>Where a gathering reads fits from, a few at a time, so that a large study's predictions are never in memory at once.</summary>
public interface IFitSource
{
    /// <summary>The fits that are done.</summary>
    IReadOnlyList<FitKey> Keys { get; }

    /// <summary>Some of them, in the order asked for; may be called from several threads.</summary>
    IReadOnlyList<FitResult> Read(IReadOnlyList<FitKey> keys);
}
