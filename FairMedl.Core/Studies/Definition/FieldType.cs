using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FairMedl.Core.Fits;

namespace FairMedl.Core.Studies.Definition;

/// <summary>What a field of a definition may hold, as the code has it, in a person's words.</summary>
internal static class FieldType
{
    private static readonly JsonSerializerOptions Form = ReadOnly(new JsonSerializerOptions(StudyJson.Options));

    /// <summary>The fields of a type, or what its elements are.</summary>
    public static JsonTypeInfo Info(Type type) => Form.GetTypeInfo(type);

    /// <summary>The type of a field by its name in a definition.</summary>
    public static Type Of<T>(string name) => Info(typeof(T)).Properties.First(p => p.Name == name).PropertyType;

    /// <summary>Whether a definition must give the field.</summary>
    public static bool IsRequired(JsonPropertyInfo field) =>
        field.IsRequired || field.AssociatedParameter is { HasDefaultValue: false, IsMemberInitializer: false };

    /// <summary>Whether null is accepted and means the field's default.</summary>
    public static bool MayBeNull(JsonPropertyInfo field) =>
        field.AssociatedParameter is { IsMemberInitializer: false } parameter ? parameter.IsNullable : field.IsSetNullable;

    /// <summary>Whether the type is numeric.</summary>
    public static bool IsNumber(Type type) => type == typeof(int) || type == typeof(ulong) || type == typeof(double);

    /// <summary>What is expected: "an integer", "a list of texts".</summary>
    public static string Words(Type type)
    {
        Type own = Nullable.GetUnderlyingType(type) ?? type;
        if (own.IsEnum) return $"one of {string.Join(", ", Choices(own).Select(c => $"\"{c}\""))}";
        if (own == typeof(string)) return "a string";
        if (own == typeof(bool)) return "true or false";
        if (own == typeof(int)) return "an integer";
        if (own == typeof(ulong)) return "a non-negative integer";
        if (own == typeof(double)) return "a number";
        if (own == typeof(Auto<int>) || own == typeof(Auto<double>))
            return $"{Words(own.GetGenericArguments()[0])} or \"{Auto.Word}\"";
        JsonTypeInfo info = Info(own);
        return info.Kind == JsonTypeInfoKind.Enumerable ? $"a list of {Plural(info.ElementType!)}"
            : info.Kind == JsonTypeInfoKind.Dictionary && IsNumber(info.ElementType!) ? "an object of numbers by name"
            : "an object";
    }

    /// <summary>The values of an enumeration as a definition writes them.</summary>
    public static IEnumerable<string> Choices(Type type) => Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName);

    /// <summary>Whether the reader's token, which is no object or list, is a value of the type.</summary>
    public static bool Fits(ref Utf8JsonReader reader, Type type) => reader.TokenType switch
    {
        JsonTokenType.String when type.IsEnum => Text(ref reader) is { } text
            && Choices(type).Contains(text, StringComparer.OrdinalIgnoreCase),
        JsonTokenType.String => type == typeof(string) && Text(ref reader) is not null,
        JsonTokenType.Number => (type == typeof(int) && reader.TryGetInt32(out _)) || (type == typeof(ulong) && reader.TryGetUInt64(out _))
            || (type == typeof(double) && reader.TryGetDouble(out _)),
        JsonTokenType.True or JsonTokenType.False => type == typeof(bool),
        _ => false,
    };

    /// <summary>Returns the reader's string; null if it contains an unpaired surrogate.</summary>
    public static string? Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string Plural(Type type) =>
        type == typeof(string) ? "strings"
        : type == typeof(int) ? "integers"
        : type == typeof(ulong) ? "non-negative integers"
        : type == typeof(double) ? "numbers"
        : "objects";

    private static JsonSerializerOptions ReadOnly(JsonSerializerOptions options)
    {
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
