using FairMedl.Core.Data;
using FairMedl.Core.Experiments;
using Xunit;

namespace FairMedl.Tests.Experiments;

public sealed class ExperimentJsonTests
{
    [Fact]
    public void Parse_OfWhatWasWritten_IsTheSameDefinition()
    {
        ExperimentDefinition definition = SmallStudy.Definition("nnet", "fair-adb-medl");
        ExperimentDefinition read = ExperimentJson.Parse(ExperimentJson.Write(definition));
        Assert.Equal(ExperimentJson.Write(definition), ExperimentJson.Write(read));
        Assert.Equal(ExperimentJson.Hash(definition), ExperimentJson.Hash(read));
    }

    [Fact]
    public void Hash_OfSettingsInAnotherOrder_IsTheSame()
    {
        ExperimentDefinition one = SmallStudy.Definition("nnet") with { Settings = SmallStudy.Settings(("epochs", 2), ("lambdaG", 0.1)) };
        ExperimentDefinition other = one with { Settings = SmallStudy.Settings(("lambdaG", 0.1), ("epochs", 2)) };
        ExperimentDefinition changed = one with { Settings = SmallStudy.Settings(("lambdaG", 0.2), ("epochs", 2)) };
        Assert.Equal(ExperimentJson.Hash(one), ExperimentJson.Hash(other));
        Assert.NotEqual(ExperimentJson.Hash(one), ExperimentJson.Hash(changed));
    }

    [Theory]
    [InlineData("\"epochs\": 2", "\"epochs\": 0", "$.settings.epochs")]
    [InlineData("\"epochs\": 2", "\"epochs\": \"many\"", "$.settings.epochs")]
    [InlineData("\"epochs\": 2", "\"epoch\": 2", "$.settings.epoch")]
    [InlineData("\"epochs\": 2", "\"hidden\": [4, 0]", "$.settings.hidden")]
    [InlineData("\"epochs\": 2", "\"attributeFactors\": {\"salary\": 2}", "$.settings")]
    [InlineData("\"folds\": 3", "\"folds\": 1", "$.protocol.folds")]
    [InlineData("\"folds\": 3", "\"folds\": 3, \"foldsToRun\": 4", "$.protocol.foldsToRun")]
    [InlineData("\"folds\": 3", "\"fold\": 3", "$.protocol.fold")]
    [InlineData("\"epochs\": 2", "\"lambdaY\": 0", "$.settings.lambdaY")]
    [InlineData("\"epochs\": 2", "\"epochs\": 2, \"epochs\": 3", "$.settings.epochs")]
    [InlineData("\"x1\"", "null", "$.data.features[0]")]
    [InlineData("\"yes\"", "null", "$.data.target.positive[0]")]
    [InlineData("\"models\": [", "\"models\": [ null,", "$.models[0]")]
    [InlineData("\"nnet\"", "\"net\"", "$.models[0].model")]
    [InlineData("\"paper\"", "\"best\"", "$.preset")]
    [InlineData("\"formatVersion\": 1", "\"formatVersion\": 2", "$.formatVersion")]
    [InlineData("\"target\": {", "\"target\": 3, \"x\": {", "$.data.target")]
    public void Parse_OfAFaultyDefinition_NamesThePlace(string text, string faulty, string path)
    {
        string json = ExperimentJson.Write(SmallStudy.Definition("nnet"));
        Assert.Contains(text, json, StringComparison.Ordinal);
        InputException e = Assert.Throws<InputException>(() => ExperimentJson.Parse(json.Replace(text, faulty, StringComparison.Ordinal)));
        InputFault fault = Assert.Single(e.Faults);
        Assert.Equal(path, fault.Path);
        Assert.NotEmpty(fault.Remedy);
        Assert.DoesNotContain("FairMedl.", fault.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("da", "lambdaG")]
    [InlineData("fair-adb-nnet", "lambdaFe")]
    [InlineData("fair-acl-da", "lambdaS")]
    public void Parse_OfAModelWithoutWhatMakesIt_IsAFault(string model, string weight)
    {
        ExperimentDefinition definition = SmallStudy.Definition(model) with { Settings = SmallStudy.Settings((weight, 0)) };
        InputException e = Assert.Throws<InputException>(() => ExperimentJson.Parse(ExperimentJson.Write(definition)));
        Assert.Equal("$.models[0]", Assert.Single(e.Faults).Path);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"name\":\"x\"}")]
    public void Parse_OfWhatIsNoDefinition_IsAnInputFault(string json) =>
        Assert.NotEmpty(Assert.Throws<InputException>(() => ExperimentJson.Parse(json)).Faults);
}
