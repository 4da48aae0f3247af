using FairMedl.Core.Experiments;
using FairMedl.Tests.Experiments;

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
