using FairMedl.Core.Data;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fairness.Counts;
using FairMedl.Core.Fits;

namespace FairMedl.Core.Studies.Gathering;

/// <summary>Counts the scores of fits as they arrive, on the finest grid whose counts stay within a memory budget.</summary>
internal sealed class StudyScoresBuilder
{
    // The paper's whole study (7 models, 10 folds, 10 seeds of Adult) takes up to 43 MB, most of them unseen rows by each
    // fold's model; a server keeps few studies at a time.
    private const long MostBytes = 128L << 20;

    private static readonly int[] Steps = [ThresholdGrid.MostSteps, 500, 200, 100];

    private readonly StudyData data;
    private readonly IntersectionGroups groups;
    private readonly ThresholdGrid grid;
    private readonly Dictionary<StudyScores.ScoresOf, ScoreCounts[]> counts = [];

    private StudyScoresBuilder(StudyData data, IntersectionGroups groups, ThresholdGrid grid)
    {
        this.data = data;
        this.groups = groups;
        this.grid = grid;
    }

    /// <summary>The grid on which scores are counted.</summary>
    public ThresholdGrid Grid => grid;

    /// <summary>For these fits; null for a regression, and where even the coarsest grid takes too much.</summary>
    public static StudyScoresBuilder? For(StudyData data, IReadOnlyCollection<FitKey> fits)
    {
        if (data.Task != PredictionTask.Classification) return null;
        IntersectionGroups groups = IntersectionGroups.Of(data.Sensitive, data.RowCount);
        long seen = fits.Select(f => f with { Fold = 0 }).Distinct().Sum(f => StudyGathering.HeadsOf(f.Model)),
            unseen = data.UnseenRows.Length == 0 ? 0 : fits.Sum(f => StudyGathering.HeadsOf(f.Model));
        foreach (int steps in Steps)
        {
            long bytes = seen * ScoreCounts.MostBytes(data.SeenRows.Length, groups.Count, steps) +
                unseen * ScoreCounts.MostBytes(data.UnseenRows.Length, groups.Count, steps);
            if (bytes <= MostBytes) return new StudyScoresBuilder(data, groups, new ThresholdGrid(steps));
        }

        return null;
    }

    /// <summary>Counts a fit's unseen rows by one head; may be called from several threads.</summary>
    public ScoreCounts Unseen(HeadPredictions head) =>
        Count(data.UnseenRows, head.Unseen, Array.ConvertAll(head.Unseen, p => p >= head.Threshold));

    /// <summary>
    /// Counts the test folds of one seed of one model by one head, beside what was counted of their unseen rows; may
    /// be called from several threads.
    /// </summary>
    public void Add(string model, Head head, ulong seed, IReadOnlyList<FitResult> folds, IReadOnlyList<ScoreCounts> unseen)
    {
        (FitResult Fit, HeadPredictions Head)[] own = [.. folds.Select(f => (f, FitAudits.Predictions(f, head)))];
        ScoreCounts[] seen =
            [Count([.. own.SelectMany(f => f.Fit.TestRows)], [.. own.SelectMany(f => f.Head.Test)],
                [.. own.SelectMany(f => f.Head.Test.Select(p => p >= f.Head.Threshold))])];
        lock (counts)
        {
            counts[new(model, head, Split.Seen, seed)] = seen;
            if (unseen.Count > 0) counts[new(model, head, Split.Unseen, seed)] = [.. unseen];
        }
    }

    /// <summary>Returns the counts.</summary>
    public StudyScores Build() => new(grid, groups, counts);

    private ScoreCounts Count(int[] rows, float[] scores, bool[] decisions) =>
        ScoreCounts.Of(Array.ConvertAll(rows, r => data.Target[r]), scores, decisions, Array.ConvertAll(rows, r => groups.Cells[r]),
            groups.Count, grid);
}
