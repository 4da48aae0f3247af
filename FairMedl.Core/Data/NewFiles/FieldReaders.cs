using System.Text;
using CsvHelper;
using FairMedl.Core.Data.Csv;
using FairMedl.Core.Data.Profiling;
using FairMedl.Core.Data.Roles;

namespace FairMedl.Core.Data.NewFiles;

/// <summary>The columns of a new file that a model needs, and the rows of the batch that is being read.</summary>
internal sealed class FieldReaders
{
    private readonly BatchSchema schema;
    private readonly RecordCheck check;
    private readonly int target, cluster;
    private readonly int[] featureAt, sensitiveAt, exclusionAt;
    private readonly FieldCodes missing, clusterCodes;
    private readonly FieldCodes?[] levelCodes, groupCodes;
    private readonly Bins?[] bins;
    private readonly int[] missingGroup;
    private readonly IReadOnlyList<string>[] levels;
    private readonly FieldMatch positive, targetValues;
    private readonly FieldMatch[] exclusions;

    private readonly List<int>[] codes, groups;
    private readonly List<float>[] numbers;
    private readonly List<int> clusters = [], sourceRows = [];
    private readonly List<string> clusterNames = [];
    private readonly List<float> targets = [];

    private readonly long[] excluded, missingNumbers;
    private readonly ValueTally unknownClusters = new();
    private readonly ValueTally[] unseenLevels, unseenGroups, partlyKnown;
    private readonly HashSet<string>[] partLevels;

    /// <summary>Finds the columns that the model needs.</summary>
    /// <exception cref="InputException">Columns are missing; all of them.</exception>
    public FieldReaders(BatchSchema schema, RecordCheck check)
    {
        this.schema = schema;
        this.check = check;
        DataSpecification data = schema.Data;
        string[] needed = [.. schema.Features.Select(f => f.Column), .. data.Sensitive.Select(s => s.Column), data.Cluster.Column,
            .. data.Exclude.Select(e => e.Column).Where(c => c != data.Target.Column)];
        string[] lacking = [.. needed.Distinct(StringComparer.Ordinal).Where(c => Find(c) < 0)];
        if (lacking.Length > 0) throw check.FaultsWith(Lacking(lacking));

        missing = new FieldCodes([], data.Csv.Missing);
        target = Find(data.Target.Column);
        positive = new FieldMatch(data.Target.Positive ?? [], data.Csv.Missing);
        targetValues = new FieldMatch(schema.TargetLevels, data.Csv.Missing);
        cluster = Find(data.Cluster.Column);
        clusterCodes = new FieldCodes(schema.Clusters, data.Csv.Missing);
        featureAt = [.. schema.Features.Select(f => Find(f.Column))];
        sensitiveAt = [.. data.Sensitive.Select(s => Find(s.Column))];
        exclusionAt = [.. data.Exclude.Select(e => Find(e.Column))];
        exclusions = [.. data.Exclude.Select(e => new FieldMatch(e.Values, data.Csv.Missing))];
        levelCodes = [.. schema.Features.Select(f => f.Levels is null || f.Attribute is not null
            ? null : new FieldCodes(f.Levels, data.Csv.Missing))];
        groupCodes = [.. data.Sensitive.Select((s, a) => s.Bins is null ? new FieldCodes(schema.Groups[a], data.Csv.Missing) : null)];
        bins = [.. data.Sensitive.Select(s => s.Bins is { } bounds ? new Bins(bounds, isWhole: false) : null)];
        missingGroup = [.. schema.Groups.Select(g => g.Count > 0 && g[^1] == LevelCoding.MissingName ? g.Count - 1 : -1)];
        // One more than the model knows: what it never met.
        levels = [.. schema.Features.Select(f => (IReadOnlyList<string>)(f.Attribute is { } a
            ? [.. schema.Groups[a], "\0"] : f.Levels is null ? [] : [.. f.Levels, "\0"]))];

        codes = [.. schema.Features.Select(_ => new List<int>())];
        numbers = [.. schema.Features.Select(_ => new List<float>())];
        groups = [.. data.Sensitive.Select(_ => new List<int>())];
        unseenLevels = [.. schema.Features.Select(_ => new ValueTally())];
        partlyKnown = [.. schema.Features.Select(_ => new ValueTally())];
        partLevels = [.. schema.Features.Select(f => f.PartlyKnown.ToHashSet(StringComparer.Ordinal))];
        unseenGroups = [.. data.Sensitive.Select(_ => new ValueTally())];
        excluded = new long[data.Exclude.Count];
        missingNumbers = new long[schema.Features.Count];

        int Find(string column) => Array.IndexOf(check.Names!, column);
    }

