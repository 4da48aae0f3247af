using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using FairMedl.Core.Data;

namespace FairMedl.Core.Experiments;

/// <summary>Reads and writes an <see cref="ExperimentDefinition"/> as JSON: camel case, unknown names are faults, comments and trailing commas are allowed.</summary>
public static class ExperimentJson
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
    /// <exception cref="InputException">Every fault, with its path.</exception>
    public static ExperimentDefinition Parse(string json)
    {
        ExperimentDefinition definition;
        try
        {
            definition = JsonSerializer.Deserialize<ExperimentDefinition>(json, Options)
                ?? throw new InputException(new InputFault("The definition is null.", "Write an experiment's definition as a JSON object.", Path: "$"));
        }
        catch (JsonException e)
        {
            throw new InputException(new InputFault(Sentence(e), "See samples/README.md for the form of a definition.", Line: e.LineNumber + 1, Path: e.Path ?? "$"));
        }

        ThrowIfNulls(definition);
        DefinitionCheck.ThrowIfFaulty(definition);
        return definition;
    }

    /// <summary>The serialiser checks properties for null but not the elements of lists.</summary>
    private static void ThrowIfNulls(ExperimentDefinition definition)
    {
        var faults = new List<InputFault>();
        DataSpecification data = definition.Data;
        Check(definition.Models, "$.models");
        Check(data.Sensitive, "$.data.sensitive");
        Check(data.Features, "$.data.features");
        Check(data.Categorical, "$.data.categorical");
        Check(data.Exclude, "$.data.exclude");
        Check(data.Target.Positive, "$.data.target.positive");
        Check(data.Csv.Missing, "$.data.csv.missing");
        for (int e = 0; e < data.Exclude.Count; e++) Check(data.Exclude[e]?.Values, $"$.data.exclude[{e}].values");
        if (faults.Count > 0) throw new InputException(faults);

        void Check(IEnumerable<object?>? list, string path)
        {
            int at = 0;
            foreach (object? item in list ?? [])
            {
                if (item is null) faults.Add(new InputFault("An element of this list is null.", "Leave it out, or write what it should be.", Path: $"{path}[{at}]"));
                at++;
            }
        }
    }

    /// <summary>The definition for a person to read.</summary>
    public static string Write(ExperimentDefinition definition) => JsonSerializer.Serialize(Canonical(definition), Options) + "\n";

    /// <summary>SHA-256 of the definition's canonical form (settings in the order of their names), hexadecimal.</summary>
    public static string Hash(ExperimentDefinition definition) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(Canonical(definition), Compact))));

    private static ExperimentDefinition Canonical(ExperimentDefinition definition) => definition with
    {
        Settings = Sorted(definition.Settings),
        Models = [.. definition.Models.Select(m => m with { Settings = m.Settings is { Count: > 0 } ? Sorted(m.Settings) : null })],
    };

    private static SortedDictionary<string, JsonElement> Sorted(IReadOnlyDictionary<string, JsonElement> settings) =>
        new(settings.ToDictionary(), StringComparer.Ordinal);

    /// <summary>The serialiser's message without the type names and positions that mean nothing to a person.</summary>
    private static string Sentence(JsonException e)
    {
        string message = e.Message;
        int tail = message.IndexOf(" Path: ", StringComparison.Ordinal);
        if (tail > 0) message = message[..tail];
        message = message.Replace($"{typeof(ExperimentDefinition).Namespace}.", "", StringComparison.Ordinal)
            .Replace("FairMedl.Core.Data.", "", StringComparison.Ordinal)
            .Replace(".NET type ", "", StringComparison.Ordinal);
        return message.EndsWith('.') ? message : message + ".";
    }
}
