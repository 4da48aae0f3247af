using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fairness.Tests;
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
