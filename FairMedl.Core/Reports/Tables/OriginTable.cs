using System.Globalization;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fits;
using FairMedl.Core.Interpretation;
using FairMedl.Core.Numerics;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Runs;
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
            .. Words(("Validation fold", protocol.Folds < 3 ? "none, with two folds" : definition.HoldsOutValidation()
                ? "held out" : "joins training"),
                ("Seeds", string.Join(", ", protocol.Seeds.Select(s => s.ToString(CultureInfo.InvariantCulture))))),
            ("Thresholds", Thresholds(results)),
            .. Words(
                ("Confounding probes", !protocol.Probes ? "none" : protocol.ProbeSet == ProbeSet.One ? "one (r), added to the features"
                    : "five, added to the features"),
                ("Preset", definition.Preset),
                ("Settings changed for all models", Settings(definition.Settings))),
            .. ByModel(results, "Epochs", "epochs", f => f.Losses.Count, Digits.Count),
            .. ByModel(results, "Weight of the KL divergence (lambdaK)", "lambdaK", f => f.KlWeight, Digits.Scientific(1)),
            .. Words([.. definition.Models.Select(m => ($"Model {m.Model}", m.Settings is { Count: > 0 } own
                ? Settings(own) : "no changes to the preset"))]),
            ("Fits", $"{results.Fits.Count:N0} of {header.PlannedFits:N0}"),
        ];
        return new ReportTable("origin", "How this study was computed", [new("Setting"), new("Value")],
            facts.Select(f => new[] { ReportCell.Words(f.Name), ReportCell.Words(f.Value) }).ToArray(), []);
    }

    /// <summary>
    /// A hyperparameter that may be "auto", with the range of the numbers that the fits used: "auto, 2.1E-5 to 2.3E-5". One text for
    /// all models that have the same, else one for each; none for models that do not read it.
    /// </summary>
    private static IEnumerable<(string Name, NumericText Value)> ByModel(StudyResults results, string name, string setting,
        Func<FitSummary, double?> used, Digits digits)
    {
        (string Model, NumericText Text)[] texts =
        [
            .. from model in results.Header.Definition.Models
               let defined = EffectiveSetting.Of(results.Header.Definition, model.Model).FirstOrDefault(s => s.Setting.Name == setting)
               where defined is not null
               select (ResultNames.Model(model.Model), Used(defined.Value,
                   [.. results.Fits.Where(f => f.Key.Model == model.Model).Select(used).OfType<double>().Order()])),
        ];
        if (texts.Length == 0) yield break;
        yield return (name, texts.Select(t => t.Text).Distinct().Count() == 1 ? texts[0].Text
            : NumericText.Join("; ", texts.Select(t => NumericText.Of($"{t.Model}: {t.Text}"))));

        NumericText Used(string value, double[] numbers) => value != Auto.Word || numbers.Length == 0 ? NumericText.Of(value)
            : digits.Format(numbers[0]) == digits.Format(numbers[^1]) ? NumericText.Of($"{value}, {digits.Number(numbers[0])}")
            : NumericText.Of($"{value}, {digits.Number(numbers[0])} to {digits.Number(numbers[^1])}");
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
