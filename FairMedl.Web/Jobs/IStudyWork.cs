using FairMedl.Core.Data;
using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Storage.Stores;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Web.Jobs;

/// <summary>The plans of stored studies. It is the only access of the jobs to definitions and data.</summary>
public interface IStudyWorks
{
    /// <summary>A study's plan on its data.</summary>
    /// <exception cref="InputException">The study or its data was deleted, or the definition does not fit the data.</exception>
    Task<IStudyWork> OpenAsync(int studyId, CancellationToken cancellation = default);
}

/// <summary>The plan of one study, bound to its data. Thread-safe.</summary>
public interface IStudyWork
{
    /// <summary>The study's rows.</summary>
    StudyData Data { get; }

    /// <summary>Every fit in the plan's order.</summary>
    IReadOnlyList<NewFit> Fits { get; }

    /// <summary>
    /// The engine and device of the study's fits, chosen at the first call; null where the work needs none.
    /// </summary>
    /// <exception cref="InputException">They are not available, with the reason and what to do.</exception>
    Task<ComputeTarget?> ComputeAsync(CancellationToken cancellation) => Task.FromResult<ComputeTarget?>(null);

    /// <summary>Runs one fit on the calling thread. The result does not depend on when or where it runs.</summary>
    FitResult Run(FitKey fit, IProgress<EpochLosses>? progress, CancellationToken cancellation);

    /// <summary>The study's results from its finished fits, which are read a few at a time.</summary>
    GatheredStudy Gather(IFitSource fits);
}
