using FairMedl.Core.Data.NewFiles;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Numerics;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Studies.Scoring;

/// <summary>
/// Collects the labelled rows of a new file (a few bytes per row: target, predictions, groups, and flips if requested) and audits
/// them like a study's own: known and unknown clusters separately, and each head separately.
/// </summary>
internal sealed class NewDataAudit
{
    /// <summary>The group of rows whose value the study does not have.</summary>
    public const string OtherGroup = "(not in the study)";

    private readonly TrainedRun run;
    private readonly BatchSchema schema;
    private readonly Part[] parts;
    private readonly bool flips;

    public NewDataAudit(TrainedRun run, bool flips)
    {
        this.flips = flips;
        this.run = run;
        schema = run.Schema;
        parts = [new Part(schema.Groups.Count), new Part(schema.Groups.Count)];
    }

    /// <summary>Number of labeled rows so far.</summary>
    public long Labelled => parts.Sum(p => (long)p.Targets.Count);

    public void Add(ScoredRows scored, EnsembleFlips? flipped)
    {
        NewRows rows = scored.Rows;
        for (int i = 0; i < rows.Target.Length; i++)
        {
            if (float.IsNaN(rows.Target[i])) continue;
            Part part = parts[rows.Rows.Cluster[i] >= 0 ? 0 : 1];
            part.Targets.Add(rows.Target[i]);
            part.Add(rows.ClusterNames[i]);
            part.Fixed.Add(scored.Predictions.Fixed[i]);
            if (scored.Predictions.Mixed is { } mixed) part.Mixed.Add(mixed[i]);
            for (int a = 0; a < part.Groups.Length; a++)
            {
                part.Groups[a].Add((byte)(rows.Rows.Groups[a][i] + 1));
                if (flipped is null || flipped.Fixed[a].Length == 0) continue;
                part.FixedFlips[a].Add(flipped.Fixed[a][i]);
                if (flipped.Mixed is { } ofMixed) part.MixedFlips[a].Add(ofMixed[a][i]);
            }
        }
    }

    /// <summary>The audit; null without a labelled row.</summary>
    public StudyResults? Finish(Ensemble ensemble, NewRowsSummary summary, long known, long predicted, IReadOnlyList<string> notes)
    {
        if (Labelled == 0) return null;
        var audits = new List<AuditResult>();
        foreach ((Part part, Split split) in parts.Zip([Split.Seen, Split.Unseen]))
        {
            if (part.Targets.Count == 0) continue;
            float[] targets = [.. part.Targets];
            AttributeRows[] attributes = [.. schema.Groups.Select((names, a) =>
                Attribute(schema.Data.Sensitive[a].Column, names, part.Groups[a]) with { Minimum = run.Definition.GroupMinimum() })];
            foreach (Head head in run.Heads)
            {
                float[] predictions = [.. head == Head.FixedEffects ? part.Fixed : part.Mixed];
                double? threshold = head == Head.FixedEffects ? ensemble.FixedThreshold : ensemble.MixedThreshold;
                var resampling = new AuditResampling(new RandomStream(1).Child("scoring").Child(head == Head.FixedEffects ? "fe" : "me")
                    .Child((ulong)split), Clusters: part.Clusters?.ToArray());
                float[][]? moved = flips
                    ? [.. (head == Head.FixedEffects ? part.FixedFlips : part.MixedFlips).Select(s => s.ToArray())] : null;
                SplitAudit audit = schema.Data.Target.Task == PredictionTask.Classification
                    ? SplitAuditor.Classification(targets, predictions,
                        Array.ConvertAll(predictions, p => MeanDecision.IsYes(p, threshold!.Value)), attributes, moved, resampling)
                    : SplitAuditor.Regression(targets, predictions, attributes, moved, resampling);
                audits.Add(new AuditResult(run.Kind.Id, head, split, null, audit));
            }
        }

        var header = new StudyHeader(
            run.Definition.Name, StudyJson.Hash(run.Definition), summary.Fingerprint, StudyGathering.Version,
            ensemble.Compute.Origin.Description, run.Definition,
            run.Definition.Data.Target.Task == PredictionTask.Classification
                ? $"{schema.Data.Target.Column} = {string.Join(" or ", schema.Data.Target.Positive ?? [])}" : schema.Data.Target.Column,
            (int)predicted, (int)known, (int)(predicted - known), [.. schema.Clusters.Select(c => new ClusterSize(c, 0))], 0, notes);
        return new StudyResults { Header = header, Audits = audits, Fits = [], Importance = [], RandomEffects = [] };
    }

    private static AttributeRows Attribute(string name, IReadOnlyList<string> names, List<byte> groups)
    {
        int[] codes = [.. groups.Select(g => g - 1)];
        bool hasOthers = codes.AsSpan().Contains(-1);
        return new AttributeRows(name, hasOthers
            ? [.. names, OtherGroup] : names, hasOthers ? Array.ConvertAll(codes, g => g < 0 ? names.Count : g) : codes);
    }

    private sealed class Part(int attributes)
    {
        private const int MaxClusters = 10_000;
        private readonly Dictionary<string, int> codes = new(StringComparer.Ordinal);

        /// <summary>Per row its cluster's code; null where there are too many clusters to keep apart.</summary>
        public List<int>? Clusters { get; private set; } = [];

        public List<float> Targets { get; } = [];

        public List<float> Fixed { get; } = [];

        public List<float> Mixed { get; } = [];

        public List<float>[] FixedFlips { get; } = [.. Enumerable.Range(0, attributes).Select(_ => new List<float>())];

        public List<float>[] MixedFlips { get; } = [.. Enumerable.Range(0, attributes).Select(_ => new List<float>())];

        public List<byte>[] Groups { get; } = [.. Enumerable.Range(0, attributes).Select(_ => new List<byte>())];

        public void Add(string cluster)
        {
            if (Clusters is null) return;
            if (!codes.TryGetValue(cluster, out int code)) codes[cluster] = code = codes.Count;
            if (codes.Count > MaxClusters) Clusters = null;
            else Clusters.Add(code);
        }
    }
}
