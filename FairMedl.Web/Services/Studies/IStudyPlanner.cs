using FairMedl.Core.Data;
using FairMedl.Core.Data.Tables;
using FairMedl.Core.Studies.Definition;
using FairMedl.Web.Jobs;

namespace FairMedl.Web.Services.Studies;

/// <summary>Plans the fits of a study.</summary>
public interface IStudyPlanner
{
    /// <summary>Creates the plan of a definition on its data.</summary>
    /// <exception cref="InputException">The definition does not fit the data.</exception>
    IStudyWork Plan(StudyDefinition definition, Table table);
}
