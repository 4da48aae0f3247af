using FairMedl.Core.Data;
using FairMedl.Core.Data.Tables;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Studies.Definition;
using FairMedl.Web.Jobs;

namespace FairMedl.Web.Services.Studies;

/// <summary>Plans the fits of a study.</summary>
public interface IStudyPlanner
{
    /// <summary>Creates the plan of a definition on its data.</summary>
    /// <param name="definition">The study.</param>
    /// <param name="table">Its data.</param>
    /// <param name="compute">The study's own choice of engine and device; null = as configured.</param>
    /// <exception cref="InputException">The definition does not fit the data.</exception>
    IStudyWork Plan(StudyDefinition definition, Table table, ComputeChoice? compute = null);
}
