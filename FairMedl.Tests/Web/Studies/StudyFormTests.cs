using FairMedl.Core.Fits;
using FairMedl.Core.Interpretation;
using FairMedl.Core.Studies.Definition;
using FairMedl.Tests.Web.Results;
using FairMedl.Web.Studies.NewStudy;
using FairMedl.Web.Studies.Settings;
using Xunit;

namespace FairMedl.Tests.Web.Studies;

public sealed class StudyFormTests
{
    private static StudyForm Form() => new(preset => preset == "paper"
        ? (new ModelSettings(), new TrainingSettings())
        : (new ModelSettings { LambdaMe = 0.25 }, new TrainingSettings { Epochs = 24 }))
    { Name = "Adult" };

    private static SettingField Field(string name) => SettingField.All.Single(f => f.Name == name);

    [Fact]
    public void Build_OfAFreshForm_ComparesMedlWithItsFairTwinAndChangesNothing()
    {
        StudyDefinition definition = Form().Build(SampleResults.Definition().Data);

        Assert.Equal(["medl", "fair-adb-medl"], definition.Models.Select(m => m.Model));
        Assert.Empty(definition.Settings);
        Assert.Equal(10, definition.Protocol.Folds);
        Assert.Null(definition.Protocol.FoldsToRun);
        Assert.Equal([1UL], definition.Protocol.Seeds);
    }

    [Fact]
    public void Build_WithChanges_WritesThemAndOnlyThem()
    {
        StudyForm form = Form();
        form.Type(Field("epochs"), "5");
        form.Type(Field("lambdaMe"), " 1e-4 ");
        form.Type(Field("lambdaG"), "0.2");
        form.Seeds = 3;
        form.QuickLook = true;

        StudyDefinition definition = form.Build(SampleResults.Definition().Data);

        Assert.Equal(["epochs", "lambdaMe"], definition.Settings.Keys);
        Assert.Equal(5, definition.Settings["epochs"].GetInt32());
        Assert.Equal(1e-4, definition.Settings["lambdaMe"].GetDouble());
        Assert.Equal([1UL, 2UL, 3UL], definition.Protocol.Seeds);
        Assert.Equal(1, definition.Protocol.FoldsToRun);
        Assert.Equal(6, form.Fits);
    }

    [Fact]
    public void StartFrom_SomeOfTheFolds_RunsThoseUntilAllAreAskedFor()
    {
        StudyForm form = Form();
        StudyDefinition start = SampleResults.Definition();
        form.StartFrom(start with { Protocol = start.Protocol with { FoldsToRun = 3 } });

        Assert.Equal((3, 3), (form.FirstFolds, form.Build(start.Data).Protocol.FoldsToRun));

        form.RunAllFolds();
        Assert.Null(form.FirstFolds);
        Assert.Null(form.Build(start.Data).Protocol.FoldsToRun);
    }

    [Fact]
    public void Build_WithAConstantThatNoChosenModelReads_LeavesItOut()
    {
        StudyForm form = Form();
        form.Type(Field("lambdaMe"), "9");
        form.Choose("fair-adb-medl", false);

        Assert.DoesNotContain(form.Fields, f => f.Name == "lambdaMe");
        Assert.Empty(form.Build(SampleResults.Definition().Data).Settings);
    }

    [Theory]
    [InlineData("epochs", "2.5", "whole")]
    [InlineData("epochs", "0", "out of range")]
    [InlineData("learningRate", "0,001", "not a number")]
    [InlineData("lambdaMe", "NaN", "not a number")]
    [InlineData("lambdaMe", "-1", "out of range")]
    public void Faults_OfAWrongConstant_NameItAndWhatIsWrong(string field, string text, string expected)
    {
        StudyForm form = Form();
        form.Type(Field(field), text);

        string fault = Assert.Single(form.Faults());
        Assert.StartsWith(Field(field).Setting.Symbol, fault, StringComparison.Ordinal);
        Assert.Contains(expected, fault, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => form.Build(SampleResults.Definition().Data));
    }

    [Fact]
    public void Fields_OfAllModels_AreEveryConstantOfTheCatalogue()
    {
        StudyForm form = Form();
        foreach (ModelKind model in ModelCatalogue.All) form.Choose(model.Id, true);

        Assert.Equal(SettingCatalogue.All.Select(s => s.Name), form.Fields.Select(f => f.Name));
        // What a field shows of a preset is what it reads.
        foreach (Preset preset in Preset.All)
            foreach (SettingField field in form.Fields)
                Assert.Null(field.Read(field.Default(preset.Model, preset.Training)).Fault);
    }

