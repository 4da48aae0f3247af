using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fits;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Figures;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Reports.Sentences;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Document;

/// <summary>The main results on one page: sentences, the main figure, and a table of the models.</summary>
internal static class ReportSummary
{
    /// <summary>The section; the writers put the report's sentence at its head.</summary>
    public static ReportSection Of(StudyResults results)
    {
        StudyHeader header = results.Header;
        StudyComparison? main = StudyComparison.Main(header.Definition);
        DisparityFigure? figure = DisparityFigure.Of(results,
            [.. AttributeFindings.Shown(results).Select(m => (m, StudyResults.MainHead(m, Split.Seen)))], Split.Seen);
        return new ReportSection(
            ReportPart.Summary,
            "Summary",
            [.. main is null ? []
                : StudySentence.WithOtherHeads(results, main.Baseline, main.Fair, Split.Unseen), .. DebiasingSentence.All(results).Select(s => s.ToString()),
                What(results), .. Partial(results)],
            results.Audits.Count == 0 ? [] : [Models(results)],
            figure is null ? [] : [figure]);
    }

    /// <summary>What was compared and how.</summary>
    private static string What(StudyResults results)
    {
        StudyDefinition definition = results.Header.Definition;
        string names = string.Join(", ", definition.Models.Select(m => ResultNames.Model(m.Model)));
        string features = MessageText.Count(definition.Data.Features.Count, "feature");
        bool classification = definition.Data.Target.Task == PredictionTask.Classification;
        return $"The study compares {MessageText.Count(definition.Models.Count, "model")} ({names}). Each predicts " +
            $"{(classification ? "whether " : "")}{results.Header.TargetDescription} from {features} on " +
            $"{MessageText.Count(results.Header.Rows, "row")}, clustered by {definition.Data.Cluster.Column}. " +
            (definition.Protocol.FoldsToRun is { } run && run < definition.Protocol.Folds
                ? $"Only {run} of {definition.Protocol.Folds} folds {(run == 1 ? "is" : "are")} run, so not every row is predicted. " : "") +
            "A row is predicted only by models that did not train on it.";
    }

    private static IEnumerable<string> Partial(StudyResults results)
    {
        if (results.Fits.Count < results.Header.PlannedFits)
            yield return $"The study is not finished: {MessageText.Count(results.Fits.Count)} of " +
                $"{MessageText.Count(results.Header.PlannedFits)} fits are included.";
    }

    /// <summary>Each model by its main head: performance and the main spread of every attribute.</summary>
    private static ReportTable Models(StudyResults results)
    {
        StudyDefinition definition = results.Header.Definition;
        bool classification = definition.Data.Target.Task == PredictionTask.Classification;
        MetricDescription performance = MetricDescriptions.Performance(classification),
            spread = MetricDescriptions.MainSpread(classification);
        ClusterWords words = ClusterWords.Of(results);
        IReadOnlyList<string> attributes = ReportOrder.Attributes(results);
        Digits main = Digits.Of(performance, classification), digits = Digits.Of(spread, classification);
        var rows = new List<IReadOnlyList<ReportCell>>();
        foreach (Split split in Enum.GetValues<Split>().Where(s => results.Audits.Any(a => a.Seed is null && a.Split == s)).Take(1))
        {
            foreach (string model in ReportOrder.Models(results).Where(m => ModelCatalogue.Find(m) is not null))
            {
                if (results.Find(model, StudyResults.MainHead(model, split), split) is not { } audit) continue;
                rows.Add(
                [
                    ReportCell.Words(ResultNames.Model(model, audit.Head)),
                    CompactCell.Of(results, audit, a => MetricDescriptions.Read(a, performance.Id), main),
                    .. attributes.Select(a => CompactCell.Of(results, audit, SeedSpread.Attribute(a, spread.Id), digits)),
                ]);
            }
        }

        return new ReportTable(
            "summary",
            $"Models at a glance, {words.Of(rows.Count > 0 && results.Audits.Any(a => a.Split == Split.Seen) ? Split.Seen : Split.Unseen)}",
            [new("Model"), new(performance.Name), .. attributes.Select(a => new ReportColumn($"{spread.Name} by {a}"))],
            rows,
            [CompactCell.Note(results), $"{spread.Name}: {spread.Sentence}"]);
    }
}
