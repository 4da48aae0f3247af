using FairMedl.Core.Data.Roles;
using FairMedl.Core.Numerics;

namespace FairMedl.Core.Data.Splits;

/// <summary>
/// Deals the seen rows into folds, stratified by cluster x label (regression: cluster x tercile of the target over the seen
/// rows). Each stratum is shuffled by its own named stream and dealt on where the stratum before it stopped, so folds differ by
/// at most one row within a stratum and by at most one row overall; a stratum may have fewer rows than there are folds.
/// </summary>
public static class StratifiedFolds
{
    private const int Terciles = 3;

    /// <summary>The fold, 0 .. folds - 1, of each seen row, in the order of <see cref="StudyData.SeenRows"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than two folds, or more than seen rows.</exception>
    public static int[] Assign(StudyData data, int folds, RandomStream random)
    {
        int[] rows = data.SeenRows;
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(folds, rows.Length);

        float[] cuts = data.Task == PredictionTask.Regression ? TercileCuts(data) : [];
        var strata = new List<int>[data.SeenClusterCount * Terciles];
        for (int i = 0; i < rows.Length; i++)
        {
            float target = data.Target[rows[i]];
            int label = data.Task switch
            {
                PredictionTask.Classification => (int)target,
                PredictionTask.Regression => target <= cuts[0] ? 0 : target <= cuts[1] ? 1 : 2,
            };
            (strata[data.Cluster[rows[i]] * Terciles + label] ??= []).Add(i);
        }

        var fold = new int[rows.Length];
        int next = 0;
        for (int s = 0; s < strata.Length; s++)
        {
            if (strata[s] is null) continue;
            int[] members = [.. strata[s]];
            string name = FormattableString.Invariant($"{data.ClusterNames[s / Terciles]}/{s % Terciles}");
            random.Child(name).Shuffle(members.AsSpan());
            foreach (int member in members)
            {
                fold[member] = next;
                next = (next + 1) % folds;
            }
        }

        return fold;
    }

    private static float[] TercileCuts(StudyData data)
    {
        float[] sorted = Array.ConvertAll(data.SeenRows, row => data.Target[row]);
        Array.Sort(sorted);
        return [sorted[(sorted.Length - 1) / 3], sorted[2 * (sorted.Length - 1) / 3]];
    }
}
