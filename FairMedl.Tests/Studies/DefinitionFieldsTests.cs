using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FairMedl.Core.Fits;
using FairMedl.Core.Studies.Definition;
using Xunit;

namespace FairMedl.Tests.Studies;

/// <summary>samples/README.md names every field of a definition with the type, default and range that the code gives it.</summary>
public sealed class DefinitionFieldsTests
{
    /// <summary>What must be given, and nothing else but one of each list's elements.</summary>
    private const string Least = """
        {
          "name": "a",
          "data": {
            "target": { "column": "y" }, "cluster": { "column": "z" }, "sensitive": [{ "column": "s" }], "features": ["x"],
            "exclude": [{ "column": "x", "values": ["1"] }]
          },
          "models": [{ "model": "nnet" }]
        }
        """;

    private static readonly JsonSerializerOptions WithNulls = new(StudyJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    private static readonly string[] Document = File.ReadAllLines(Path.Combine(SharedData.Repository, "samples", "README.md"));

    [Fact]
    public void Fields_InTheDocument_AreThoseOfTheCode()
    {
        JsonNode defaults = JsonSerializer.SerializeToNode(StudyJson.Parse(Least), WithNulls)!;
        Assert.Equal(Fields(typeof(StudyDefinition), "", defaults), Document.Where(line => line.StartsWith("| `", StringComparison.Ordinal)).TakeWhile(line => !line.StartsWith("| `epochs`", StringComparison.Ordinal)).Select(line => string.Join("|", line.Split('|')[..4]) + "|"));
    }

    [Fact]
    public void Settings_InTheDocument_AreThoseOfTheCode()
    {
        string[] rows = [.. Document.SkipWhile(line => !line.StartsWith("| `epochs`", StringComparison.Ordinal)).TakeWhile(line => line.StartsWith("| `", StringComparison.Ordinal))];
        Assert.Equal(SettingCatalogue.All.Select(Row), rows);
    }

    private static IEnumerable<string> Fields(Type type, string path, JsonNode? defaults)
    {
        foreach (JsonPropertyInfo field in FieldType.Info(type).Properties)
        {
            JsonNode? value = defaults?[field.Name];
            string preset = FieldType.IsRequired(field) ? "required" : value is null ? "–" : $"`{value.ToJsonString(StudyJson.Compact)}`";
            JsonTypeInfo info = FieldType.Info(Nullable.GetUnderlyingType(field.PropertyType) ?? field.PropertyType);
            bool isList = info.Kind == JsonTypeInfoKind.Enumerable && FieldType.Info(info.ElementType!).Kind == JsonTypeInfoKind.Object;
            if (value is JsonArray && isList && !FieldType.IsRequired(field)) preset = "`[]`";
            if (info.Kind == JsonTypeInfoKind.Object && !FieldType.IsRequired(field)) preset = "its fields'";
            yield return $"| `{path}{field.Name}` | {FieldType.Words(field.PropertyType)} | {preset} |";
            Type? inner = info.Kind == JsonTypeInfoKind.Object ? info.Type : isList ? info.ElementType : null;
            if (inner is null) continue;
            foreach (string row in Fields(inner, $"{path}{field.Name}{(isList ? "[]" : "")}.", isList ? value?[0] : value)) yield return row;
        }
    }

    private static string Row(Setting setting)
    {
        bool ofModel = FieldType.Info(typeof(ModelSettings)).Properties.Any(p => p.Name == setting.Name);
        Type type = ofModel ? FieldType.Of<ModelSettings>(setting.Name) : FieldType.Of<TrainingSettings>(setting.Name);
        string[] presets = [.. Preset.All.Select(p => (ofModel ? JsonSerializer.SerializeToNode(p.Model, StudyJson.Options) : JsonSerializer.SerializeToNode(p.Training, StudyJson.Options))![setting.Name]!.ToJsonString(StudyJson.Compact))];
        string range = setting.Least == setting.Most ? "–" : string.Create(CultureInfo.InvariantCulture, $"{Number(setting.Least)} to {Number(setting.Most)}");
        return $"| `{setting.Name}` | {FieldType.Words(type)} | `{presets[0]}` | `{presets[1]}` | `{presets[2]}` | {range} | {setting.Meaning} |";
    }

    private static string Number(double value) => value.ToString(Math.Abs(value) >= 1000 ? "N0" : "0.######", CultureInfo.InvariantCulture);
}
