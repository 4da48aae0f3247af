using System.Text.Json;
using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fits;
using FairMedl.Core.Studies.Definition;
using Xunit;

namespace FairMedl.Tests.Studies;

public sealed class StudyJsonTests
{
    [Fact]
    public void Parse_OfWrittenJson_ReturnsTheSameDefinition()
    {
        StudyDefinition definition = SmallStudy.Definition("nnet", "fair-adb-medl");
        StudyDefinition read = StudyJson.Parse(StudyJson.Write(definition));
        Assert.Equal(StudyJson.Write(definition), StudyJson.Write(read));
        Assert.Equal(StudyJson.Hash(definition), StudyJson.Hash(read));
    }

    [Fact]
    public void Hash_OfSettingsInAnotherOrder_IsTheSame()
    {
        StudyDefinition one = SmallStudy.Definition("nnet") with { Settings = SmallStudy.Settings(("epochs", 2), ("lambdaG", 0.1)) };
        StudyDefinition other = one with { Settings = SmallStudy.Settings(("lambdaG", 0.1), ("epochs", 2)) };
        StudyDefinition changed = one with { Settings = SmallStudy.Settings(("lambdaG", 0.2), ("epochs", 2)) };
        Assert.Equal(StudyJson.Hash(one), StudyJson.Hash(other));
        Assert.NotEqual(StudyJson.Hash(one), StudyJson.Hash(changed));
    }

    [Fact]
    public void Parse_OfBinsUnderTheirOlderName_IsTheSameDefinition()
    {
        StudyDefinition definition = SmallStudy.Definition("nnet");
        definition = definition with { Data = definition.Data with { Sensitive = [new SensitiveSpecification("age", [30, 45])] } };
        string json = StudyJson.Write(definition);
        Assert.Contains("\"bins\": [", json, StringComparison.Ordinal);
        Assert.DoesNotContain("brackets", json, StringComparison.Ordinal);

        StudyDefinition read = StudyJson.Parse(json.Replace("\"bins\":", "\"brackets\":", StringComparison.Ordinal));
        Assert.Equal([30, 45], read.Data.Sensitive[0].Bins!);
        Assert.Equal(json, StudyJson.Write(read));
        Assert.Equal(StudyJson.Hash(definition), StudyJson.Hash(read));
    }

    [Theory]
    [InlineData("\"bins\": [30], \"brackets\": [45]", "Both 'bins' and its older name 'brackets' are given.")]
    [InlineData("\"brackets\": [30], \"bins\": [45]", "Both 'bins' and its older name 'brackets' are given.")]
    [InlineData("\"brackets\": 30", "Found the number 30, expected a list of numbers.")]
    public void Parse_OfBinsUnderBothNamesOrNoList_NamesTheOlderField(string bins, string what)
    {
        string json = StudyJson.Write(SmallStudy.Definition("nnet"));
        const string Sex = "\"column\": \"sex\"";
        Assert.Contains(Sex, json, StringComparison.Ordinal);
        InputException e = Assert.Throws<InputException>(() => StudyJson.Parse(json.Replace(Sex, $"{Sex}, {bins}", StringComparison.Ordinal)));
        InputFault fault = Assert.Single(e.Faults);
        Assert.Equal(what, fault.What);
        Assert.EndsWith(".brackets", fault.Path, StringComparison.Ordinal);
        Assert.NotNull(fault.Line);
    }

