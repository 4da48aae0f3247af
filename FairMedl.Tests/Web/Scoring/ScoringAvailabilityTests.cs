using FairMedl.Core.Storage;
using FairMedl.Core.Studies.Definition;
using FairMedl.Tests.Studies;
using FairMedl.Tests.Web.Studies;
using FairMedl.Web.Services.Scoring;
using FairMedl.Web.Services.Studies;
using Xunit;

namespace FairMedl.Tests.Web.Scoring;

public sealed class ScoringAvailabilityTests
{
    private static readonly StudyDefinition Definition = SmallStudy.Definition("medl");

    [Fact]
    public void Of_AStudy_NeedsAFinishedFitWithAStoredModelAndNoProbes()
    {
        StudyDetail running = FakeStudyService.Study(1, StudyState.Running, FitState.Running) with { Definition = Definition };
        StudyDetail done = FakeStudyService.Study(1, StudyState.Done, FitState.Done) with { Definition = Definition };
        StudyDetail probed = done with { Definition = Definition with { Protocol = Definition.Protocol with { Probes = true } } };
        HashSet<string> stored = ["medl"];

        Assert.Equal(["medl"], ScoringAvailability.Of(done, stored).Models);
        Assert.Null(ScoringAvailability.Of(done, stored).Obstacle);
        Assert.Contains("finished yet", ScoringAvailability.Of(running, stored).Obstacle!, StringComparison.Ordinal);
        Assert.Contains("before trained models were stored", ScoringAvailability.Of(done, new HashSet<string>()).Obstacle!, StringComparison.Ordinal);
        Assert.Contains("confounding probes", ScoringAvailability.Of(probed, stored).Obstacle!, StringComparison.Ordinal);
    }
}
