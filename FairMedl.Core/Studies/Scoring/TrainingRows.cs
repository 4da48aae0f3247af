using System.Security.Cryptography;
using System.Text;
using FairMedl.Core.Data;
using FairMedl.Core.Data.NewFiles;

namespace FairMedl.Core.Studies.Scoring;

/// <summary>
/// The rows that a study trained on, to be recognised in a new file: of each a 64-bit hash of its features, its groups, its
/// cluster and its target, by what they mean, so that neither the order of the columns nor the spelling of a number matters.
/// They are the rows of the seen clusters: a few of them are only tested where not all folds are run. Rows of clusters that
/// were held out are not among them. Made when a file is scored and kept nowhere.
/// </summary>
public sealed class TrainingRows
{
    private readonly string[] columns;
    private readonly ulong[] hashes;

    private TrainingRows(string[] columns, ulong[] hashes) => (this.columns, this.hashes) = (columns, hashes);

    /// <summary>
    /// The share of these rows that have a twin among them: how often a row of other people may be the same by chance, where
    /// the columns have few values. 0 means that no two rows are alike.
    /// </summary>
    public double DuplicateShare { get; private init; }

    /// <summary>Number of rows.</summary>
    public int Count => hashes.Length;

    /// <summary>Hashes the rows of a study.</summary>
    public static TrainingRows Of(StudyData data)
    {
        string[] columns = [.. data.Features.Where(f => !f.IsProbe).Select(f => f.Column)];
        ulong[] hashes = Hashes(RowBatch.Of(data, data.SeenRows), columns, row => data.ClusterNames[data.Cluster[data.SeenRows[row]]],
            row => data.Target[data.SeenRows[row]]);
        Array.Sort(hashes);
        int duplicates = 0;
        for (int i = 0; i < hashes.Length; i++)
            if ((i > 0 && hashes[i] == hashes[i - 1]) || (i + 1 < hashes.Length && hashes[i] == hashes[i + 1])) duplicates++;
        return new TrainingRows(columns, hashes) { DuplicateShare = hashes.Length == 0 ? 0 : (double)duplicates / hashes.Length };
    }

    /// <summary>How many rows with a target are identical to one of these.</summary>
    public int CountIn(NewRows rows)
    {
        if (Array.TrueForAll(rows.Target, float.IsNaN)) return 0;
        ulong[] other = Hashes(rows.Rows, columns, row => rows.ClusterNames[row], row => rows.Target[row]);
        int count = 0;
        for (int row = 0; row < other.Length; row++)
            if (!float.IsNaN(rows.Target[row]) && Array.BinarySearch(hashes, other[row]) >= 0) count++;
        return count;
    }

    // A sum of well mixed hashes, one a value, does not depend on the columns' order.
    private static ulong[] Hashes(RowBatch rows, string[] columns, Func<int, string> cluster, Func<int, float> target)
    {
        var hashes = new ulong[rows.Count];
        foreach (FeatureSource feature in rows.Features)
        {
            if (!columns.Contains(feature.Column)) continue;
            ulong name = Hash(feature.Column);
            if (feature.Codes is { } codes)
            {
                ulong[] levels = [.. feature.Levels.Select(l => Mix(name ^ Hash(l)))];
                for (int row = 0; row < hashes.Length; row++) hashes[row] += levels[codes[row]];
            }
            else
            {
                for (int row = 0; row < hashes.Length; row++) hashes[row] += Mix(name ^ Bits(feature.Numbers![row]));
            }
        }

        for (int a = 0; a < rows.Groups.Count; a++)
        {
            ulong name = Mix((ulong)a + 1);
            for (int row = 0; row < hashes.Length; row++) hashes[row] += Mix(name + (ulong)(rows.Groups[a][row] + 1));
        }

        var clusters = new Dictionary<string, ulong>(StringComparer.Ordinal);
        for (int row = 0; row < hashes.Length; row++)
        {
            if (!clusters.TryGetValue(cluster(row), out ulong of)) clusters[cluster(row)] = of = Mix(~Hash(cluster(row)));
            hashes[row] += of + Mix(Bits(target(row)) << 1);
        }

        return hashes;
    }

    // A missing number is one value, and so is zero.
    private static ulong Bits(float value) => float.IsNaN(value) ? ulong.MaxValue : BitConverter.SingleToUInt32Bits(value == 0 ? 0 : value);

    private static ulong Hash(string text) => BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    // The finaliser of SplitMix64 (Steele, Lea and Flood 2014).
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}

/// <summary>How much of a scored file the study has seen before.</summary>
/// <param name="Rows">Rows with a target that are identical to one that the study trained on.</param>
/// <param name="Labelled">Rows with a target.</param>
/// <param name="DuplicateShare">The share of the study's own rows that have a duplicate in the study.</param>
/// <param name="Study">The rows that the study trained on.</param>
public sealed record TrainingOverlap(long Rows, long Labelled, double DuplicateShare, long Study)
{
    /// <summary>
    /// Whether there are more of them than the study's own duplicates suggest, by two standard errors. The share of
    /// duplicates is known from the study's rows alone, so one more is assumed than was found.
    /// </summary>
    public bool IsWarning
    {
        get
        {
            double share = Math.Min(1, DuplicateShare + 1.0 / Math.Max(1, Study));
            return Rows > Labelled * share + 2 * Math.Sqrt(Labelled * share * (1 - share));
        }
    }
}