    [Theory]
    [InlineData("\"epochs\": 2", "\"epochs\": 0", "$.settings.epochs")]
    [InlineData("\"epochs\": 2", "\"epochs\": \"many\"", "$.settings.epochs")]
    [InlineData("\"epochs\": 2", "\"epoch\": 2", "$.settings.epoch")]
    [InlineData("\"epochs\": 2", "\"hidden\": [4, 0]", "$.settings.hidden")]
    [InlineData("\"epochs\": 2", "\"attributeFactors\": {\"salary\": 2}", "$.settings")]
    [InlineData("\"folds\": 3", "\"folds\": 1", "$.protocol.folds")]
    [InlineData("\"folds\": 3", "\"folds\": 3, \"foldsToRun\": 4", "$.protocol.foldsToRun")]
    [InlineData("\"folds\": 3", "\"folds\": 3, \"minimumGroup\": -1", "$.protocol.minimumGroup")]
    [InlineData("\"folds\": 3", "\"fold\": 3", "$.protocol.fold")]
    [InlineData("\"epochs\": 2", "\"lambdaY\": 0", "$.settings.lambdaY")]
    [InlineData("\"epochs\": 2", "\"epochs\": 2, \"epochs\": 3", "$.settings.epochs")]
    [InlineData("\"x1\"", "null", "$.data.features[0]")]
    [InlineData("\"yes\"", "null", "$.data.target.positive[0]")]
    [InlineData("\"models\": [", "\"models\": [ null,", "$.models[0]")]
    [InlineData("\"nnet\"", "\"net\"", "$.models[0].model")]
    [InlineData("\"paper\"", "\"best\"", "$.preset")]
    [InlineData("\"formatVersion\": 1", "\"formatVersion\": 2", "$.formatVersion")]
    [InlineData("\"task\": \"classification\"", "\"task\": 3", "$.data.target.task")]
    [InlineData("\"folds\": 3", "\"folds\": \"3\"", "$.protocol.folds")]
    [InlineData("\"folds\": 3", "\"folds\": 2.5", "$.protocol.folds")]
    [InlineData("\"folds\": 3", "\"folds\": null", "$.protocol.folds")]
    [InlineData("\"seeds\": [", "\"seeds\": [ -1,", "$.protocol.seeds[0]")]
    [InlineData("\"folds\": 3", "\"folds\": 3, \"folds\": 4", "$.protocol.folds")]
    [InlineData("\"name\": \"small\"", "\"name\": \"\\ud800\"", "$.name")]
    [InlineData("\"epochs\": 2", "\"lambdaMe\": \"\\ud800\"", "$.settings.lambdaMe")]
    [InlineData("\"epochs\": 2", "\"attributeFactors\": {\"\\udc00\": 1}", "$.settings.attributeFactors.\\udc00")]
    [InlineData("\"epochs\": 2", "\"hidden\": [4, \"a\\ud800b\"]", "$.settings.hidden[1]")]
    [InlineData("\"seen\": 4", "\"seen\": true", "$.data.cluster.seen")]
    [InlineData("\"epochs\": 2", "\"attributeFactors\": {\"sex\": 1, \"sex\": 2}", "$.settings.attributeFactors.sex")]
    [InlineData("\"folds\": 3", "\"folds\": 3 3", "$.protocol")]
    public void Parse_OfAnInvalidDefinition_ReportsThePath(string text, string faulty, string path)
    {
        string json = StudyJson.Write(SmallStudy.Definition("nnet"));
        Assert.Contains(text, json, StringComparison.Ordinal);
        InputException e = Assert.Throws<InputException>(() => StudyJson.Parse(json.Replace(text, faulty, StringComparison.Ordinal)));
        InputFault fault = Assert.Single(e.Faults);
        Assert.Equal(path, fault.Path);
        Assert.NotEmpty(fault.Remedy);
        Assert.DoesNotMatch(DotNetsWords, fault.ToString());
    }

    [Fact]
    public void Parse_OfAnInvalidSetting_ReportsItsRange()
    {
        (string Value, string Said)[] cases =
        [
            ("\"epochs\": \"many\"", "'epochs' must be an integer or \"auto\"."),
            ("\"hidden\": 4", "'hidden' must be a list of integers."),
            ("\"schedule\": \"slow\"", "'schedule' must be one of \"constant\", \"constantThenCosine\"."),
            ("\"classWeights\": \"yes\"", "'classWeights' must be true or false."),
            ("\"attributeFactors\": 2", "'attributeFactors' must be an object of numbers by name."),
        ];
        string json = StudyJson.Write(SmallStudy.Definition("nnet"));
        foreach ((string value, string said) in cases)
            Assert.Equal(said, Assert.Single(Faults(json.Replace("\"epochs\": 2", value, StringComparison.Ordinal))).What);
    }

