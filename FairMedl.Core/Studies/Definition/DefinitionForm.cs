using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FairMedl.Core.Data;
using FairMedl.Core.Data.Csv;
using FairMedl.Core.Data.Roles;

namespace FairMedl.Core.Studies.Definition;

/// <summary>
/// Checks the text of a definition, field by field, before it is deserialized. Fields, types and required fields are those of the
/// code. Each error states its path and line, what was found and what is expected.
/// </summary>
internal sealed class DefinitionForm
{
    private const int MostFaults = 20;

    private readonly byte[] text;
    private readonly List<InputFault> faults = [];
    private readonly Dictionary<string, long> lines = new(StringComparer.Ordinal);
    private readonly Stack<OpenContainer> open = new();
    private JsonTokenType last;
    private int behindLast, lineAt, unlisted;
    private long line = 1;
    private string place = "$";

    private DefinitionForm(string json) => text = Encoding.UTF8.GetBytes(json);

    /// <summary>Errors in the order of the text. The last one counts those beyond the maximum.</summary>
    public IReadOnlyList<InputFault> Faults => unlisted == 0
        ? faults
        : [.. faults, new InputFault($"The definition has {MessageText.Count(unlisted, "more problem")}.",
            "Fix the issues above first.", Path: "$")];

    /// <summary>Checks the whole text, or the part before a syntax error.</summary>
    public static DefinitionForm Check(string json)
    {
        var form = new DefinitionForm(json);
        var reader = new Utf8JsonReader(form.text, new JsonReaderOptions
        {
            CommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true
        });
        try
        {
            form.Next(ref reader);
            form.Value(ref reader, typeof(StudyDefinition), mayBeNull: false, "$");
            form.place = "$";
            reader.Read();
        }
        catch (JsonException)
        {
            if (form.last == JsonTokenType.None && BrokenJson.IsBinary(form.text))
            {
                form.faults.Add(new InputFault("The file is not JSON text.", "Choose an experiment.json.", Path: "$"));
                return form;
            }

            (int at, string what, string remedy) = BrokenJson.Explain(form.text, form.behindLast, form.last, form.open);
            form.faults.Add(new InputFault($"The definition is not valid JSON: {what}", remedy, form.LineOf(at), Path: form.place));
        }

        return form;
    }

    /// <summary>Returns the line on which the value of a field starts; null if the definition omits it.</summary>
    public long? LineOf(string? path) => path is not null && lines.TryGetValue(path, out long at) ? at : null;

    /// <summary>Reads the next token. The previous one is kept to describe syntax errors.</summary>
    private void Next(ref Utf8JsonReader reader)
    {
        if (!reader.Read()) return;
        last = reader.TokenType;
        behindLast = (int)reader.BytesConsumed;
        if (last is JsonTokenType.StartObject or JsonTokenType.StartArray)
            open.Push(new OpenContainer(last is JsonTokenType.StartObject, LineOf((int)reader.TokenStartIndex)));
        if (last is JsonTokenType.EndObject or JsonTokenType.EndArray) open.Pop();
    }

    private void Value(ref Utf8JsonReader reader, Type type, bool mayBeNull, string path)
    {
        place = path;
        lines[path] = LineOf((int)reader.TokenStartIndex);
        if (reader.TokenType == JsonTokenType.String && FieldType.Text(ref reader) is null)
        {
            Add(Unpaired("text", ref reader, path));
            return;
        }

        Type own = Nullable.GetUnderlyingType(type) ?? type;
        JsonTypeInfo info = FieldType.Info(own);
        switch (reader.TokenType)
        {
            case JsonTokenType.Null when mayBeNull || own == typeof(JsonElement):
                break;
            case JsonTokenType.StartObject when info.Kind == JsonTypeInfoKind.Object:
                Fields(ref reader, info, path);
                break;
            case JsonTokenType.StartObject when info.Kind == JsonTypeInfoKind.Dictionary || own == typeof(JsonElement):
                Entries(ref reader, info.Kind == JsonTypeInfoKind.Dictionary ? info.ElementType! : own, path);
                break;
            case JsonTokenType.StartArray when info.Kind == JsonTypeInfoKind.Enumerable || own == typeof(JsonElement):
                Items(ref reader, info.Kind == JsonTypeInfoKind.Enumerable ? info.ElementType! : own, path);
                break;
            default:
                if (own == typeof(JsonElement) || FieldType.Fits(ref reader, own)) break;
                Add(new InputFault($"Found {Found(ref reader)}, expected {FieldType.Words(own)}.",
                    Remedy(ref reader, own, info), Path: path));
                Skip(ref reader);
                break;
        }
    }

