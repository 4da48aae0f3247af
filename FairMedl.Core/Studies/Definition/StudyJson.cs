using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using FairMedl.Core.Data;

namespace FairMedl.Core.Studies.Definition;

/// <summary>
/// Reads and writes an <see cref="StudyDefinition"/> as JSON: camel case, unknown names are errors, comments and trailing
/// commas are allowed.
/// </summary>
public static class StudyJson
{
    /// <summary>How definitions and settings are written.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        AllowDuplicateProperties = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>The same on one line.</summary>
    internal static JsonSerializerOptions Compact { get; } = new(Options) { WriteIndented = false };

    /// <summary>Reads a definition and checks everything that can be checked without its data.</summary>
    /// <exception cref="InputException">All errors, with their path.</exception>
    public static StudyDefinition Parse(string json)
    {
        DefinitionForm form = DefinitionForm.Check(json);
        if (form.Faults.Count > 0) throw new InputException(form.Faults);
        StudyDefinition definition;
        try
        {
            definition = JsonSerializer.Deserialize<StudyDefinition>(json, Options)!;
        }
        catch (JsonException e)
        {
            // The serialiser is stricter than the form: said with its place, without its words.
            throw new InputException(new InputFault("The value does not have the form that this field needs.",
                "See samples/README.md for all fields.", Line: e.LineNumber + 1, Path: e.Path ?? "$"));
        }

        DefinitionCheck.Specifications(definition, out List<InputFault> faults);
        return faults.Count == 0 ? definition : throw new InputException([.. faults.Select(f => f with { Line = form.LineOf(f.Path) })]);
    }

    /// <summary>The definition for a person to read.</summary>
    public static string Write(StudyDefinition definition) => JsonSerializer.Serialize(Canonical(definition), Options) + "\n";

    /// <summary>SHA-256 of the definition's canonical form (settings in the order of their names), hexadecimal.</summary>
    public static string Hash(StudyDefinition definition) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(Canonical(definition), Compact))));

    private static StudyDefinition Canonical(StudyDefinition definition) => definition with
    {
        Settings = Sorted(definition.Settings),
        Models = [.. definition.Models.Select(m => m with { Settings = m.Settings is { Count: > 0 } ? Sorted(m.Settings) : null })],
    };

    private static SortedDictionary<string, JsonElement> Sorted(IReadOnlyDictionary<string, JsonElement> settings) =>
        new(settings.ToDictionary(), StringComparer.Ordinal);
}