    [Theory]
    [InlineData("hidden", "32-32-8", "[32,32,8]")]
    [InlineData("attributeFactors", "age = 1.5; marital status = 0.2", "{\"age\":1.5,\"marital status\":0.2}")]
    [InlineData("threshold", "half", "\"half\"")]
    [InlineData("schedule", "constantThenCosine", "\"constantThenCosine\"")]
    [InlineData("classWeights", "false", "false")]
    [InlineData("clipNorm", "1e-12", "1E-12")]
    public void Build_WithAConstantOfAnyForm_WritesItAndReadsItBack(string name, string text, string expected)
    {
        StudyForm form = Form(), again = Form();
        form.Type(Field(name), text);
        StudyDefinition definition = form.Build(SampleResults.Definition().Data);
        again.StartFrom(definition);

        Assert.Equal(expected, definition.Settings[name].GetRawText());
        Assert.Equal(expected, again.Build(definition.Data).Settings[name].GetRawText());
    }

    [Theory]
    [InlineData("hidden", "4-x-4", "not a number")]
    [InlineData("hidden", "4-4.5", "whole")]
    [InlineData("hidden", "0-4", "out of range")]
    [InlineData("attributeFactors", "age 1.5", "attribute = number")]
    [InlineData("attributeFactors", "age = 1; age = 2", "twice")]
    [InlineData("unseenClusters", "none", "not one of soft, hard, fixedEffects")]
    public void Faults_OfAConstantOfAnyForm_SayWhatIsWrong(string name, string text, string expected)
    {
        StudyForm form = Form();
        form.Type(Field(name), text);

        Assert.Contains(expected, Assert.Single(form.Faults()), StringComparison.Ordinal);
    }

    [Fact]
    public void Probes_AreWrittenAndReadBack()
    {
        StudyForm form = Form(), again = Form();
        Assert.False(form.Build(SampleResults.Definition().Data).Protocol.Probes);
        form.Probes = true;
        StudyDefinition definition = form.Build(SampleResults.Definition().Data);
        again.StartFrom(definition);

        Assert.True(definition.Protocol.Probes);
        // Five is the default, so that definitions of earlier versions keep their hash.
        Assert.Null(definition.Protocol.ProbeSet);
        Assert.True(again.Probes);

        form.ProbeSet = ProbeSet.One;
        definition = form.Build(SampleResults.Definition().Data);
        again.StartFrom(definition);
        Assert.Equal((ProbeSet.One, ProbeSet.One), (definition.Protocol.ProbeSet, again.ProbeSet));
        again = Form();
        again.Restore(form.ToDraft());
        Assert.Equal(ProbeSet.One, again.ProbeSet);
    }

    [Fact]
    public void Faults_ListEverythingAtOnce()
    {
        StudyForm form = Form();
        form.Name = " ";
        form.Folds = 1;
        form.Seeds = 0;
        form.Choose("medl", false);
        form.Choose("fair-adb-medl", false);

        Assert.Equal(4, form.Faults().Count);
    }

    [Fact]
    public void Text_UnderAnotherPreset_FollowsItUnlessChanged()
    {
        StudyForm form = Form();
        form.Type(Field("lambdaMe"), "0.3");
        Assert.Equal("24", form.Text(Field("epochs")));
        form.Preset = "paper";

        Assert.Equal("20", form.Text(Field("epochs")));
        form.Preset = "recommended";
        Assert.Equal("0.3", form.Text(Field("lambdaMe")));
        form.Type(Field("lambdaMe"), "");
        Assert.Equal("0.25", form.Text(Field("lambdaMe")));
        Assert.False(form.IsChanged(Field("lambdaMe")));
    }

    [Fact]
    public void StartFrom_ThenBuild_GivesTheSameStudy()
    {
        StudyForm first = Form();
        first.Type(Field("lambdaMe"), "0.3");
        first.Seeds = 2;
        StudyDefinition original = first.Build(SampleResults.Definition().Data);
        original = original with
        {
            Settings = new Dictionary<string, System.Text.Json.JsonElement>(original.Settings) { ["clipNorm"] = System.Text.Json.JsonSerializer.SerializeToElement(2) },
        };

        StudyForm second = Form();
        second.StartFrom(original);
        StudyDefinition again = second.Build(original.Data);

        Assert.Equal(original.Settings.OrderBy(s => s.Key).Select(s => $"{s.Key}={s.Value}"), again.Settings.Select(s => $"{s.Key}={s.Value}"));
        Assert.Equal(original.Models, again.Models);
        Assert.Equal(original.Protocol.Seeds, again.Protocol.Seeds);
        Assert.Equal(original.Name, again.Name);
    }

    [Fact]
    public void AFreshForm_IsRecommendedAndADefinitionWithoutPresetIsThePapers()
    {
        StudyForm form = Form();
        Assert.Equal("recommended", form.Preset);

        form.StartFrom(SampleResults.Definition());
        Assert.Equal("paper", form.Preset);
    }

