using System.Globalization;
using System.Text.Json;
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
        var settings = new FitSettings(fit.Model, fit.Training);
        return [.. SettingCatalogue.All.Where(s => s.IsUsedBy(kind)).Select(s => new EffectiveSetting(s, Text(s, s.Get(settings))))];
    }

    private static string Text(Setting setting, object value) => value switch
    {
        IReadOnlyCollection<int> { Count: 0 } or IReadOnlyDictionary<string, double> { Count: 0 } => "none",
        Auto<double> { Number: { } number } => Plain(number),
        Auto<double> or Auto<int> => value.ToString()!,
        double number => Plain(number),
        Enum => setting.ToJson(value).GetString()!,
        _ => JsonSerializer.Serialize(value, setting.Type, StudyJson.Compact),
    };

    private static string Plain(double number) => number.ToString("0.###############", CultureInfo.InvariantCulture);
}
