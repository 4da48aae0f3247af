using System.Globalization;
using FairMedl.Core.Data;
using FairMedl.Core.Experiments;
using FairMedl.Core.Fairness;

namespace FairMedl.Core.Reports;

/// <summary>
/// A whole study as a document: sections of paragraphs and tables, which the Markdown and the HTML writer lay out alike.
/// It holds no time and no path, so the same study gives the same report.
/// </summary>
public sealed record StudyReport(string Title, string Summary, IReadOnlyList<ReportSection> Sections)
{
    /// <summary>The report of a study, finished or not.</summary>
    /// <param name="results">The study.</param>
    /// <param name="thresholds">Where the effect bands begin; null = the default.</param>
    public static StudyReport Of(StudyResults results, EffectThresholds? thresholds = null)
    {
        StudyHeader header = results.Header;
        Split[] splits = Enum.GetValues<Split>().Where(s => results.Audits.Any(a => a.Split == s && a.Seed is null)).ToArray();
        string[] attributes = header.Definition.Data.Sensitive.Select(s => s.Column).ToArray();
        IReadOnlyList<StudyComparison> comparisons = StudyComparison.Of(header.Definition);
        var sections = new List<ReportSection>
        {
            new(ReportPart.Origin, "Origin", header.Warnings, [OriginTable.Of(results)]),
            new(ReportPart.Performance, "Performance", [], splits.Select(s => PerformanceTable.Of(results, s, StudyComparison.BaselineOf(header.Definition))).ToArray()),
        };
        foreach (StudyComparison comparison in comparisons)
        {
            sections.Add(new(
                ReportPart.Comparisons,
                $"{ResultNames.Model(comparison.Fair)} against {ResultNames.Model(comparison.Baseline)}",
                splits.SelectMany(s => StudySentence.WithOtherHeads(results, comparison.Baseline, comparison.Fair, s)).ToArray(),
                [
                    .. splits.Select(s => ComparisonTable.Of(results, comparison.Baseline, comparison.Fair, s, thresholds: thresholds)),
                    .. splits.Select(s => PairedTestTable.Of(results, comparison.Baseline, comparison.Fair, s)).OfType<ReportTable>(),
                ],
                splits.Select(s => DisparityFigure.Of(results, [.. new[] { comparison.Baseline, comparison.Fair }.Select(m => (m, StudyResults.MainHead(m, s)))], s)).OfType<DisparityFigure>().ToArray()));
        }

        foreach (string attribute in attributes)
        {
            sections.Add(new(
                ReportPart.Groups,
                $"Groups of {attribute}",
                [],
                splits.SelectMany(s => new[] { GroupRatesTable.Of(results, attribute, s), SpreadTable.Of(results, attribute, s) }).ToArray()));
        }

        if (results.Importance.Count > 0)
            sections.Add(new(ReportPart.Importance, "Feature importance", [ImportanceTable.Meaning, .. ProbeSentence.Of(results)], [ImportanceTable.Of(results), .. results.Importance.Any(m => m.Columns is { Count: > 0 }) ? new[] { ImportanceTable.Columns(results) } : [], .. ImportanceTable.Probes(results) is { } probes ? new[] { probes } : []]));
        if (results.RandomEffects.Count > 0)
            sections.Add(new(ReportPart.RandomEffects, "Random effects", [RandomEffectsTable.Meaning], results.RandomEffects.SelectMany(r => new[] { RandomEffectsTable.Intercepts(r), RandomEffectsTable.Slopes(r) }).ToArray()));
        sections.Add(new(ReportPart.Fits, "Fits and thresholds", [], [ThresholdTable.Of(results)]));
        sections.Add(new(ReportPart.Definitions, "Definitions", Limits(header.Definition.Data.Target.Task), [DefinitionTable.Of(header.Definition.Data.Target.Task)]));
        return new StudyReport(header.Name, StudySentence.Of(results), sections.Select(s => s with { Tables = s.Tables.Select(Brief).ToArray() }).ToArray());
    }

    /// <summary>What a page shows as a report of its own: its sentence and its tables, then where they come from and what the metrics mean.</summary>
    /// <param name="results">The study.</param>
    /// <param name="heading">What is shown, in a few words.</param>
    /// <param name="sentence">The page's sentence.</param>
    /// <param name="tables">Exactly the tables that are shown, in their order.</param>
    public static StudyReport OfShown(StudyResults results, string heading, string sentence, IReadOnlyList<ReportTable> tables)
    {
        ReportTable[] always = [OriginTable.Of(results), DefinitionTable.Of(results.Header.Definition.Data.Target.Task)];
        ReportTable[] missing = [.. always.Where(t => tables.All(shown => shown.Id != t.Id))];
        return new StudyReport(
            results.Header.Name,
            sentence,
            [
                new ReportSection(ReportPart.Shown, heading, results.Header.Warnings, tables),
                .. missing.Length > 0 ? new[] { new ReportSection(ReportPart.Origin, "Origin and definitions", [], missing) } : [],
            ]);
    }

    /// <summary>The report without the sections that are not asked for; its origin always stays, as numbers without one cannot be checked.</summary>
    public StudyReport Only(IReadOnlySet<ReportPart> parts) =>
        this with { Sections = [.. Sections.Where(s => s.Part == ReportPart.Origin || parts.Contains(s.Part))] };

    /// <summary>A table without the notes that its report has in the last section: a page exports a table alone, a report says things once.</summary>
    private static ReportTable Brief(ReportTable table) => table with { Notes = table.Notes.Where(n => !General.Contains(n)).ToArray() };

