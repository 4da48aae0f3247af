using FairMedl.Core.Data.Tables;

namespace FairMedl.Core.Data.Roles;

/// <summary>Puts a table under a definition: excludes rows, applies roles, codes groups and clusters.</summary>
public static class StudyDataBuilder
{
    /// <summary>Builds the study's data. What is odd but does not stop a study is in <see cref="StudyData.Warnings"/>.</summary>
    /// <exception cref="InputException">The table and the definition do not fit; every fault with its path.</exception>
    public static StudyData Build(Table table, DataSpecification specification)
    {
        var context = new StudyContext(table, specification);
        context.RefuseAnotherFile();
        RoleConflicts.Check(context);
        int[] excluded = RowSelection.Apply(context);
        if (context.Rows.Length == 0) throw context.Failure();

        (float[] Values, string Description, IReadOnlyList<string> Levels)? target = TargetResolution.Resolve(context);
        ClusterResolution? cluster = ClusterResolution.Resolve(context);
        SensitiveAttribute?[] attributes = SensitiveResolution.Resolve(context);
        List<FeatureSource> features = FeatureResolution.Resolve(context, attributes);
        if (context.Faults.Count > 0 || target is null || cluster is null) throw context.Failure();

        var seen = new List<int>();
        var unseen = new List<int>();
        for (int i = 0; i < cluster.Codes.Length; i++) (cluster.Codes[i] < cluster.SeenCount ? seen : unseen).Add(i);
        if (specification.Target.Task == PredictionTask.Classification
            && seen.TrueForAll(i => target.Value.Values[i] == target.Value.Values[seen[0]]))
        {
            throw new InputException(new InputFault("All rows of the seen clusters are in one class.", "Use more seen clusters.",
                Column: specification.Cluster.Column, Path: "$.data.cluster"));
        }

        if (specification.Target.Task == PredictionTask.Classification) WarnOfOneClass(context, cluster, target.Value.Values);
        return new StudyData
        {
            Task = specification.Target.Task,
            Target = target.Value.Values,
            TargetDescription = target.Value.Description,
            TargetLevels = target.Value.Levels,
            Cluster = cluster.Codes,
            ClusterColumn = specification.Cluster.Column,
            ClusterNames = cluster.Names,
            SeenClusterCount = cluster.SeenCount,
            Sensitive = [.. attributes.Select(a => a!)],
            Features = features,
            SeenRows = [.. seen],
            UnseenRows = [.. unseen],
            SourceRows = Array.ConvertAll(context.Rows, row => row + 1),
            Excluded = excluded,
            Warnings = context.Warnings,
        };
    }

    /// <summary>A seen cluster whose rows are all of one class teaches its intercept nothing but that class.</summary>
    private static void WarnOfOneClass(StudyContext context, ClusterResolution cluster, float[] target)
    {
        int[] rows = new int[cluster.SeenCount], positives = new int[cluster.SeenCount];
        for (int i = 0; i < target.Length; i++)
        {
            if (cluster.Codes[i] >= cluster.SeenCount) continue;
            rows[cluster.Codes[i]]++;
            if (target[i] == 1) positives[cluster.Codes[i]]++;
        }

        string[] oneClass = [.. Enumerable.Range(0, cluster.SeenCount).Where(c => positives[c] == 0 || positives[c] == rows[c])
            .Select(c => cluster.Names[c])];
        if (oneClass.Length > 0 && context.Find(context.Specification.Cluster.Column, "$.data.cluster.column") is { } column)
        {
            context.Warn("$.data.cluster.column", column,
                $"{MessageText.Count(oneClass.Length)} of the {MessageText.Count(cluster.SeenCount)} seen clusters " +
                $"{(oneClass.Length == 1 ? "has" : "have")} rows of only one class: {MessageText.List(oneClass)}.",
                "Errors of the other class cannot be estimated there. Use fewer seen clusters to hold them out.");
        }
    }
}

/// <summary>Finds columns that are named twice, or for roles that exclude each other.</summary>
internal static class RoleConflicts
{
    public static void Check(StudyContext context)
    {
        DataSpecification s = context.Specification;
        string target = s.Target.Column, cluster = s.Cluster.Column;
        if (target == cluster && target.Length > 0)
            Add(context, "$.data.cluster.column", cluster, "The cluster column is also the target.", "Choose another cluster column.");
        var met = new HashSet<string>(StringComparer.Ordinal);
        for (int a = 0; a < s.Sensitive.Count; a++)
        {
            string name = s.Sensitive[a].Column, path = FormattableString.Invariant($"$.data.sensitive[{a}].column");
            if (name == target) Add(context, path, name, "The target cannot be a sensitive column.", "Remove it from one of the roles.");
            if (name == cluster) Add(context, path, name, "The cluster cannot be a sensitive column.", "Remove it from one of the roles.");
            if (!met.Add(name)) Add(context, path, name, "The sensitive column is listed twice.", "Remove one of them.");
        }

        met.Clear();
        for (int f = 0; f < s.Features.Count; f++)
        {
            string name = s.Features[f], path = FormattableString.Invariant($"$.data.features[{f}]");
            if (name == target) Add(context, path, name, "The target cannot be a feature.", "Remove it from the features.");
            if (name == cluster)
                Add(context, path, name, "The cluster column cannot be a feature, because models must not read it.",
                    "Remove it from the features.");
            if (!met.Add(name)) Add(context, path, name, "The feature is listed twice.", "Remove one of them.");
        }

        met.Clear();
        for (int c = 0; c < s.Categorical.Count; c++)
        {
            if (!met.Add(s.Categorical[c]))
                Add(context, FormattableString.Invariant($"$.data.categorical[{c}]"), s.Categorical[c], "The column is listed twice.",
                    "Remove one of them.");
        }
    }

    private static void Add(StudyContext context, string path, string column, string what, string remedy) =>
        context.Faults.Add(new InputFault(what, remedy, Column: column, Path: path));
}
