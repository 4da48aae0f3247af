using System.Globalization;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Interpretation;
using FairMedl.Core.Numerics;
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
        (string Name, NumericText Value)[] facts =
        [
            .. Words(
                ("Study hash (SHA-256)", header.DefinitionHash),
                ("Data hash (SHA-256)", header.DataHash),
                ("FairMedl version", header.Version),
                ("Engine and device", header.Device),
                ("Task", definition.Data.Target.Task switch
                {
                    PredictionTask.Classification => $"classification, positive: {header.TargetDescription}",
                    PredictionTask.Regression => $"regression of {header.TargetDescription}",
                }),
                ("Cluster", definition.Data.Cluster.Column),
                ("Sensitive attributes", string.Join(", ", definition.Data.Sensitive.Select(s => s.Column))),
                ("Features", string.Join(", ", definition.Data.Features))),
            ("Rows", $"{header.Rows:N0} ({header.SeenRows:N0} of seen clusters, {header.UnseenRows:N0} of unseen clusters)"),
            ("Seen clusters", Clusters(header.Clusters)),
            ("Folds", protocol.FoldsToRun is { } run && run != protocol.Folds
                ? NumericText.Of($"{run:N0} of {protocol.Folds:N0}") : NumericText.Of($"{protocol.Folds:N0}")),
            .. Words(("Seeds", string.Join(", ", protocol.Seeds.Select(s => s.ToString(CultureInfo.InvariantCulture))))),
            ("Thresholds", Thresholds(results)),
            .. Words(
                ("Confounding probes", !protocol.Probes ? "none" : protocol.ProbeSet == ProbeSet.One ? "one (r), added to the features"
                    : "five, added to the features"),
                ("Preset", definition.Preset),
                ("Settings changed for all models", Settings(definition.Settings))),
            .. Words([.. definition.Models.Select(m => ($"Model {m.Model}", m.Settings is { Count: > 0 } own
                ? Settings(own) : "no changes to the preset"))]),
            ("Fits", $"{results.Fits.Count:N0} of {header.PlannedFits:N0}"),
        ];
        return new ReportTable("origin", "How this study was computed", [new("Setting"), new("Value")],
            facts.Select(f => new[] { ReportCell.Words(f.Name), ReportCell.Words(f.Value) }).ToArray(), []);
    }

    private static IEnumerable<(string Name, NumericText Value)> Words(params (string Name, string Value)[] facts) =>
        facts.Select(f => (f.Name, NumericText.Of(f.Value)));

    private static NumericText Clusters(IReadOnlyList<ClusterSize> clusters)
    {
        NumericText shown = NumericText.Join(", ", clusters.Take(MostClusters).Select(c => NumericText.Of($"{c.Name} ({c.Rows:N0})")));
        return clusters.Count > MostClusters ? NumericText.Of($"{shown} and {clusters.Count - MostClusters:N0} more") : shown;
    }

    /// <summary>The rule and the range of the thresholds; <see cref="ThresholdTable"/> has each model's.</summary>
    private static NumericText Thresholds(StudyResults results) =>
        ThresholdTable.Rule(results.Threshold, results.Fits.SelectMany(f => new[] { f.FixedThreshold, f.MixedThreshold }));

    private static string Settings(IReadOnlyDictionary<string, System.Text.Json.JsonElement> settings) =>
        settings.Count == 0 ? "none"
            : string.Join(", ", settings.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Key} = {s.Value.GetRawText()}"));
}
