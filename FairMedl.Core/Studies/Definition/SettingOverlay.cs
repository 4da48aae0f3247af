using System.Text.Json;
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
        var settings = new FitSettings(preset.For(kind, definition.Data.Target.Task), preset.Training);
        int before = faults.Count;
        settings = Overlay(definition.Settings, "$.settings", settings, faults);
        if (definition.Models[model].Settings is { } own) settings = Overlay(own, $"$.models[{model}].settings", settings, faults);
        return faults.Count > before ? null : new FitSpecification(kind, settings.Model, settings.Training);
    }

    private static FitSettings Overlay(IReadOnlyDictionary<string, JsonElement> changes, string path, FitSettings settings,
        List<InputFault> faults)
    {
        foreach ((string name, JsonElement json) in changes)
        {
            if (SettingCatalogue.Find(name) is not { } setting)
            {
                string nearest = NearestName.Suggest(name, [.. SettingCatalogue.All.Select(s => s.Name)]);
                faults.Add(new InputFault($"There is no hyperparameter '{name}'.",
                    $"{nearest} The hyperparameters are {string.Join(", ", SettingCatalogue.All.Select(s => s.Name))}.",
                    Path: $"{path}.{name}"));
            }
            else if (OutOfRange(json, setting) is { } wrong) faults.Add(Fault(wrong, setting, json, path));
            else if (setting.FromJson(json) is { } value) settings = setting.With(settings, value);
            else faults.Add(Fault($"'{name}' must be {FieldType.Words(setting.Type)}.", setting, json, path));
        }

        return settings;
    }

    private static InputFault Fault(string wrong, Setting setting, JsonElement json, string path) =>
        new(wrong, $"Recommended: {setting.Useful}.", Value: Shorten(json.GetRawText()), Path: $"{path}.{setting.Name}");

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

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..57] + "...";
}
