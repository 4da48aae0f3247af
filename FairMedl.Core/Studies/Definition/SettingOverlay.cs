using System.Text.Json;
using System.Text.Json.Nodes;
using FairMedl.Core.Data;
using FairMedl.Core.Fits;

namespace FairMedl.Core.Studies.Definition;

/// <summary>Lays a definition's changed hyperparameters over a preset's: preset, then the study's, then the model's own.</summary>
internal static class SettingOverlay
{
    /// <summary>The specification of one requested model; what is wrong goes to <paramref name="faults"/>.</summary>
    public static FitSpecification? Resolve(ModelKind kind, Preset preset, StudyDefinition definition, int model,
        List<InputFault> faults)
    {
        JsonObject modelSettings = Json(preset.For(kind)), trainingSettings = Json(preset.Training);
        int before = faults.Count;
        Overlay(definition.Settings, "$.settings", modelSettings, trainingSettings, faults);
        Overlay(definition.Models[model].Settings ?? new Dictionary<string, JsonElement>(), $"$.models[{model}].settings", modelSettings,
            trainingSettings, faults);
        return faults.Count > before
            ? null : new FitSpecification(kind, Value<ModelSettings>(modelSettings), Value<TrainingSettings>(trainingSettings));
    }

    private static void Overlay(IReadOnlyDictionary<string, JsonElement> changes, string path, JsonObject model, JsonObject training,
        List<InputFault> faults)
    {
        foreach ((string name, JsonElement value) in changes)
        {
            JsonObject? target = model.ContainsKey(name) ? model : training.ContainsKey(name) ? training : null;
            Setting? setting = SettingCatalogue.Find(name);
            if (target is null || setting is null)
            {
                string nearest = NearestName.Suggest(name, [.. SettingCatalogue.All.Select(s => s.Name)]);
                faults.Add(new InputFault($"There is no hyperparameter '{name}'.",
                    $"{nearest} The hyperparameters are {string.Join(", ", SettingCatalogue.All.Select(s => s.Name))}.",
                    Path: $"{path}.{name}"));
                continue;
            }

            JsonNode? previous = target[name]?.DeepClone();
            target[name] = JsonNode.Parse(value.GetRawText());
            string? wrong = OutOfRange(value, setting) ?? (ReferenceEquals(target, model)
                ? Unreadable<ModelSettings>(model, name) : Unreadable<TrainingSettings>(training, name));
            if (wrong is null) continue;
            faults.Add(new InputFault(wrong, $"Recommended: {setting.Useful}.", Value: Shorten(value.GetRawText()),
                Path: $"{path}.{name}"));
            target[name] = previous;
        }
    }

    /// <summary>Checks every number in the value against the setting's range.</summary>
    private static string? OutOfRange(JsonElement value, Setting setting) => value.ValueKind switch
    {
        JsonValueKind.Number when setting.Least == setting.Most => $"'{setting.Name}' is not numeric.",
        JsonValueKind.Number when !(value.GetDouble() >= setting.Least && value.GetDouble() <= setting.Most) =>
            FormattableString.Invariant($"'{setting.Name}' must be between {setting.Least:g6} and {setting.Most:g6}."),
        JsonValueKind.Array when value.GetArrayLength() is 0 or > 8 => $"'{setting.Name}' must have 1 to 8 layers.",
        JsonValueKind.Array => value.EnumerateArray().Select(v => OutOfRange(v, setting)).FirstOrDefault(w => w is not null),
        JsonValueKind.Object => value.EnumerateObject().Select(p => OutOfRange(p.Value, setting)).FirstOrDefault(w => w is not null),
        _ => null,
    };

    private static string? Unreadable<T>(JsonObject settings, string name)
    {
        try
        {
            Value<T>(settings);
            return null;
        }
        catch (JsonException)
        {
            return $"'{name}' must be {FieldType.Words(FieldType.Of<T>(name))}.";
        }
    }

    private static JsonObject Json<T>(T settings) => JsonSerializer.SerializeToNode(settings, StudyJson.Options)!.AsObject();

    private static T Value<T>(JsonObject settings) => settings.Deserialize<T>(StudyJson.Options)!;

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..57] + "...";
}
