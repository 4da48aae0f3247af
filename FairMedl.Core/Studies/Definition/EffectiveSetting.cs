using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FairMedl.Core.Data;
using FairMedl.Core.Fits;

namespace FairMedl.Core.Studies.Definition;

/// <summary>A hyperparameter with the value that a model's fits have: the preset's, the study's or the model's own.</summary>
/// <param name="Setting">The hyperparameter.</param>
/// <param name="Value">Its value: a number without an exponent, a word without quotes, a list or an object as JSON writes it on one
/// line; "none" where it has none.</param>
public sealed record EffectiveSetting(Setting Setting, string Value)
{
    /// <summary>
    /// The hyperparameters that one of a definition's models reads, in the catalogue's order; none where model or preset is
    /// unknown.
    /// </summary>
    public static IReadOnlyList<EffectiveSetting> Of(StudyDefinition definition, string model)
    {
        int at = definition.Models.Select(m => m.Model).ToList().IndexOf(model);
        if (at < 0 || ModelCatalogue.Find(model) is not { } kind || Preset.Find(definition.Preset) is not { } preset) return [];
        List<InputFault> faults = [];
        if (SettingOverlay.Resolve(kind, preset, definition, at, faults) is not { } fit) return [];
        JsonObject of = JsonSerializer.SerializeToNode(fit.Model, StudyJson.Options)!.AsObject(),
            training = JsonSerializer.SerializeToNode(fit.Training, StudyJson.Options)!.AsObject();
        return [.. SettingCatalogue.All.Where(s => s.IsUsedBy(kind))
            .Select(s => new EffectiveSetting(s, Text(of[s.Name] ?? training[s.Name])))];
    }

    private static string Text(JsonNode? value) => value?.GetValueKind() switch
    {
        null => "none",
        JsonValueKind.Object or JsonValueKind.Array when value is JsonObject { Count: 0 } or JsonArray { Count: 0 } => "none",
        JsonValueKind.Number => value.GetValue<double>().ToString("0.###############", CultureInfo.InvariantCulture),
        JsonValueKind.String => value.GetValue<string>(),
        _ => value.ToJsonString(StudyJson.Compact),
    };
}
