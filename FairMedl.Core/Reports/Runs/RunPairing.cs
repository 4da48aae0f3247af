using System.Globalization;
using System.Text.Json;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Runs;

/// <summary>
/// Whether two runs were repeated on the same rows in the same folds, so that the values of one seed or fold can be compared
/// between them. Features, hyperparameters and models may differ; folds do not depend on them.
/// </summary>
/// <param name="Seeds">The common seeds; empty where the runs cannot be paired.</param>
/// <param name="Obstacle">Why they cannot be paired, as the rest of "not paired: ..."; null where they can.</param>
public sealed record RunPairing(IReadOnlyList<ulong> Seeds, string? Obstacle)
{
    /// <summary>The pairing of two runs.</summary>
    public static RunPairing Of(Run first, Run second)
    {
        StudyHeader a = first.Results.Header, b = second.Results.Header;
        DataSpecification from = a.Definition.Data, to = b.Definition.Data;
        ProtocolSpecification folds = a.Definition.Protocol, others = b.Definition.Protocol;
        if (a.DataHash != b.DataHash) return Not("they use different data sets");
        if (!Same(from.Csv, to.Csv)) return Not("the file was read in different ways");
        if (!HaveSameTarget(first, second)) return Not("they predict different targets");
        if (!Same(from.Exclude, to.Exclude)) return Not("they exclude different rows");
        if (!Same(from.Cluster, to.Cluster)) return Not("they use other clusters, or other clusters are held out");
        if (folds.Folds != others.Folds)
            return Not(string.Create(CultureInfo.InvariantCulture, $"one has {folds.Folds} folds, the other {others.Folds}"));
        ulong[] seeds = [.. folds.Seeds.Intersect(others.Seeds)];
        return seeds.Length == 0 ? Not("they have no seed in common") : new RunPairing(seeds, null);
    }

    /// <summary>Whether two runs predict the same outcome: the same column with the same positive values.</summary>
    public static bool HaveSameTarget(Run first, Run second) =>
        Same(first.Results.Header.Definition.Data.Target, second.Results.Header.Definition.Data.Target);

    /// <summary>
    /// Whether two runs on one file audit the same rows: the file is read alike, the same rows are excluded, and the same clusters
    /// are held out.
    /// </summary>
    public static bool HaveSameRows(Run first, Run second)
    {
        DataSpecification a = first.Results.Header.Definition.Data, b = second.Results.Header.Definition.Data;
        return Same(a.Csv, b.Csv) && Same(a.Exclude, b.Exclude) && Same(a.Cluster, b.Cluster);
    }

    private static RunPairing Not(string why) => new([], why);

    private static bool Same<T>(T a, T b) =>
        JsonSerializer.Serialize(a, StudyJson.Options) == JsonSerializer.Serialize(b, StudyJson.Options);
}
