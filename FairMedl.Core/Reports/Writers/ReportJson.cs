using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fairness.Tests;
using FairMedl.Core.Numerics;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Document;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Writers;

/// <summary>
/// report.json: all numbers of the study and the report's tables, for programs. Names are in camel case, enumerations by
/// name, an undefined value is null beside its reason. Fits carry their times.
/// </summary>
public static class ReportJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new JsonCells(), new JsonNumericText() },
        // The default encoder escapes <, >, & and quotes, so that the file can be embedded in a page.
        Encoder = JavaScriptEncoder.Default,
        NewLine = "\n",
    };

    /// <summary>Writes the file.</summary>
    /// <param name="results">The study.</param>
    /// <param name="writer">The writer.</param>
    /// <param name="thresholds">Limits of the effect bands; null = the default.</param>
    /// <param name="details">The cover's fields; null = none.</param>
    /// <param name="dataFile">The data file's name, for the cover; null = unknown.</param>
    public static void Write(StudyResults results, TextWriter writer, EffectThresholds? thresholds = null, ReportDetails? details = null,
        string? dataFile = null)
    {
        StudyReport report = StudyReport.Of(results, thresholds, details, dataFile);
        var document = new ReportDocument(
            1,
            report.Summary,
            results.Header,
            MetricDescriptions.All,
            thresholds ?? EffectThresholds.Default,
            results.Audits,
            results.Fits,
            results.Importance,
            results.RandomEffects,
            report.Sections.SelectMany(s => s.Tables).ToArray(),
            report.Cover);
        writer.Write(JsonSerializer.Serialize(document, Options));
        writer.Write('\n');
    }

    /// <summary>Writes a report's sections, for programs that need the content of a page.</summary>
    public static string Of(StudyReport report) =>
        JsonSerializer.Serialize(new ShownDocument(1, report.Title, report.Summary, report.Cover, report.Sections), Options) + "\n";

    private sealed record ShownDocument(int FormatVersion, string Title, string Summary, ReportCover? Cover,
        IReadOnlyList<ReportSection> Sections);

    private sealed record ReportDocument(
        int FormatVersion,
        string Summary,
        StudyHeader Header,
        IReadOnlyList<MetricDescription> Metrics,
        EffectThresholds EffectThresholds,
        IReadOnlyList<AuditResult> Audits,
        IReadOnlyList<FitSummary> Fits,
        IReadOnlyList<Interpretation.ImportanceResult> Importance,
        IReadOnlyList<Interpretation.RandomEffectsResult> RandomEffects,
        IReadOnlyList<ReportTable> Tables,
        ReportCover? Cover);
}

/// <summary>Writes a cell as JSON: its text as in the other formats, and its unrounded numbers.</summary>
internal sealed class JsonCells : JsonConverter<ReportCell>
{
    public override ReportCell Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Cells are written only.");

    public override void Write(Utf8JsonWriter writer, ReportCell value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("content", CellText.Plain.Of(value));
        writer.WriteBoolean("isNumber", value.IsNumber);
        writer.WritePropertyName("effect");
        JsonSerializer.Serialize<EffectSize>(writer, value.Effect, options);
        writer.WriteString("detail", CellText.Plain.Detail(value));
        writer.WriteString("metric", value.Metric);
        Number("value", value.Value);
        if (value.Deviation is not null) Number("deviation", value.Deviation);
        if (value.Lower is not null) Number("lower", value.Lower);
        if (value.Upper is not null) Number("upper", value.Upper);
        writer.WriteEndObject();

        void Number(string name, double? number)
        {
            if (number is { } n) writer.WriteNumber(name, n);
            else writer.WriteNull(name);
        }
    }
}

/// <summary>Writes a text with numbers as a JSON string.</summary>
internal sealed class JsonNumericText : JsonConverter<NumericText>
{
    public override NumericText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Texts are written only.");

    public override void Write(Utf8JsonWriter writer, NumericText value, JsonSerializerOptions options) =>
        writer.WriteStringValue(CellText.Plain.Of(value));
}
