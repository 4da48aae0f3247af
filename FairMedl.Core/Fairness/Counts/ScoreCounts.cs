using FairMedl.Core.Numerics;

namespace FairMedl.Core.Fairness.Counts;

/// <summary>
/// Exact counts of scores by cell, label and step of a threshold grid. They give every group's confusion counts at any threshold
/// of the grid and at the models' own thresholds. Size and time depend on cells and steps, not on the number of rows.
/// </summary>
public sealed class ScoreCounts
{
    private const int CountBits = 22, MostInRun = (1 << CountBits) - 1;

    // By list (2 cell + label): its runs in ascending order of step with their numbers of rows, and its predicted positives.
    private readonly uint[] runs;
    private readonly int[] starts, decided;

    private ScoreCounts(uint[] runs, int[] starts, int[] decided) => (this.runs, this.starts, this.decided) = (runs, starts, decided);

    /// <summary>Size of the counts in bytes.</summary>
    public long Bytes => 4L * (runs.Length + starts.Length + decided.Length);

    /// <summary>Maximum size of the counts of a number of rows, in bytes.</summary>
    public static long MostBytes(long rows, int cells, int steps) => 4 * (Math.Min(rows, 2L * cells * (steps + 1)) + 4L * cells + 1);

    /// <summary>Counts the rows.</summary>
    /// <param name="labels">n labels, 0 or 1.</param>
    /// <param name="scores">n probabilities of label 1.</param>
    /// <param name="decisions">n decisions of the models, each at its fit's own threshold.</param>
    /// <param name="cells">n cells, 0 .. cellCount - 1.</param>
    /// <param name="cellCount">Number of cells.</param>
    /// <param name="grid">The thresholds.</param>
    /// <exception cref="ArgumentException">Lengths differ, a label is neither 0 nor 1, or a score is no probability.</exception>
    public static ScoreCounts Of(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores, ReadOnlySpan<bool> decisions,
        ReadOnlySpan<int> cells, int cellCount, ThresholdGrid grid)
    {
        if (labels.Length != scores.Length || labels.Length != decisions.Length || labels.Length != cells.Length)
            throw new ArgumentException($"{labels.Length} labels, {scores.Length} scores, {decisions.Length} " +
                $"decisions and {cells.Length} cells.");
        var decided = new int[2 * cellCount];
        var keys = new ulong[labels.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            int list = 2 * cells[i] + (ScoreOrder.IsPositive(labels[i]) ? 1 : 0);
            if (decisions[i]) decided[list]++;
            keys[i] = ((ulong)list << 10) | (uint)grid.Reached(scores[i]);
        }

        Array.Sort(keys);
        var runs = new List<uint>();
        var starts = new int[2 * cellCount + 1];
        int at = 0;
        for (int list = 0; list < 2 * cellCount; list++)
        {
            starts[list] = runs.Count;
            while (at < keys.Length && (int)(keys[at] >> 10) == list)
            {
                int first = at;
                while (at < keys.Length && keys[at] == keys[first] && at - first < MostInRun) at++;
                runs.Add(((uint)(keys[first] & 1023) << CountBits) | (uint)(at - first));
            }
        }

        starts[^1] = runs.Count;
        return new ScoreCounts([.. runs], starts, decided);
    }

    /// <summary>Confusion counts by group.</summary>
    /// <param name="grouping">Groups over the cells.</param>
    /// <param name="step">The threshold's step; null = the models' own thresholds.</param>
    public ConfusionCounts[] By(Grouping grouping, int? step)
    {
        var cells = new int[4 * grouping.Groups.Count];
        for (int list = 0; list < decided.Length; list++)
        {
            int total = 0, reached = 0;
            for (int r = starts[list]; r < starts[list + 1]; r++)
            {
                int rows = (int)(runs[r] & MostInRun);
                total += rows;
                if (runs[r] >> CountBits >= step) reached += rows;
            }

            int selected = step is null ? decided[list] : reached;
            int place = 4 * grouping.OfCell[list / 2] + 2 * (list % 2);
            cells[place] += total - selected;
            cells[place + 1] += selected;
        }

        var counts = new ConfusionCounts[grouping.Groups.Count];
        for (int g = 0; g < counts.Length; g++)
            counts[g] = new ConfusionCounts(cells[4 * g + 3], cells[4 * g + 1], cells[4 * g], cells[4 * g + 2]);
        return counts;
    }
}