    /// <summary>One error that lists all missing columns, with the columns that they may be under another name.</summary>
    private InputFault Lacking(string[] columns)
    {
        IReadOnlyList<string> names = check.Names!;
        string have = $"The file has the columns {MessageText.List(names)}.";
        (string Column, string? Nearest)[] found = [.. columns.Select(c => (c, NearestName.Find(c, names)))];
        if (columns is [var one])
            return new InputFault("A column that the model needs is missing from the file.", found[0].Nearest is { } nearest
                ? $"If this is '{MessageText.Shorten(nearest)}', rename that column. Otherwise add the column. {have}"
                : $"Add the column, or rename the column that contains it. {have}", check.HasHeader ? 1 : null, one);
        string[] renamed = [.. found.Where(f => f.Nearest is not null)
            .Select(f => $"'{MessageText.Shorten(f.Column)}' may be '{MessageText.Shorten(f.Nearest!)}'")];
        return new InputFault(
            $"{MessageText.Count(columns.Length)} columns that the model needs are missing from the file: " +
                $"{MessageText.List(columns, columns.Length)}.",
            $"Add the columns, or rename the columns that contain them{(renamed.Length == 0 ? "" : $": {string.Join(", ", renamed)}")}. {have}");
    }

    /// <summary>Rows of the batch so far.</summary>
    public int Count => clusters.Count;

    /// <summary>Takes the reader's current record into the batch, unless an exclusion of the study leaves it out.</summary>
    public void Accept(CsvReader reader)
    {
        bool isTargetLeftOut = false;
        for (int e = 0; e < exclusions.Length; e++)
        {
            if (exclusionAt[e] < 0) continue;
            ReadOnlySpan<byte> field = reader.GetSpan(exclusionAt[e]);
            if (!exclusions[e].IsHit(field, IsMissing(field))) continue;
            if (exclusionAt[e] == target)
            {
                isTargetLeftOut = true;
                continue;
            }

            excluded[e]++;
            return;
        }

        for (int a = 0; a < groups.Length; a++) groups[a].Add(Group(reader, a));
        for (int f = 0; f < featureAt.Length; f++)
        {
            if (schema.Features[f].Attribute is { } a) codes[f].Add(groups[a][^1] is >= 0 and var group ? group : schema.Groups[a].Count);
            else if (levelCodes[f] is { } known) codes[f].Add(Level(reader, f, known));
            else numbers[f].Add(Feature(reader, f));
            if (partLevels[f].Count > 0 && levels[f][codes[f][^1]] is var level && partLevels[f].Contains(level)) partlyKnown[f].Add(level);
        }

        ReadOnlySpan<byte> ofCluster = reader.GetSpan(cluster);
        int code = clusterCodes.Find(ofCluster);
        string name = code >= 0 ? schema.Clusters[code] : NameOf(ofCluster, code);
        if (code < 0) unknownClusters.Add(name);
        clusters.Add(Math.Max(code, -1));
        clusterNames.Add(name);
        targets.Add(target < 0 || isTargetLeftOut ? float.NaN : Target(reader));
        sourceRows.Add(check.RowCount);
    }

    /// <summary>The batch; the next one begins.</summary>
    public NewRows Take()
    {
        FeatureSource[] features = [.. schema.Features.Select((f, i) => new FeatureSource
        {
            Column = f.Column,
            Codes = f.Levels is null ? null : [.. codes[i]],
            Levels = levels[i],
            Numbers = f.Levels is null ? [.. numbers[i]] : null,
            Attribute = f.Attribute,
        })];
        var batch = new NewRows(new RowBatch(features, [.. clusters], [.. groups.Select(g => g.ToArray())]), [.. sourceRows],
            [.. clusterNames], [.. targets]);
        Drop();
        return batch;
    }

    /// <summary>Discards the current batch.</summary>
    public void Drop()
    {
        foreach (List<int> list in codes) list.Clear();
        foreach (List<int> list in groups) list.Clear();
        foreach (List<float> list in numbers) list.Clear();
        clusters.Clear();
        sourceRows.Clear();
        clusterNames.Clear();
        targets.Clear();
    }

