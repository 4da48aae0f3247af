using System.Globalization;
using FairMedl.Core.Data;
using FairMedl.Core.Data.NewFiles;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fits;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Studies.Scoring;

/// <summary>What a reader of scored rows must know, in sentences.</summary>
internal static class ScoringNotes
{
    public static IEnumerable<string> Of(TrainedRun run, Ensemble ensemble, NewRowsSummary summary, long predicted, long known,
        long labelled, bool flips)
    {
        bool classification = run.Definition.Data.Target.Task == PredictionTask.Classification;
        string heads = run.Kind.RandomEffects ? "each head's" : "the";
        yield return $"Predictions are averaged over {run.Members} of {run.Kind.Name}." + (!classification ? "" : run.Models.Count == 1
            ? $" A probability at or above {heads} threshold is predicted positive."
            : $" A mean probability at or above the mean of {heads} thresholds is predicted positive.");
        if (classification && WeightedProbability.Warnings(run.Models.Select(m => m.Specification.Training)) is { } weighted)
            yield return weighted;
        for (int e = 0; e < summary.Excluded.Count; e++)
        {
            RowExclusion exclusion = run.Definition.Data.Exclude[e];
            string values = string.Join(", ", exclusion.Values.Select(v => v.Length == 0 ? "missing" : $"'{v}'"));
            if (summary.Excluded[e] is not { } rows) yield return $"The study excludes {exclusion.Column} = {values} by the target. " +
                "Such rows are predicted but not audited.";
            else if (rows > 0) yield return $"{MessageText.Count(rows, "row")} with {exclusion.Column} = {values} " +
                "excluded, as in the study.";
        }

        if (known < predicted)
        {
            yield return $"{MessageText.Count(predicted - known, "row")} in clusters not used in training " +
                $"({List(summary.UnknownClusters)}). " + Unknown(run, ensemble);
        }

        foreach ((string column, ValueCounts counts) in summary.UnseenLevels)
            yield return $"{MessageText.Count(counts.Total, "row")} with a value of '{column}' that does not occur in the " +
                $"training rows ({List(counts)})" + (run.Definition.Data.Features.Contains(column)
                ? $"; {(counts.Total == 1 ? "it is" : "they are")} encoded as " +
                    $"zeros{(run.Definition.Data.Sensitive.Any(s => s.Column == column) ? ", and the audit treats them as a separate group" : "")}."
                : $"; the audit treats {(counts.Total == 1 ? "it" : "them")} as a separate group.");
        foreach ((string column, ValueCounts counts) in summary.PartlyKnownLevels)
            yield return $"{MessageText.Count(counts.Total, "row")} with a value of '{column}' that does not occur in the training rows of some fits ({List(counts, m => FormattableString.Invariant($", unknown to {run.Models.Count - run.FitsKnowing(column, m)} of {run.Models.Count} fits"))}); These fits encode it as zeros.";
        foreach ((string column, long rows) in summary.MissingNumbers)
        {
            int withIndicator = run.Models.Count(m => m.Encoder.Features.First(f => f.Column == column).HasIndicator);
            if (withIndicator < run.Models.Count)
                yield return $"{MessageText.Count(rows, "row")} missing '{column}', which is never missing in the training " +
                    $"rows{(withIndicator > 0 ? $" in {run.Models.Count - withIndicator} of the fits" : "")}. The " +
                        "training mean is used instead.";
        }

        if (!summary.HasTarget) yield return $"The file has no column '{run.Definition.Data.Target.Column}', so the " +
            "predictions are not audited.";
        else if (labelled < predicted) yield return $"{MessageText.Count(predicted - labelled, "row")} without a target: " +
            "predicted but not audited.";
        if (labelled > 0 && !flips) yield return "Attribute flips were not requested, so counterfactual fairness is not measured.";
        foreach (string lacking in run.Lacking) yield return $"A fit is left out of the predictions: {lacking}";
    }

    private static string Unknown(TrainedRun run, Ensemble ensemble)
    {
        if (!run.Kind.RandomEffects)
            return run.Kind.ClusterAsInput ? "The network has no cluster input for them." : "The model does not use the cluster.";
        if (run.Models[0].Specification.Training.UnseenClusters == UnseenClusterRule.FixedEffects)
            return "By the study's rule, their mixed-effects prediction equals the fixed-effects prediction.";
        if (!ensemble.MixesUnseenClusters) return "The study held out no clusters, so it has no cluster predictor. Their mixed-effects " +
            "prediction equals the fixed-effects prediction.";
        return run.Models[0].Specification.Training.UnseenClusters == UnseenClusterRule.Hard
            ? "By the study's rule, they use the random effects of the seen cluster that the cluster predictor finds most likely."
            : "By the study's rule, they use the random effects of the seen clusters, weighted by the cluster predictor.";
    }

    private static string List(ValueCounts counts, Func<string, string>? more = null)
    {
        string most = string.Join(more is null
            ? ", " : "; ", counts.Most.Select(m => string.Create(CultureInfo.InvariantCulture,
            $"{Short(m.Value)} {m.Rows:N0}{more?.Invoke(m.Value)}")));
        if (counts.Others == 0 && !counts.IsCut) return most;
        return string.Create(CultureInfo.InvariantCulture, $"{most} and {(counts.IsCut ? "at least " : "")}{counts.Others:N0} more");
    }

    private static string Short(string value) => value.Length <= 40 ? value : value[..39] + "…";
}
