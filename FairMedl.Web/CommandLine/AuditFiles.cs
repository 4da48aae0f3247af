using FairMedl.Core.Fits;
using FairMedl.Core.Reports.Files;
using FairMedl.Core.Reports.Writers;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Web.CommandLine;

/// <summary>Names of the files that audit writes. Other programs rely on them.</summary>
internal static class AuditFiles
{
    public const string Predictions = "predictions.csv";

    private static readonly (string Name, Action<StudyResults, TextWriter> Write)[] Always =
    [
        ("metrics.csv", MetricsCsv.Write),
        ("intervals.csv", IntervalsCsv.Write),
        ("fits.csv", FitsCsv.Write),
        ("importance.csv", ImportanceCsv.Write),
        ("permutation_importance.csv", PermutationImportanceCsv.Write),
        ("random_effects.csv", RandomEffectsCsv.Write),
        ("random_slopes.csv", RandomSlopesCsv.Write),
        ("report.md", (results, writer) => ReportMarkdown.Write(results, writer)),
        ("report.html", (results, writer) => ReportHtml.Write(results, writer)),
        ("report.json", (results, writer) => ReportJson.Write(results, writer)),
    ];

    /// <summary>Every name that an audit may write.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Always.Select(file => file.Name), Predictions, .. ModelCatalogue.All.Select(m => Model(m.Id))];

    /// <summary>
    /// Writes those that are written from the results (UTF-8 without a mark) into an existing folder; the others are
    /// <see cref="KeptFits"/>'s.
    /// </summary>
    public static void Write(string folder, StudyResults results)
    {
        foreach ((string name, Action<StudyResults, TextWriter> write) in Always)
        {
            using StreamWriter file = File.CreateText(Path.Combine(folder, name));
            write(results, file);
        }
    }

    /// <summary>The file of a model's fits.</summary>
    public static string Model(string id) => $"{id}.model";
}
