using System.Globalization;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fits;
using FairMedl.Core.Interpretation;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Tables;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Runs;

/// <summary>
/// Table of the differences between runs: data, protocol and every hyperparameter that at least one of their models uses, with
/// its effective value. Equal values are omitted.
/// </summary>
public static class RunSettings
{
    private const string Unknown = "–";

    /// <summary>The table; without rows where the runs do not differ.</summary>
    public static ReportTable Differences(IReadOnlyList<Run> runs)
    {
        (string Setting, string? Value)[][] settings = [.. runs.Select(r => Of(r).ToArray())];
        // Every run names the same settings in the same order.
        IEnumerable<ReportCell[]> rows = Enumerable.Range(0, settings.Length == 0 ? 0 : settings[0].Length)
            .Select(i => (Name: settings[0][i].Setting, Values: settings.Select(s => s[i].Value).ToArray()))
            .Where(row => row.Values.Distinct().Count() > 1)
            .Select(row => (ReportCell[])[ReportCell.Words(row.Name),
                .. row.Values.Zip(runs, (value, run) => value is null ? ReportCell.None($"not in {ResultNames.Model(run.Model)}") : ReportCell.Words(value))]);
        return new ReportTable("runs-settings", "What differs", [new("Setting"), .. runs.Select(r => new ReportColumn(r.Name))], [.. rows],
            [.. TableNotes.Of([.. new[] { RunOrigins.Difference(runs) }.OfType<string>(),
            "All other settings are the same in all of these runs. \"– (not in ...)\": the model has no " +
            "part that uses this hyperparameter."])]);
    }

    // Null = a hyperparameter that the run's model does not use.
    private static IEnumerable<(string Setting, string? Value)> Of(Run run)
    {
        StudyHeader header = run.Results.Header;
        StudyDefinition definition = header.Definition;
        DataSpecification data = definition.Data;
        ProtocolSpecification protocol = definition.Protocol;
        yield return ("Model", ResultNames.Model(run.Model));
        yield return ("Head", ResultNames.Long(run.Head));
        yield return ("Data set (SHA-256)", header.DataHash.Length > 12 ? header.DataHash[..12] + "…" : header.DataHash);
        yield return ("Target", header.TargetDescription);
        yield return ("Cluster column", data.Cluster.Column);
        yield return ("Seen clusters", string.Join(", ", header.Clusters.Select(c => c.Name)));
        yield return ("Sensitive attributes", string.Join(", ",
            data.Sensitive.Select(s => s.Bins is { } bounds ? $"{s.Column} cut at {string.Join(", ", bounds.Select(Number))}" : s.Column)));
        yield return ("Groups", string.Join("; ", (run.On(Split.Seen)?.Attributes ?? [])
            .Select(a => $"{a.Attribute}: {string.Join(", ", a.Groups.Select(g => g.Group))}")));
        yield return ("Features", string.Join(", ", data.Features));
        yield return ("Features as categories", string.Join(", ", data.Categorical));
        yield return ("Excluded rows", string.Join("; ", data.Exclude.Select(e => $"{e.Column}: {string.Join(", ", e.Values)}")));
        yield return ("Rows", Number(header.Rows));
        yield return ("Rows of seen clusters", Number(header.SeenRows));
        yield return ("Folds", Number(protocol.Folds));
        yield return ("Folds run", Number(protocol.FoldsToRun ?? protocol.Folds));
        yield return ("Seeds", string.Join(", ", protocol.Seeds));
        yield return ("Probes", !protocol.Probes ? "no" : protocol.ProbeSet == ProbeSet.One ? "one (r)" : "five");
        yield return ("Preset", definition.Preset);
        IReadOnlyList<EffectiveSetting> constants = EffectiveSetting.Of(definition, run.Model);
        foreach (Setting setting in SettingCatalogue.All)
        {
            bool isRead = ModelCatalogue.Find(run.Model) is not { } kind || setting.IsUsedBy(kind);
            yield return (setting.Name, isRead ? constants.FirstOrDefault(c => c.Setting == setting)?.Value ?? Unknown : null);
        }

        yield return ("FairMedl version", header.Version);
        yield return ("Engine and device", header.Device);
    }

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}
