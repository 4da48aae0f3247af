using FairMedl.Core.Data;
using FairMedl.Core.Experiments;
using FairMedl.Core.Storage;
using FairMedl.Core.Training;

namespace FairMedl.Web.Jobs;

/// <summary>Turns what was asked for into work. The jobs know experiments by this alone.</summary>
public interface IStudyPlanner
{
    /// <summary>Lays a definition over its table.</summary>
    /// <exception cref="InputException">The definition does not fit the data.</exception>
    IStudyWork Plan(ExperimentDefinition definition, Table table);
}

/// <summary>The work of one study. Safe to use from several threads.</summary>
public interface IStudyWork
{
    /// <summary>The study's rows.</summary>
    StudyData Data { get; }

    /// <summary>Every fit in the plan's order.</summary>
    IReadOnlyList<NewFit> Fits { get; }

    /// <summary>Runs one fit on the calling thread: the same result whenever and wherever it runs.</summary>
    FitResult Run(FitKey fit, IProgress<EpochLosses>? progress, CancellationToken cancellation);

    /// <summary>The study's numbers from the fits that are done, read a few at a time.</summary>
    GatheredStudy Gather(IFitSource fits);
}
