using System.Globalization;
using System.Text.Json;
using FairMedl.Core.Fits;
using FairMedl.Core.Studies.Definition;
using FairMedl.Web.Components;
using FairMedl.Web.Components.Fields;

namespace FairMedl.Web.Studies.Settings;

/// <summary>A hyperparameter as a field of the new-study form.</summary>
/// <param name="Setting">What it is, and which values it takes.</param>
/// <param name="Form">How its value is written.</param>
public sealed record SettingField(Setting Setting, SettingForm Form)
{
    private static readonly JsonElement Model = JsonSerializer.SerializeToElement(new ModelSettings(), StudyJson.Options);
    private static readonly JsonElement Training = JsonSerializer.SerializeToElement(new TrainingSettings(), StudyJson.Options);

    /// <summary>In the order of the catalogue.</summary>
    public static IReadOnlyList<SettingField> All { get; } = [.. SettingCatalogue.All.Select(s => new SettingField(s, FormOf(s.Name)))];

    /// <summary>Its name in the definition, such as "lambdaMe".</summary>
    public string Name => Setting.Name;

    /// <summary>The words to choose from; empty for typed values.</summary>
    public IReadOnlyList<string> Options => Form switch
    {
        SettingForm.Switch => ["true", "false"],
        SettingForm.Word when Name == "schedule" => Words<LearningRateSchedule>(),
        SettingForm.Word when Name == "threshold" => Words<ThresholdRule>(),
        SettingForm.Word when Name == "unseenClusters" => Words<UnseenClusterRule>(),
        SettingForm.Word => throw new InvalidOperationException($"'{Name}' has no words to choose from."),
        SettingForm.Number or SettingForm.Whole or SettingForm.Widths or SettingForm.ByAttribute => [],
    };

    /// <summary>An example of the notation, where it is not obvious.</summary>
    public string? Example => Form switch
    {
        SettingForm.Widths => "4-4-4",
        SettingForm.ByAttribute => "age = 1.5; race = 1.3",
        SettingForm.Number or SettingForm.Whole or SettingForm.Switch or SettingForm.Word => null,
    };

    /// <summary>Its unit, such as "epochs"; null for a number without one, and for words and lists.</summary>
    public string? Unit => Name switch
    {
        "epochs" or "correlationWarmUpEpochs" => "epochs",
        "batchSize" => "rows",
        "hidden" or "clusterAdversaryHidden" => "units by layer",
        "adversaryHidden" => "units",
        _ => null,
    };

    /// <summary>The values that it accepts, such as "1 to 10,000".</summary>
    public string Range => Form switch
    {
        SettingForm.Switch or SettingForm.Word => string.Join(", ", Options),
        SettingForm.Widths => $"1 to 8 layers of {Bounds}",
        SettingForm.ByAttribute => $"{Bounds} by attribute",
        SettingForm.Number or SettingForm.Whole => Bounds,
    };

    private string Bounds => $"{Bound(Setting.Least)} to {Bound(Setting.Most)}";

    private static string Bound(double value) =>
        value is > 0 and < 1e-3 || value >= 1e6 ? value.ToString("0e0", CultureInfo.InvariantCulture) : Display.Short(value);

    /// <summary>Whether its name, symbol or meaning contains the text, in any case.</summary>
    public bool Matches(string text) =>
        Name.Contains(text, StringComparison.OrdinalIgnoreCase) || Setting.Symbol.Contains(text, StringComparison.OrdinalIgnoreCase) || Setting.Meaning.Contains(text, StringComparison.OrdinalIgnoreCase);

    /// <summary>The field of this name, or null.</summary>
    public static SettingField? Find(string name) => All.FirstOrDefault(f => f.Name == name);

    /// <summary>Its value under a preset, as text.</summary>
    public string Default(ModelSettings model, TrainingSettings training)
    {
        JsonElement settings = Model.TryGetProperty(Name, out _)
            ? JsonSerializer.SerializeToElement(model, StudyJson.Options)
            : JsonSerializer.SerializeToElement(training, StudyJson.Options);
        return Write(settings.GetProperty(Name));
    }