    private static readonly HashSet<string> General =
        [.. TableNotes.Metrics(MetricDescriptions.All), TableNotes.SpreadsByGroups, TableNotes.Floor, TableNotes.Intervals, TableNotes.ByClusters];

    /// <summary>What every reader of a study must know.</summary>
    internal static string[] Limits(PredictionTask task) =>
    [
        "A rate without a denominator is undefined: it is shown as a dash with its reason and left out of the spread, which then says how many groups it rests on.",
        .. task == PredictionTask.Classification ? new[] { "A score at the threshold counts as positive." } : [],
        "Counterfactual fairness is an attribute swap with all else fixed; it makes no causal claim.",
        .. task == PredictionTask.Regression ? new[] { "The spread of the groups' mean squared errors mixes how much the outcome varies within groups with how unfair the model is." } : [],
        TableNotes.SpreadsByGroups,
        TableNotes.Floor,
        TableNotes.Intervals,
        TableNotes.ByClusters,
    ];
}

/// <summary>What a section is about: what a person takes into a report, or leaves out.</summary>
public enum ReportPart
{
    /// <summary>What a page shows.</summary>
    Shown,

    /// <summary>What the study was made from.</summary>
    Origin,

    /// <summary>How well each model predicts.</summary>
    Performance,

    /// <summary>Each fair model against its baseline.</summary>
    Comparisons,

    /// <summary>Each attribute, group by group.</summary>
    Groups,

    /// <summary>Feature importance, and probes.</summary>
    Importance,

    /// <summary>Intercepts and slopes by cluster.</summary>
    RandomEffects,

    /// <summary>Fits and their thresholds.</summary>
    Fits,

    /// <summary>What each metric means.</summary>
    Definitions,
}

/// <summary>A heading, its paragraphs, its figures and its tables.</summary>
public sealed record ReportSection(ReportPart Part, string Heading, IReadOnlyList<string> Paragraphs, IReadOnlyList<ReportTable> Tables, IReadOnlyList<DisparityFigure>? Figures = null);

/// <summary>What a study was made from: enough to make it again.</summary>
public static class OriginTable
{
    /// <summary>The table.</summary>
    public static ReportTable Of(StudyResults results)
    {
        StudyHeader header = results.Header;
        ExperimentDefinition definition = header.Definition;
        ProtocolSpecification protocol = definition.Protocol;
        string Number(long n) => n.ToString(CultureInfo.InvariantCulture);
        (string, string)[] facts =
        [
            ("Study hash (SHA-256)", header.DefinitionHash),
            ("Data hash (SHA-256)", header.DataHash),
            ("FairMedl version", header.Version),
            ("Device", header.Device),
            ("Task", definition.Data.Target.Task switch { PredictionTask.Classification => $"classification, positive: {header.TargetDescription}", PredictionTask.Regression => $"regression of {header.TargetDescription}" }),
            ("Cluster", definition.Data.Cluster.Column),
            ("Sensitive attributes", string.Join(", ", definition.Data.Sensitive.Select(s => s.Column))),
            ("Features", string.Join(", ", definition.Data.Features)),
            ("Rows", $"{Number(header.Rows)} ({Number(header.SeenRows)} of seen clusters, {Number(header.UnseenRows)} of unseen ones)"),
            ("Seen clusters", string.Join(", ", header.Clusters.Select(c => $"{c.Name} ({Number(c.Rows)})"))),
            ("Folds", protocol.FoldsToRun is { } run && run != protocol.Folds ? $"{Number(run)} of {Number(protocol.Folds)}" : Number(protocol.Folds)),
            ("Seeds", string.Join(", ", protocol.Seeds.Select(s => s.ToString(CultureInfo.InvariantCulture)))),
            ("Thresholds", Thresholds(results)),
            ("Confounding probes", protocol.Probes ? "added to the features" : "none"),
            ("Preset", definition.Preset),
            ("Settings changed for all models", Settings(definition.Settings)),
            .. definition.Models.Select(m => ($"Model {m.Model}", m.Settings is { Count: > 0 } own ? Settings(own) : "as the preset has it")),
            ("Fits", $"{Number(results.Fits.Count)} of {Number(header.PlannedFits)}"),
        ];
        return new ReportTable("origin", "What this study was made from", [new("Fact"), new("Value")],
            facts.Select(f => new[] { ReportCell.Words(f.Item1), ReportCell.Words(f.Item2) }).ToArray(), []);
    }

    /// <summary>Which rule made them, and how far they lie apart; each fit's own stands in <see cref="ThresholdTable"/>.</summary>
    private static string Thresholds(StudyResults results) =>
        ThresholdTable.Rule(results.Threshold, results.Fits.SelectMany(f => new[] { f.FixedThreshold, f.MixedThreshold }));

    private static string Settings(IReadOnlyDictionary<string, System.Text.Json.JsonElement> settings) =>
        settings.Count == 0 ? "none" : string.Join(", ", settings.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Key} = {s.Value.GetRawText()}"));
}

/// <summary>Every metric in words, formula and source.</summary>
public static class DefinitionTable
{
    /// <summary>The metrics that exist for a task.</summary>
    public static ReportTable Of(PredictionTask task) => new(
        "definitions",
        "Metrics",
        [new("Metric"), new("Id"), new("Meaning"), new("Formula"), new("Source")],
        MetricDescriptions.All
            .Where(m => task == PredictionTask.Classification ? m.Classification : m.Regression)
            .Select(m => new[] { m.Name, m.Id, m.Sentence, m.Formula, m.Source }.Select(ReportCell.Words).ToArray())
            .ToArray(),
        []);
}