    /// <summary>What there was besides the rows.</summary>
    public NewRowsSummary Summary(long rows, string fingerprint)
    {
        Dictionary<string, ValueCounts> unseen = new(StringComparer.Ordinal), partly = new(StringComparer.Ordinal);
        for (int f = 0; f < unseenLevels.Length; f++)
        {
            Note(unseen, schema.Features[f].Column, unseenLevels[f]);
            Note(partly, schema.Features[f].Column, partlyKnown[f]);
        }

        for (int a = 0; a < unseenGroups.Length; a++) Note(unseen, schema.Data.Sensitive[a].Column, unseenGroups[a]);
        return new NewRowsSummary
        {
            Rows = rows,
            Fingerprint = fingerprint,
            HasTarget = target >= 0,
            Excluded = [.. excluded.Select((n, e) => exclusionAt[e] == target || exclusionAt[e] < 0 ? (long?)null : n)],
            UnknownClusters = unknownClusters.Finish(),
            UnseenLevels = unseen,
            PartlyKnownLevels = partly,
            MissingNumbers = missingNumbers.Select((n, f) => (schema.Features[f].Column, n)).Where(m => m.n > 0)
                .ToDictionary(m => m.Column, m => m.n, StringComparer.Ordinal),
        };

        static void Note(Dictionary<string, ValueCounts> noted, string column, ValueTally tally)
        {
            if (tally.Finish() is { Total: > 0 } counts) noted[column] = counts;
        }
    }

    private int Group(CsvReader reader, int attribute)
    {
        ReadOnlySpan<byte> field = reader.GetSpan(sensitiveAt[attribute]);
        int group;
        if (groupCodes[attribute] is { } known) group = known.Find(field);
        else if (IsMissing(field)) group = missingGroup[attribute];
        else group = Number(reader, field, schema.Data.Sensitive[attribute].Column, isBinned: true) is var number && double.IsNaN(number)
            ? -1 : bins[attribute]!.IndexOf(number);
        if (group < 0) unseenGroups[attribute].Add(NameOf(field, group));
        return Math.Max(group, -1);
    }

    private int Level(CsvReader reader, int feature, FieldCodes known)
    {
        ReadOnlySpan<byte> field = reader.GetSpan(featureAt[feature]);
        int code = known.Find(field);
        if (code >= 0) return code;
        unseenLevels[feature].Add(NameOf(field, code));
        return levels[feature].Count - 1;
    }

    private float Feature(CsvReader reader, int feature)
    {
        ReadOnlySpan<byte> field = reader.GetSpan(featureAt[feature]);
        if (!IsMissing(field)) return (float)Number(reader, field, schema.Features[feature].Column, isBinned: false);
        missingNumbers[feature]++;
        return float.NaN;
    }

    private float Target(CsvReader reader)
    {
        ReadOnlySpan<byte> field = reader.GetSpan(target);
        if (IsMissing(field)) return float.NaN;
        if (schema.Data.Target.Task == PredictionTask.Regression)
            return (float)Number(reader, field, schema.Data.Target.Column, isBinned: false);
        if (positive.IsHit(field, isMissing: false)) return 1;
        if (targetValues.IsHit(field, isMissing: false)) return 0;
        // To count it as a no would falsify every rate.
        check.AddFault(new InputFault("The target has no such value in the study.",
            $"Use a value of the study ({MessageText.List(schema.TargetLevels)}), or leave it empty. Rows without a target are " +
            "predicted but not audited.",
            reader.LineNumber, schema.Data.Target.Column, MessageText.Shorten(Encoding.UTF8.GetString(field))));
        return float.NaN;
    }

    private double Number(CsvReader reader, ReadOnlySpan<byte> field, string column, bool isBinned)
    {
        ValueShape shape = NumberText.Read(field, out double number);
        if (shape == ValueShape.Number && Math.Abs(number) <= float.MaxValue) return number;
        string what = shape switch
        {
            ValueShape.Text => isBinned
                ? "The column has bins and must be numeric, but a value is text." : "The column must be numeric, but a value is text.",
            ValueShape.Number => "A value is outside the range of single precision.",
            ValueShape.NonFinite => "A value is infinite or NaN.",
        };
        check.AddFault(new InputFault(what, "Correct it, or mark it as missing.", reader.LineNumber, column,
            MessageText.Shorten(Encoding.UTF8.GetString(field))));
        return double.NaN;
    }

    private bool IsMissing(ReadOnlySpan<byte> field) => missing.Find(field) == FieldCodes.Missing;

    private static string NameOf(ReadOnlySpan<byte> field, int code) =>
        code == FieldCodes.Missing || field.IsEmpty ? LevelCoding.MissingName : Encoding.UTF8.GetString(field);
}
