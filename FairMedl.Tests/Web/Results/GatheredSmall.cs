using FairMedl.Core.Studies.Gathering;
using FairMedl.Core.Studies.Plan;
using FairMedl.Tests.Studies;

namespace FairMedl.Tests.Web.Results;

/// <summary>A small study that was really trained, with its scores; once for all tests.</summary>
internal static class GatheredSmall
{
    private static readonly Lazy<GatheredStudy> Made = new(() =>
    {
        StudyPlan plan = StudyPlan.Create(SmallStudy.Definition("nnet", "medl", "fair-adb-medl"), SmallStudy.Table());
        return StudyGathering.Gather(plan, new FitsInMemory(FitsInMemory.Of(plan)));
    });

    public static GatheredStudy Study => Made.Value;
}
