using System.Text.Json;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Plan;
using Xunit;

namespace FairMedl.Tests.Studies;

public sealed class StudyTimeForecastTests
{
    private const int Rows = 10_000;
    private static readonly StudyDefinition Earlier = With(SmallStudy.Definition("nnet", "medl"), epochs: 20, folds: 10);

    [Fact]
    public void Of_EqualShape_DividesTheFitsOfEveryModelByTheThreads()
    {
        StudyDefinition again = Earlier with { Name = "again", Protocol = Earlier.Protocol with { Seeds = [3, 4] } };

        StudyTimeForecast forecast = StudyTimeForecast.Of(again, Rows, [Fit("nnet", 2, .5), Fit("nnet", 2.4, .5), Fit("nnet", 30, .5), Fit("medl", 6, 1.5)], threads: 2);

        Assert.Equal(2.9, forecast.SecondsPerFit["nnet"], 9);
        Assert.Equal(20 * (2.9 + 7.5) / 2, forecast.Time!.Value.TotalSeconds, 6);
        Assert.Equal((4, 0), (forecast.RecordedFits, forecast.UnknownModels.Count));
    }

    [Fact]
    public void Of_FewFits_TakesAtLeastTheLongest()
    {
        StudyDefinition one = Earlier with { Protocol = Earlier.Protocol with { FoldsToRun = 1 } };

        Assert.Equal(7.5, StudyTimeForecast.Of(one, Rows, [Fit("nnet", 2, .5), Fit("medl", 6, 1.5)], threads: 16).Time!.Value.TotalSeconds, 6);
    }

    [Theory]
    [InlineData(20_000, 20, 10, 2 * 4 + 2 * 1)]
    [InlineData(10_000, 60, 10, 3 * 4 + 1)]
    [InlineData(10_000, 20, 5, 4 * 3 / 5.0 * 10 / 8 + 1)]
    [InlineData(5_000, 40, 10, 4 + .5)]
    public void Of_OtherRowsEpochsOrFolds_ScalesTrainingByBothAndTheRestByRows(int rows, int epochs, int folds, double seconds) =>
        Assert.Equal(seconds, StudyTimeForecast.Of(With(Earlier, epochs, folds), rows, [Fit("nnet", 4, 1), Fit("medl", 4, 1)], 1).SecondsPerFit["nnet"], 9);

    [Fact]
    public void Of_SeveralLengths_PrefersTheClosest()
    {
        RecordedFit far = Fit("nnet", 100, 0) with { Rows = 4 * Rows };

        Assert.Equal(4, StudyTimeForecast.Of(Earlier, Rows, [far, Fit("nnet", 4, 0), far], 1).SecondsPerFit["nnet"], 9);
    }

    [Fact]
    public void Of_AModelWithoutRecordedFits_IsUnknownAndNamesIt()
    {
        StudyTimeForecast forecast = StudyTimeForecast.Of(Earlier, Rows, [Fit("nnet", 2, .5)], 2);

        Assert.Null(forecast.Time);
        Assert.Equal(["medl"], forecast.UnknownModels);
        Assert.Equal(2.5, forecast.SecondsPerFit["nnet"], 9);
    }

    [Theory]
    [InlineData("hidden")]
    [InlineData("batchSize")]
    [InlineData("features")]
    [InlineData("bins")]
    [InlineData("probes")]
    [InlineData("rows")]
    [InlineData("epochs")]
    public void Of_AnotherShapeOrAFarLength_IsUnknown(string change)
    {
        StudyDefinition other = change switch
        {
            "hidden" => Set("hidden", new[] { 32, 32, 32 }),
            "batchSize" => Set("batchSize", 512),
            "features" => Earlier with { Data = Earlier.Data with { Features = ["x1", "x2", "sex", "age"] } },
            "bins" => Earlier with { Data = Earlier.Data with { Sensitive = [new("sex"), new("age")] } },
            "probes" => Earlier with { Protocol = Earlier.Protocol with { Probes = true } },
            "epochs" => With(Earlier, 200, 10),
            _ => Earlier,
        };

        StudyTimeForecast forecast = StudyTimeForecast.Of(other, change == "rows" ? 9 * Rows : Rows, [Fit("nnet", 2, .5), Fit("medl", 2, .5)], 2);

        Assert.Null(forecast.Time);
        Assert.Equal(["nnet", "medl"], forecast.UnknownModels);
    }

    [Fact]
    public void Of_AHyperparameterThatChangesNoSize_KeepsTheForecast() =>
        Assert.NotNull(StudyTimeForecast.Of(Set("learningRate", 0.01), Rows, [Fit("nnet", 2, .5), Fit("medl", 2, .5)], 2).Time);

    [Fact]
    public void Of_ADefinitionWithFaults_IsUnknown() =>
        Assert.Null(StudyTimeForecast.Of(Earlier with { Models = [new("no-such-model")] }, Rows, [Fit("nnet", 2, .5)], 2).Time);

    private static RecordedFit Fit(string model, double training, double other) =>
        new(FitShape.Of(Earlier, Rows).Single(l => l.Shape.Model == model), Rows, 10, training, other);

    private static StudyDefinition Set(string name, object value) => Earlier with
    {
        Settings = new Dictionary<string, JsonElement>(Earlier.Settings) { [name] = JsonSerializer.SerializeToElement(value) },
    };

    private static StudyDefinition With(StudyDefinition definition, int epochs, int folds) => definition with
    {
        Protocol = definition.Protocol with { Folds = folds },
        Settings = new Dictionary<string, JsonElement>(definition.Settings) { ["epochs"] = JsonSerializer.SerializeToElement(epochs) },
    };
}
