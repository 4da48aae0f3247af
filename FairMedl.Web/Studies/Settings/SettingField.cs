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
    /// <summary>In the order of the catalogue.</summary>
    public static IReadOnlyList<SettingField> All { get; } = [.. SettingCatalogue.All.Select(s => new SettingField(s, FormOf(s)))];

    /// <summary>Its name in the definition, such as "lambdaMe".</summary>
    public string Name => Setting.Name;

    /// <summary>The words to choose from; empty for typed values.</summary>
    public IReadOnlyList<string> Options => Form switch
    {
        SettingForm.Switch => ["true", "false"],
        SettingForm.Word => Setting.Choices,
        SettingForm.Number or SettingForm.Whole or SettingForm.Widths or SettingForm.ByAttribute => [],
    };

    /// <summary>An example of the notation, where it is not obvious.</summary>
    public string? Example => Form switch
    {
        SettingForm.Widths => "4-4-4",
        SettingForm.ByAttribute => "age = 1.5; race = 1.3",
        SettingForm.Number or SettingForm.Whole => MayBeAuto ? Auto.Word : null,
        SettingForm.Switch or SettingForm.Word => null,
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
        SettingForm.Number or SettingForm.Whole => MayBeAuto ? $"{Auto.Word}, or {Bounds}" : Bounds,
    };

    /// <summary>Whether only numbers are accepted.</summary>
    public bool IsNumeric => Form is SettingForm.Number or SettingForm.Whole && !MayBeAuto;

    /// <summary>Whether this text says that each fit computes the value.</summary>
    public bool IsAuto(string text) => MayBeAuto && text.Trim().Equals(Auto.Word, StringComparison.OrdinalIgnoreCase);

    private bool MayBeAuto => Setting is Setting<Auto<int>> or Setting<Auto<double>>;

    private string Bounds => $"{Bound(Setting.Least)} to {Bound(Setting.Most)}";

    private static string Bound(double value) =>
        value is > 0 and < 1e-3 || value >= 1e6 ? value.ToString("0e0", CultureInfo.InvariantCulture) : Display.Short(value);

    /// <summary>Whether its name, symbol or meaning contains the text, in any case.</summary>
    public bool Matches(string text) =>
        Name.Contains(text, StringComparison.OrdinalIgnoreCase) || Setting.Symbol.Contains(text, StringComparison.OrdinalIgnoreCase) || Setting.Meaning.Contains(text, StringComparison.OrdinalIgnoreCase);

    /// <summary>The field of this name, or null.</summary>
    public static SettingField? Find(string name) => All.FirstOrDefault(f => f.Name == name);

    /// <summary>Its value under a preset, as text.</summary>
    public string Default(ModelSettings model, TrainingSettings training) => Write(Setting.Get(new FitSettings(model, training)));

    /// <summary>Reads text: the value, of the setting's type, or what is wrong with it.</summary>
    public (object? Value, string? Fault) Read(string text)
    {
        text = text.Trim();
        switch (Form)
        {
            case SettingForm.Switch or SettingForm.Word:
                if (!Options.Contains(text)) return Wrong($"'{text}' is not one of {string.Join(", ", Options)}.");
                return (Form == SettingForm.Switch ? text == "true" : Enum.Parse(Setting.Type, text, ignoreCase: true), null);
            case SettingForm.Widths:
                return Widths(text);
            case SettingForm.ByAttribute:
                return ByAttribute(text);
            case SettingForm.Number or SettingForm.Whole:
            default:
                if (IsAuto(text))
                    return (Form == SettingForm.Whole ? (object)default(Auto<int>) : default(Auto<double>), null);
                (double value, string? fault) = Number(text);
                if (fault is not null) return (null, MayBeAuto ? $"{fault} Or write {Auto.Word}." : fault);
                return (Form, MayBeAuto) switch
                {
                    (SettingForm.Whole, true) => (new Auto<int>((int)value), null),
                    (SettingForm.Whole, false) => ((int)value, null),
                    (_, true) => (new Auto<double>(value), null),
                    (_, false) => ((object)value, null),
                };
        }
    }

    /// <summary>A value of the setting's type as text.</summary>
    public string Write(object value) => value switch
    {
        bool on => on ? "true" : "false",
        Auto<int> { Number: { } whole } => Shown(whole),
        Auto<double> { Number: { } number } => Shown(number),
        Auto<int> or Auto<double> => Auto.Word,
        int whole => Shown(whole),
        double number => Shown(number),
        IEnumerable<int> widths => string.Join('-', widths.Select(w => Shown(w))),
        IEnumerable<KeyValuePair<string, double>> byName => string.Join("; ", byName.Select(p => $"{p.Key} = {Shown(p.Value)}")),
        _ => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()!),
    };

    private (object? Value, string? Fault) Widths(string text)
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

        return (widths, null);
    }

    private (object? Value, string? Fault) ByAttribute(string text)
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

        return (values, null);
    }

    private (double Value, string? Fault) Number(string text, bool whole = false)
    {
        (double? value, string? fault) = new NumberRange(Setting.Symbol, Setting.Least, Setting.Most, whole || Form == SettingForm.Whole).Read(text);
        return (value ?? 0, fault);
    }

    private (object? Value, string? Fault) Wrong(string what) => (null, $"{Setting.Symbol}: {what}");

    private static string Shown(double value)
    {
        string plain = value.ToString("0.##########", CultureInfo.InvariantCulture);
        return double.Parse(plain, CultureInfo.InvariantCulture) == value ? plain : value.ToString("R", CultureInfo.InvariantCulture);
    }

    private static SettingForm FormOf(Setting setting) => setting switch
    {
        Setting<IReadOnlyList<int>> => SettingForm.Widths,
        Setting<IReadOnlyDictionary<string, double>> => SettingForm.ByAttribute,
        Setting<bool> => SettingForm.Switch,
        Setting<int> or Setting<Auto<int>> => SettingForm.Whole,
        Setting<double> or Setting<Auto<double>> => SettingForm.Number,
        _ => SettingForm.Word,
    };
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