    /// <summary>In one reading, in the order of the text, each with its line, what was found and what is expected.</summary>
    [Fact]
    public void Parse_OfSeveralFaults_ReportsThemAll()
    {
        IReadOnlyList<InputFault> faults = Faults("""
            {
              "nam": "x",
              "data": {
                "target": { "column": 5, "task": "classes" },
                "cluster": "site", // a text
                "sensitive": [null],
                "features": "x1"
              },
              "protocol": { "folds": "10" },
              "models": []
            }
            """);
        Assert.Equal(
        [
            "$.nam, line 2: The field 'nam' is not valid here. Did you mean 'name'?",
            "$.data.target.column, line 4: Found the number 5, expected a string. Put it in double quotes.",
            "$.data.target.task, line 4: Found the text \"classes\", expected one of \"classification\", \"regression\". See samples/README.md for all fields.",
            "$.data.cluster, line 5: Found the text \"site\", expected an object. See samples/README.md for all fields.",
            "$.data.sensitive[0], line 6: Found null, expected an object. Enter a value, or omit the field if it is optional.",
            "$.data.features, line 7: Found the text \"x1\", expected a list of strings. Put it in square brackets, even if the list has one element.",
            "$.protocol.folds, line 9: Found the text \"10\", expected an integer. Remove the quotes.",
            "$.name, line 1: The field 'name' is missing, expected a string. Add it. See samples/README.md for all fields.",
        ], faults.Select(f => f.ToString()));
    }

    [Fact]
    public void Parse_OfManyFaults_ListsTheFirstAndCountsTheRest()
    {
        IReadOnlyList<InputFault> faults = Faults($$"""{ "name": "x", "models": [{{string.Join(", ", Enumerable.Repeat("1", 1254))}}] }""");
        Assert.Equal(21, faults.Count);
        Assert.Contains("1,235 more", faults[^1].What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\n  \"name\": \"a\",\n  nonsense\n}", "$", 3, "found 'nonsense', expected a field's name in double quotes or '}'.")]
    [InlineData("{ \"name\": \"a\"\n \"data\": 3 }", "$", 2, "found \"data\", expected a comma or '}'.")]
    [InlineData("{ 'name': 1 }", "$", 1, "found 'name', expected a field's name in double quotes or '}'.")]
    [InlineData("{ \"name\": Adult }", "$.name", 1, "found 'Adult', expected a value. If it is text, put it in double quotes: \"Adult\".")]
    [InlineData("{ \"name\": None }", "$.name", 1, "found 'None', expected a value. Write null, or leave the field out.")]
    [InlineData("{ \"name\":\n True }", "$.name", 2, "found 'True', expected a value. Write true, in lower case.")]
    [InlineData("{ \"name\": 'a' }", "$.name", 1, "found 'a', expected a value. Put text in double quotes.")]
    [InlineData("{ \"formatVersion\": 01 }", "$.formatVersion", 1, "found '01', expected a value. Write a number as 12, 0.5 or 1e-3.")]
    [InlineData("{ \"name\": , \"x\": 1 }", "$.name", 1, "found ',', expected a value.")]
    [InlineData("{ \"name\" = 3 }", "$", 1, "found '=', expected a colon after the field's name \"name\".")]
    [InlineData("{ \"name\": \"C:\\data\" }", "$.name", 1, "found '\\d' in text, where a backslash starts an escape sequence. Double the backslash")]
    [InlineData("{ \"name\": \"open\n }", "$.name", 1, "found \"open, text without a closing quote on its line.")]
    [InlineData("{ /* so\n */ \"models\": [\n{} {}] }", "$.models", 3, "found '{', expected a comma or ']'.")]
    [InlineData("{ \"models\": [}", "$.models", 1, "found '}', expected a value or ']'.")]
    [InlineData("{ \"name\": \"a\",\n", "$", 2, "it ends before the object that starts with '{' on line 1 is closed.")]
    [InlineData("{ \"name\"", "$", 1, "it ends before the object that starts")]
    [InlineData("{ \"models\": [", "$.models", 1, "it ends before the list that starts with '[' on line 1 is closed.")]
    [InlineData(" ", "$", 1, "it is empty.")]
    [InlineData("age,sex\n1,2", "$", 1, "found 'age', expected '{' at the beginning.")]
    public void Parse_OfBrokenJson_ReportsThePlaceAndWhatIsExpected(string json, string path, int line, string said)
    {
        InputFault fault = Faults(json)[^1];
        Assert.Equal((path, line), (fault.Path, fault.Line));
        Assert.Contains($"The definition is not valid JSON: {said}", fault.ToString(), StringComparison.Ordinal);
        Assert.DoesNotMatch(DotNetsWords, fault.ToString());
    }