    private void Fields(ref Utf8JsonReader reader, JsonTypeInfo info, string path)
    {
        var met = new HashSet<string>(StringComparer.Ordinal);
        while (Name(ref reader, path, met) is { } name)
        {
            string at = $"{path}.{name}";
            if (info.Properties.FirstOrDefault(p => p.Name == name) is { } field)
            {
                Value(ref reader, field.PropertyType, FieldType.MayBeNull(field), at);
                continue;
            }

            lines[at] = LineOf((int)reader.TokenStartIndex);
            string[] names = [.. info.Properties.Select(p => p.Name).Where(n => n != SensitiveSpecification.OlderBins)];
            Add(new InputFault($"The field '{MessageText.Shorten(name)}' is not valid here.", NearestName.Find(name, names) is { } nearest
                ? $"Did you mean '{nearest}'?" : $"The fields are {string.Join(", ", names)}.", Path: at));
            Skip(ref reader);
        }

        place = path;
        if (met.Contains(SensitiveSpecification.OlderBins) && met.Contains("bins"))
        {
            const string What = "Both 'bins' and its older name 'brackets' are given.";
            Add(new InputFault(What, "Keep 'bins' and remove 'brackets'.", Path: $"{path}.{SensitiveSpecification.OlderBins}"));
        }

        foreach (JsonPropertyInfo field in info.Properties.Where(p => FieldType.IsRequired(p) && !met.Contains(p.Name)))
            Add(new InputFault($"The field '{field.Name}' is missing, expected {FieldType.Words(field.PropertyType)}.",
                "Add it. See samples/README.md for all fields.", LineOf(path), Path: $"{path}.{field.Name}"));
    }

    private void Entries(ref Utf8JsonReader reader, Type type, string path)
    {
        var met = new HashSet<string>(StringComparer.Ordinal);
        while (Name(ref reader, path, met) is { } name) Value(ref reader, type, mayBeNull: false, $"{path}.{name}");
        place = path;
    }

    private void Items(ref Utf8JsonReader reader, Type type, string path)
    {
        Next(ref reader);
        for (int at = 0; reader.TokenType != JsonTokenType.EndArray; at++)
        {
            Value(ref reader, type, mayBeNull: false, FormattableString.Invariant($"{path}[{at}]"));
            place = path;
            Next(ref reader);
        }
    }

    /// <summary>Returns the name of the next field, with the reader on its value; null at the end of the object.</summary>
    private string? Name(ref Utf8JsonReader reader, string path, HashSet<string> met)
    {
        place = path;
        Next(ref reader);
        if (reader.TokenType == JsonTokenType.EndObject) return null;
        string? text = FieldType.Text(ref reader);
        string name = text ?? Encoding.UTF8.GetString(reader.ValueSpan);
        place = $"{path}.{name}";
        if (text is null)
            Add(Unpaired("field's name", ref reader, place) with { Line = LineOf((int)reader.TokenStartIndex) });
        if (!met.Add(name))
            Add(new InputFault($"The field '{MessageText.Shorten(name)}' is set twice.", "Remove one of them.",
                LineOf((int)reader.TokenStartIndex), Path: place));
        Next(ref reader);
        return name;
    }

    /// <summary>The error of a string that no text can hold: an escape such as \ud800 without its other half.</summary>
    private static InputFault Unpaired(string what, ref Utf8JsonReader reader, string path) => new(
        $"The {what} has an unpaired surrogate: one half of a character that is written as two \\u escapes.",
        "Write both halves, or remove the escape.", Value: MessageText.Shorten(Encoding.UTF8.GetString(reader.ValueSpan)), Path: path);

    /// <summary>Skips a value.</summary>
    private void Skip(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray)) return;
        int depth = reader.CurrentDepth;
        do Next(ref reader);
        while (reader.CurrentDepth > depth);
    }

    private void Add(InputFault fault)
    {
        if (faults.Count == MostFaults) unlisted++;
        else faults.Add(fault with { Line = fault.Line ?? LineOf(fault.Path) });
    }

    /// <summary>Returns the line of a position. Positions ascend, so the text is counted once.</summary>
    private long LineOf(int at)
    {
        if (at < lineAt) (lineAt, line) = (0, 1);
        line += text.AsSpan(lineAt, at - lineAt).Count((byte)'\n');
        lineAt = at;
        return line;
    }

    private static string Found(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String =>
            $"the text \"{MessageText.Shorten(FieldType.Text(ref reader) ?? Encoding.UTF8.GetString(reader.ValueSpan))}\"",
        JsonTokenType.Number => $"the number {MessageText.Shorten(Encoding.UTF8.GetString(reader.ValueSpan))}",
        _ => Encoding.UTF8.GetString(reader.ValueSpan),
    };

    private static string Remedy(ref Utf8JsonReader reader, Type expected, JsonTypeInfo info) => reader.TokenType switch
    {
        JsonTokenType.Null => "Enter a value, or omit the field if it is optional.",
        JsonTokenType.String when FieldType.IsNumber(expected)
            && NumberText.TryFinite(FieldType.Text(ref reader) ?? "", out _) => "Remove the quotes.",
        JsonTokenType.String when expected == typeof(bool) && FieldType.Text(ref reader) is "true" or "false" => "Remove the quotes.",
        JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False when expected == typeof(string) => "Put it in double quotes.",
        JsonTokenType.String or JsonTokenType.Number when info.Kind == JsonTypeInfoKind.Enumerable =>
            "Put it in square brackets, even if the list has one element.",
        _ => "See samples/README.md for all fields.",
    };
}

/// <summary>An object or list that is not closed yet.</summary>
/// <param name="IsObject">Whether it is an object and not a list.</param>
/// <param name="Line">Line on which it starts.</param>
internal readonly record struct OpenContainer(bool IsObject, long Line);
