using FairMedl.Core.Experiments;
using FairMedl.Core.Experiments.Scoring;
using FairMedl.Core.Models;
using FairMedl.Core.Reports;
using FairMedl.Core.Storage;
using FairMedl.Core.Training;

namespace FairMedl.Web.CommandLine;

/// <summary>The files of an audit, by the names that other programs look for.</summary>
internal static class AuditFiles
{
    private const string Predictions = "predictions.csv";

    private static readonly (string Name, Action<StudyResults, TextWriter> Write)[] Always =
    [
        ("metrics.csv", MetricsCsv.Write),
        ("intervals.csv", IntervalsCsv.Write),
        ("fits.csv", FitsCsv.Write),
        ("importance.csv", ImportanceCsv.Write),
        ("random_effects.csv", RandomEffectsCsv.Write),
        ("random_slopes.csv", RandomSlopesCsv.Write),
        ("report.md", (results, writer) => ReportMarkdown.Write(results, writer)),
        ("report.html", (results, writer) => ReportHtml.Write(results, writer)),
        ("report.json", (results, writer) => ReportJson.Write(results, writer)),
    ];

    /// <summary>Every name that an audit may write.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Always.Select(file => file.Name), Predictions, .. ModelCatalogue.All.Select(m => Model(m.Id))];

    /// <summary>Writes them (UTF-8 without a mark) into an existing folder.</summary>
    public static void Write(string folder, StudyPlan plan, IReadOnlyList<FitResult> fits, StudyResults results, AuditRequest request)
    {
        foreach ((string name, Action<StudyResults, TextWriter> write) in Always)
        {
            using StreamWriter file = File.CreateText(Path.Combine(folder, name));
            write(results, file);
        }

        if (request.Models)
        {
            foreach (IGrouping<string, TrainedModel> run in fits.Select(f => f.Model).OfType<TrainedModel>().GroupBy(m => m.Key.Model))
                File.WriteAllBytes(Path.Combine(folder, Model(run.Key)), TrainedRunFormat.Write(new TrainedRun(plan.Definition, [.. run])));
        }

        if (!request.Predictions) return;
        using StreamWriter rows = File.CreateText(Path.Combine(folder, Predictions));
        PredictionsCsv.Write(plan.Data, fits, rows);
    }

    private static string Model(string id) => $"{id}.model";
}
