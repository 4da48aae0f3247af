using FairMedl.Core.Fits;
using FairMedl.Core.Studies.Plan;
using FairMedl.Web.Components.Buttons;
using FairMedl.Web.Services.Datasets;
using FairMedl.Web.Studies.NewStudy;
using Xunit;

namespace FairMedl.Tests.Web.Studies;

public sealed class StudyCostTests
{
    private static StudyForm Form() => new(_ => (new ModelSettings(), new TrainingSettings())) { Name = "Adult" };

    [Fact]
    public void Cost_WithRecordedFits_NamesTheTimeAndItsBasis() => Assert.Equal(
        "20 fits (2 models × 10 folds × 1 seed). About 3 minutes on this machine, estimated from 40 recorded fits.",
        StudyCost.InWords(Form(), new StudyTimeForecast(TimeSpan.FromMinutes(3), new Dictionary<string, double> { ["medl"] = 9 }, [], 40)));

    [Fact]
    public void Cost_WithoutRecordedFits_IsUnknown() => Assert.Equal(
        "20 fits (2 models × 10 folds × 1 seed). Time unknown until the first fit with these settings finishes.",
        StudyCost.InWords(Form(), StudyTimeForecast.Unknown));

    [Fact]
    public void Cost_WithSomeModelsUnknown_NamesThem() => Assert.EndsWith(
        "Time unknown: no fit of Fair(ADB) MEDL with these settings has finished on this machine.",
        StudyCost.InWords(Form(), new StudyTimeForecast(null, new Dictionary<string, double> { ["medl"] = 9 }, ["fair-adb-medl"], 10)),
        StringComparison.Ordinal);

    [Fact]
    public void Question_OfADataSet_NamesTheFileUnlessAnotherDataSetReadsIt()
    {
        Assert.Contains("the stored file (1.0 kB)", DeletionQuestion.Of(new DatasetDeletion("a.csv", 10, 1024, [])), StringComparison.Ordinal);
        Assert.Contains("The file stays", DeletionQuestion.Of(new DatasetDeletion("a.csv", 10, 0, [])), StringComparison.Ordinal);
        Assert.Null(DeletionQuestion.Of(new DatasetDeletion("a.csv", 10, 1024, ["Adult"])));
    }
}
