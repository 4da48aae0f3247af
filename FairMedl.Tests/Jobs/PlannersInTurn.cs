using FairMedl.Core.Data.Tables;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Studies.Definition;
using FairMedl.Web.Jobs;
using FairMedl.Web.Services.Studies;

namespace FairMedl.Tests.Jobs;

/// <summary>Plans each study with the next of several planners.</summary>
public sealed class PlannersInTurn(params IStudyPlanner[] planners) : IStudyPlanner
{
    private int planned;

    public IStudyWork Plan(StudyDefinition definition, Table table, ComputeChoice? compute = null) =>
        planners[Interlocked.Increment(ref planned) - 1].Plan(definition, table, compute);
}