    [Fact]
    public void Parse_OfAnUnpairedSurrogate_ReportsItsLine()
    {
        string json = StudyJson.Write(SmallStudy.Definition("nnet")).Replace("\"epochs\": 2", "\"lambdaS\": \"\\ud800\"", StringComparison.Ordinal);
        InputFault fault = Assert.Single(Faults(json));
        Assert.Equal(1 + json[..json.IndexOf("\"lambdaS\"", StringComparison.Ordinal)].Count(c => c == '\n'), fault.Line);
        Assert.Contains("unpaired surrogate", fault.What, StringComparison.Ordinal);
        Assert.Equal("\\ud800", fault.Value);
    }

    [Fact]
    public void Parse_OfABinaryFile_DoesNotQuoteIt()
    {
        InputFault fault = Assert.Single(Faults("FMRN\u0002\0\u0014\uFFFD\uFFFD\u0013"));
        Assert.Equal("$: The file is not JSON text. Choose an experiment.json.", fault.ToString());
    }

    [Fact]
    public void Parse_OfTextAfterTheEnd_IsAFault()
    {
        InputFault fault = Assert.Single(Faults(StudyJson.Write(SmallStudy.Definition("nnet")) + "x"));
        Assert.Contains("found 'x' after the end of the definition", fault.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_OfTooDeepNesting_IsReported()
    {
        string deep = string.Concat(Enumerable.Repeat("[", 80)) + string.Concat(Enumerable.Repeat("]", 80));
        Assert.Contains("more than 64 levels", Faults($$"""{ "settings": { "epochs": {{deep}} } }""")[^1].Remedy, StringComparison.Ordinal);
    }

    /// <summary>Every beginning of a definition and every definition with one letter changed is read or refused in words.</summary>
    [Fact]
    public void Parse_OfAnyDamage_SucceedsOrThrowsAnInputException()
    {
        string json = StudyJson.Write(SmallStudy.Definition("nnet"));
        for (int at = 0; at < json.Length; at++)
        {
            foreach (string damaged in (string[])[json[..at], json.Remove(at, 1), .. "\"\\{}[],:/'x0-\n".Select(c => json[..at] + c + json[(at + 1)..])])
            {
                try
                {
                    StudyJson.Parse(damaged);
                }
                catch (InputException e)
                {
                    Assert.All(e.Faults, f => Assert.NotEmpty(f.Remedy));
                    Assert.DoesNotMatch(DotNetsWords, e.Message);
                }
            }
        }
    }

    [Fact]
    public void Parse_OfAnInvalidValue_ReportsItsLine()
    {
        string json = StudyJson.Write(SmallStudy.Definition("nnet")).Replace("\"folds\": 3", "\"folds\": 1", StringComparison.Ordinal);
        Assert.Equal(1 + json[..json.IndexOf("\"folds\"", StringComparison.Ordinal)].Count(c => c == '\n'), Assert.Single(Faults(json)).Line);
    }

    /// <summary>What a serialiser says to programmers.</summary>
    private const string DotNetsWords = "System\\.|FairMedl\\.Core|JSON value|invalid (start|escape|character)|BytePosition|could not be|property|another form than";

    private static IReadOnlyList<InputFault> Faults(string json) => Assert.Throws<InputException>(() => StudyJson.Parse(json)).Faults;

    [Theory]
    [InlineData("da", "lambdaG")]
    [InlineData("fair-adb-nnet", "lambdaFe")]
    [InlineData("fair-acl-da", "lambdaS")]
    public void Parse_OfAModelWithItsDefiningWeightAt0_IsAFault(string model, string weight)
    {
        StudyDefinition definition = SmallStudy.Definition(model) with { Settings = SmallStudy.Settings((weight, 0)) };
        InputException e = Assert.Throws<InputException>(() => StudyJson.Parse(StudyJson.Write(definition)));
        Assert.Equal("$.models[0]", Assert.Single(e.Faults).Path);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"name\":\"x\"}")]
    public void Parse_OfOtherJson_ThrowsAnInputException(string json) =>
        Assert.NotEmpty(Assert.Throws<InputException>(() => StudyJson.Parse(json)).Faults);

    [Theory]
    [InlineData("acs-income", "a25294aed541f1543fe7d2ed279b8b74732d24066e73f58f365558eaf3b5777f")]
    [InlineData("adult", "b98a92fbe61be304c24959a5779cca7267d693c2665685bd95c88c10ea1fe3b2")]
    [InlineData("adult-one-probe", "9ff6c997f1a3fa7b4714b1eeeff9abf8cd1ea0e0df72db053834a8de1b8c7a6e")]
    [InlineData("adult-probes", "fb8cefd417f1c0d87d58b1feda27347745b96c45f77d2aeca24ea13baf431aa6")]
    [InlineData("adult-recommended", "d495058ae3ad147b9c5997c32139029da3602dc1a72888be0aedc0017f14722a")]
    [InlineData("adult-study", "e6c4979f4346232da5f69d93ce7a489753c90a4cc7906ba77007b7941831cc46")]
    [InlineData("hsb82", "1483c8beb593bb4fb69cccd1248d4229cb2add6b5f9fda144c86f135c9a551be")]
    public void Hash_OfASampleDefinition_IsKnown(string sample, string hash) =>
        Assert.Equal(hash, StudyJson.Hash(StudyJson.Parse(File.ReadAllText(Path.Combine(SharedData.Repository, "samples", $"{sample}.experiment.json")))));

    [Fact]
    public void Hash_OfTheSimulatedSample_IsKnown() =>
        Assert.Equal("1cd6c7403ad25134a6d97ca9574ef057aa22c2471d1b5fb8869613aa2d6dd990", StudyJson.Hash(Core.Studies.Sample.SampleStudy.Definition()));

    [Fact]
    public void Settings_OfEveryPreset_KeepTheirValuesThroughJson()
    {
        foreach (Preset preset in Preset.All)
        {
            var settings = new FitSettings(preset.Model, preset.Training);
            FitSettings other = new(new ModelSettings { Hidden = [9], AdversaryHidden = 99, LambdaG = 0.5 }, new TrainingSettings { Epochs = 7 });
            foreach (Setting setting in SettingCatalogue.All)
                other = setting.With(other, setting.FromJson(setting.ToJson(setting.Get(settings)))!);
            Assert.Equal(JsonSerializer.Serialize(settings), JsonSerializer.Serialize(other));
        }
    }
}
