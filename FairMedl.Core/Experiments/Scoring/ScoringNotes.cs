using System.Globalization;
using FairMedl.Core.Data;
using FairMedl.Core.Training;

namespace FairMedl.Core.Experiments.Scoring;

/// <summary>What a reader of scored rows must know, in sentences.</summary>
internal static class ScoringNotes
{
    public static IEnumerable<string> Of(TrainedRun run, Ensemble ensemble, NewRowsSummary summary, long predicted, long known, long labelled, bool flips)
    {
        bool classification = run.Definition.Data.Target.Task == PredictionTask.Classification;
        string heads = run.Kind.RandomEffects ? "each head's" : "the";
        yield return $"Predictions are the mean over {run.Members} of {run.Kind.Name}." + (!classification ? "" : run.Models.Count == 1
            ? $" A probability at {heads} threshold or above is a yes."
            : $" A mean probability at the mean of {heads} thresholds or above is a yes.");
        if (classification && WeightedProbability.Warnings(run.Models.Select(m => m.Specification.Training)) is { } weighted) yield return weighted;
        for (int e = 0; e < summary.Excluded.Count; e++)
        {
            RowExclusion exclusion = run.Definition.Data.Exclude[e];
            string values = string.Join(", ", exclusion.Values.Select(v => v.Length == 0 ? "missing" : $"'{v}'"));
            if (summary.Excluded[e] is not { } rows) yield return $"The study's exclusion of {exclusion.Column} = {values} names the target: such rows are predicted, but not audited.";
            else if (rows > 0) yield return $"{MessageText.Count(rows, "row")} with {exclusion.Column} = {values} left out, as in the study: {(rows == 1 ? "it is" : "they are")} not in the predictions.";
        }

        if (known < predicted)
        {
            yield return $"{MessageText.Count(predicted - known, "row")} in clusters that took no part in training ({List(summary.UnknownClusters)}). " + Unknown(run, ensemble);
        }

        foreach ((string column, ValueCounts counts) in summary.UnseenLevels)
            yield return $"{MessageText.Count(counts.Total, "row")} with a value of '{column}' that no training row had ({List(counts)})" + (run.Definition.Data.Features.Contains(column)
                ? $"; {(counts.Total == 1 ? "it is" : "they are")} encoded as zeros{(run.Definition.Data.Sensitive.Any(s => s.Column == column) ? ", and the audit has them as a group of their own" : "")}."
                : $"; the audit has {(counts.Total == 1 ? "it" : "them")} as a group of {(counts.Total == 1 ? "its" : "their")} own.");
        foreach ((string column, ValueCounts counts) in summary.PartlyKnownLevels)
            yield return $"{MessageText.Count(counts.Total, "row")} with a value of '{column}' that the training rows of some fits never had ({List(counts, m => FormattableString.Invariant($", unknown to {run.Models.Count - run.FitsKnowing(column, m)} of {run.Models.Count} fits"))}); those fits encode it as zeros.";
        foreach ((string column, long rows) in summary.MissingNumbers)
        {
            int told = run.Models.Count(m => m.Encoder.Features.First(f => f.Column == column).HasIndicator);
            if (told < run.Models.Count)
                yield return $"{MessageText.Count(rows, "row")} missing '{column}', which no training row missed{(told > 0 ? $" in {run.Models.Count - told} of the fits" : "")}: the training mean stands in.";
        }

        if (!summary.HasTarget) yield return $"The file has no column '{run.Definition.Data.Target.Column}', so there is nothing to audit against.";
        else if (labelled < predicted) yield return $"{MessageText.Count(predicted - labelled, "row")} without a target: predicted, but not audited.";
        if (labelled > 0 && !flips) yield return "Attributes were not flipped, so counterfactual fairness is not measured.";
        foreach (string lacking in run.Lacking) yield return $"A fit does not predict: {lacking}";
    }

    private static string Unknown(TrainedRun run, Ensemble ensemble)
    {
        if (!run.Kind.RandomEffects) return run.Kind.ClusterAsInput ? "The network reads no cluster for them." : "The model does not read the cluster.";
        if (run.Models[0].Specification.Training.UnseenClusters == UnseenClusterRule.FixedEffects) return "By the study's rule their mixed prediction is the fixed one.";
        if (!ensemble.MixesUnseenClusters) return "The study held no cluster out, so it trained no cluster predictor: their mixed prediction is the fixed one.";
        return run.Models[0].Specification.Training.UnseenClusters == UnseenClusterRule.Hard
            ? "By the study's rule they take the effects of the known cluster that the cluster predictor finds most likely."
            : "By the study's rule they take the known clusters' effects, weighted by the cluster predictor.";
    }

    private static string List(ValueCounts counts, Func<string, string>? more = null)
    {
        string most = string.Join(more is null ? ", " : "; ", counts.Most.Select(m => string.Create(CultureInfo.InvariantCulture, $"{Short(m.Value)} {m.Rows:N0}{more?.Invoke(m.Value)}")));
        if (counts.Others == 0 && !counts.IsCut) return most;
        return string.Create(CultureInfo.InvariantCulture, $"{most} and {(counts.IsCut ? "at least " : "")}{counts.Others:N0} more");
    }

    private static string Short(string value) => value.Length <= 40 ? value : value[..39] + "…";
}
