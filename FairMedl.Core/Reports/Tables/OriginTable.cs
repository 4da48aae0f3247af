using System.Globalization;
using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Tables;

/// <summary>Provenance table: the settings, hashes and versions needed to run a study again.</summary>
public static class OriginTable
{
    private const int MostClusters = 60;

    /// <summary>The table.</summary>
    public static ReportTable Of(StudyResults results)
    {
        StudyHeader header = results.Header;
        StudyDefinition definition = header.Definition;
        ProtocolSpecification protocol = definition.Protocol;
        static string Number(long n) => MessageText.Count(n);
        (string, string)[] facts =
        [
            ("Study hash (SHA-256)", header.DefinitionHash),
            ("Data hash (SHA-256)", header.DataHash),
            ("FairMedl version", header.Version),
            ("Engine and device", header.Device),
            ("Task", definition.Data.Target.Task switch { PredictionTask.Classification =>
                $"classification, positive: {header.TargetDescription}",
                PredictionTask.Regression => $"regression of {header.TargetDescription}" }),
            ("Cluster", definition.Data.Cluster.Column),
            ("Sensitive attributes", string.Join(", ", definition.Data.Sensitive.Select(s => s.Column))),
            ("Features", string.Join(", ", definition.Data.Features)),
            ("Rows", $"{Number(header.Rows)} ({Number(header.SeenRows)} of seen clusters, {Number(header.UnseenRows)} of unseen clusters)"),
            ("Seen clusters", Clusters(header.Clusters)),
            ("Folds", protocol.FoldsToRun is { } run && run != protocol.Folds
                ? $"{Number(run)} of {Number(protocol.Folds)}" : Number(protocol.Folds)),
            ("Seeds", string.Join(", ", protocol.Seeds.Select(s => s.ToString(CultureInfo.InvariantCulture)))),
            ("Thresholds", Thresholds(results)),
            ("Confounding probes", protocol.Probes ? "added to the features" : "none"),
            ("Preset", definition.Preset),
            ("Settings changed for all models", Settings(definition.Settings)),
            .. definition.Models.Select(m => ($"Model {m.Model}", m.Settings is { Count: > 0 } own
                ? Settings(own) : "no changes to the preset")),
            ("Fits", $"{Number(results.Fits.Count)} of {Number(header.PlannedFits)}"),
        ];
        return new ReportTable("origin", "How this study was computed", [new("Setting"), new("Value")],
            facts.Select(f => new[] { ReportCell.Words(f.Item1), ReportCell.Words(f.Item2) }).ToArray(), []);
    }

    private static string Clusters(IReadOnlyList<ClusterSize> clusters)
    {
        string shown = string.Join(", ", clusters.Take(MostClusters).Select(c => $"{c.Name} ({MessageText.Count(c.Rows)})"));
        return clusters.Count > MostClusters ? $"{shown} and {MessageText.Count(clusters.Count - MostClusters)} more" : shown;
    }

    /// <summary>The rule and the range of the thresholds; <see cref="ThresholdTable"/> has each model's.</summary>
    private static string Thresholds(StudyResults results) =>
        ThresholdTable.Rule(results.Threshold, results.Fits.SelectMany(f => new[] { f.FixedThreshold, f.MixedThreshold }));

    private static string Settings(IReadOnlyDictionary<string, System.Text.Json.JsonElement> settings) =>
        settings.Count == 0 ? "none"
            : string.Join(", ", settings.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Key} = {s.Value.GetRawText()}"));
}
