using FairMedl.Core.Data;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Studies.Plan;

namespace FairMedl.Web.Services.Compute;

/// <summary>Chooses the engine and device of a study's fits.</summary>
public interface IFitCompute
{
    /// <summary>The engine and device, measured where the choice depends on speed. Long work: call it on a thread of its own.</summary>
    /// <param name="own">The study's own choice; null = as configured.</param>
    /// <param name="plan">The study.</param>
    /// <param name="cancellation">Cancels the measurement.</param>
    /// <exception cref="InputException">The engine or device is not available, with the reason and what to do.</exception>
    ComputeTarget Choose(ComputeChoice? own, StudyPlan plan, CancellationToken cancellation);
}