    [Fact]
    public void Build_SaysWhatHappensToTheValidationFold()
    {
        StudyForm form = Form();
        StudyDefinition Built() => form.Build(SampleResults.Definition().Data);

        Assert.False(Built().Protocol.ValidationFold);
        form.Type(Field("thresholdRows"), "validation");
        Assert.True(Built().Protocol.ValidationFold);
        form.Type(Field("thresholdRows"), null);
        form.Type(Field("epochSelection"), "composite");
        Assert.True(Built().Protocol.ValidationFold);
        form.Type(Field("epochSelection"), null);
        form.Preset = "paper";
        Assert.True(Built().Protocol.ValidationFold);
        form.Folds = 2;
        Assert.False(Built().Protocol.ValidationFold);
    }

    [Theory]
    [InlineData("recommended", true, true, true)]
    [InlineData("recommended", false, false, false)]
    [InlineData("recommended", null, false, false)]
    [InlineData("paper", false, false, true)]
    [InlineData("paper", null, true, false)]
    public void StartFrom_KeepsWhatADefinitionSaysOfTheValidationFold(string preset, bool? said, bool expected, bool isKept)
    {
        StudyForm form = Form(), restored = Form();
        StudyDefinition start = SampleResults.Definition() with { Preset = preset };
        form.StartFrom(start with { Protocol = start.Protocol with { ValidationFold = said, MinimumGroup = 12 } });
        restored.Restore(form.ToDraft());

        foreach (StudyForm kept in new[] { form, restored })
        {
            Assert.Equal((expected, isKept), kept.Validation(start.Data));
            Assert.Equal(expected, kept.Build(start.Data).Protocol.ValidationFold);
            Assert.Equal(12, kept.Build(start.Data).Protocol.MinimumGroup);
            // Another preset decides anew.
            kept.Preset = preset == "paper" ? "recommended" : "paper";
            Assert.Equal((preset != "paper", false), kept.Validation(start.Data));
        }
    }

    [Fact]
    public void StartFrom_ADefinitionWithoutTheFoldThatASettingReads_HoldsItOutOnceTheSettingIsMade()
    {
        StudyForm form = Form();
        StudyDefinition start = SampleResults.Definition();
        form.StartFrom(start with { Protocol = start.Protocol with { ValidationFold = false } });
        Assert.False(form.Build(start.Data).Protocol.ValidationFold);

        form.Type(Field("epochSelection"), "composite");
        Assert.True(form.Build(start.Data).Protocol.ValidationFold);
    }

    [Theory]
    [InlineData("epochs", "auto")]
    [InlineData("epochs", "Auto")]
    [InlineData("lambdaK", "auto")]
    [InlineData("lambdaK", "1e-5")]
    public void AHyperparameterThatMayBeAuto_TakesTheWordOrANumber(string name, string text)
    {
        StudyForm form = Form();
        form.Type(Field(name), text);
        StudyDefinition definition = form.Build(SampleResults.Definition().Data);

        Assert.Equal(char.IsLetter(text[0]) ? "\"auto\"" : "1E-05", definition.Settings[name].GetRawText());
        StudyForm again = Form();
        again.StartFrom(definition);
        Assert.Equal(definition.Settings[name].GetRawText(), again.Build(definition.Data).Settings[name].GetRawText());
        Assert.StartsWith("auto, or ", Field(name).Range, StringComparison.Ordinal);
        Assert.Equal("auto", Field(name).Example);
    }

    [Theory]
    [InlineData("epochs", "automatic")]
    [InlineData("lambdaK", "none")]
    public void Faults_OfAHyperparameterThatMayBeAuto_NameTheWord(string name, string text)
    {
        StudyForm form = Form();
        form.Type(Field(name), text);

        Assert.EndsWith("Or write auto.", Assert.Single(form.Faults()), StringComparison.Ordinal);
    }

    [Fact]
    public void AutoValue_SaysWhatAutoStandsFor()
    {
        StudyForm form = Form();
        Assert.Null(AutoValue.Of(form, Field("epochs"), 18_400));
        form.Type(Field("epochs"), "auto");
        form.Type(Field("lambdaK"), "auto");

        // 144 batches of 128 rows, 24 epochs at least.
        Assert.Equal("auto: about 24 epochs, 3,456 steps", AutoValue.Of(form, Field("epochs"), 18_400));
        Assert.Equal("auto: about 250 epochs, 2,500 steps", AutoValue.Of(form, Field("epochs"), 1_280));
        Assert.Equal("auto: as many as 2,500 steps take, at least 24", AutoValue.Of(form, Field("epochs"), null));
        Assert.Equal("auto: mean weight of a row divided by about 18,400 training rows", AutoValue.Of(form, Field("lambdaK"), 18_400));
        form.Type(Field("batchSize"), "many");
        Assert.Equal("auto: as many as 2,500 steps take, at least 24", AutoValue.Of(form, Field("epochs"), 18_400));
    }
}
