using System.Text.Json;
using System.Text.Json.Serialization;

namespace FairMedl.Core.Fits;

/// <summary>
/// A hyperparameter that is a number, or "auto": each fit computes it from its training rows. A definition writes the number or the
/// string "auto".
/// </summary>
/// <param name="Number">The number; null = auto.</param>
[JsonConverter(typeof(AutoConverterFactory))]
public readonly record struct Auto<T>(T? Number) where T : struct
{
    /// <summary>A number.</summary>
    public static implicit operator Auto<T>(T number) => new(number);

    /// <summary>The number, or "auto".</summary>
    public override string ToString() => FormattableString.Invariant($"{(Number is { } number ? number : Auto.Word)}");
}

/// <summary>How "auto" is written.</summary>
public static class Auto
{
    /// <summary>The word in a definition and on a page.</summary>
    public const string Word = "auto";
}

/// <summary>Converters of <see cref="Auto{T}"/>.</summary>
internal sealed class AutoConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Auto<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(AutoConverter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class AutoConverter<T> : JsonConverter<Auto<T>> where T : struct
    {
        public override Auto<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.String) return JsonSerializer.Deserialize<T>(ref reader, options);
            return reader.ValueTextEquals(Auto.Word) ? default(Auto<T>) : throw new JsonException($"Expected a number or \"{Auto.Word}\".");
        }

        public override void Write(Utf8JsonWriter writer, Auto<T> value, JsonSerializerOptions options)
        {
            if (value.Number is { } number) JsonSerializer.Serialize(writer, number, options);
            else writer.WriteStringValue(Auto.Word);
        }
    }
}