    /// <summary>Reads text: the value, or what is wrong with it.</summary>
    public (JsonElement? Value, string? Fault) Read(string text)
    {
        text = text.Trim();
        switch (Form)
        {
            case SettingForm.Switch or SettingForm.Word:
                if (!Options.Contains(text)) return Wrong($"'{text}' is not one of {string.Join(", ", Options)}.");
                return (Form == SettingForm.Switch ? JsonSerializer.SerializeToElement(text == "true") : JsonSerializer.SerializeToElement(text), null);
            case SettingForm.Widths:
                return Widths(text);
            case SettingForm.ByAttribute:
                return ByAttribute(text);
            case SettingForm.Number or SettingForm.Whole:
            default:
                (double value, string? fault) = Number(text);
                if (fault is not null) return (null, fault);
                return (Form == SettingForm.Whole ? JsonSerializer.SerializeToElement((int)value) : JsonSerializer.SerializeToElement(value), null);
        }
    }

    /// <summary>A value as text.</summary>
    public string Write(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => Shown(value),
        JsonValueKind.Array => string.Join('-', value.EnumerateArray().Select(Shown)),
        JsonValueKind.Object => string.Join("; ", value.EnumerateObject().Select(p => $"{p.Name} = {Shown(p.Value)}")),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };

    private (JsonElement? Value, string? Fault) Widths(string text)
    {
        string[] parts = text.Split(['-', ',', ' '], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is 0 or > 8) return Wrong($"'{text}' does not name between 1 and 8 layers, such as 4-4-4.");
        var widths = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            (double width, string? fault) = Number(parts[i], whole: true);
            if (fault is not null) return (null, fault);
            widths[i] = (int)width;
        }

        return (JsonSerializer.SerializeToElement(widths), null);
    }

    private (JsonElement? Value, string? Fault) ByAttribute(string text)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (string part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int at = part.LastIndexOf('=');
            string name = at < 1 ? "" : part[..at].Trim();
            if (name.Length == 0) return Wrong($"'{part}' is not of the form attribute = number.");
            (double value, string? fault) = Number(part[(at + 1)..].Trim());
            if (fault is not null) return (null, fault);
            if (!values.TryAdd(name, value)) return Wrong($"'{name}' is named twice.");
        }

        return (JsonSerializer.SerializeToElement(values), null);
    }

    private (double Value, string? Fault) Number(string text, bool whole = false)
    {
        (double? value, string? fault) = new NumberRange(Setting.Symbol, Setting.Least, Setting.Most, whole || Form == SettingForm.Whole).Read(text);
        return (value ?? 0, fault);
    }

    private (JsonElement? Value, string? Fault) Wrong(string what) => (null, $"{Setting.Symbol}: {what}");

    private static string Shown(JsonElement number)
    {
        double value = number.GetDouble();
        string plain = value.ToString("0.##########", CultureInfo.InvariantCulture);
        return double.Parse(plain, CultureInfo.InvariantCulture) == value ? plain : value.ToString("R", CultureInfo.InvariantCulture);
    }

    private static string[] Words<T>() where T : struct, Enum => [.. Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    private static SettingForm FormOf(string name)
    {
        JsonElement value = Model.TryGetProperty(name, out JsonElement model) ? model : Training.GetProperty(name);
        return value.ValueKind switch
        {
            JsonValueKind.Array => SettingForm.Widths,
            JsonValueKind.Object => SettingForm.ByAttribute,
            JsonValueKind.String => SettingForm.Word,
            JsonValueKind.True or JsonValueKind.False => SettingForm.Switch,
            _ =>
                name is "epochs" or "batchSize" or "adversaryHidden" or "correlationWarmUpEpochs" ? SettingForm.Whole : SettingForm.Number,
        };
    }
}

/// <summary>How the value of a hyperparameter is written.</summary>
public enum SettingForm
{
    /// <summary>0.2, or 1e-4.</summary>
    Number,

    /// <summary>20.</summary>
    Whole,

    /// <summary>true or false.</summary>
    Switch,

    /// <summary>One of a few words.</summary>
    Word,

    /// <summary>Units by layer, 4-4-4.</summary>
    Widths,

    /// <summary>A number by sensitive attribute, age = 1.5; race = 1.3.</summary>
    ByAttribute,
}
