using FairMedl.Core.Data.Tables;

namespace FairMedl.Core.Data.Roles;

/// <summary>Feature columns over the remaining rows.</summary>
internal static class FeatureResolution
{
    /// <summary>The largest number of one-hot columns that one feature may make.</summary>
    public const int MaxLevels = 1_000;

    /// <summary>The features in the definition's order, without those that have faults.</summary>
    public static List<FeatureSource> Resolve(StudyContext context, SensitiveAttribute?[] attributes)
    {
        DataSpecification specification = context.Specification;
        if (specification.Features.Count == 0)
        {
            context.Faults.Add(new InputFault("The study has no features.", "Choose at least one feature column.",
                Path: "$.data.features"));
        }

        var features = new List<FeatureSource>();
        for (int f = 0; f < specification.Features.Count; f++)
        {
            string path = FormattableString.Invariant($"$.data.features[{f}]"), name = specification.Features[f];
            int attribute = FindSensitive(specification, name);
            if (attribute >= 0)
            {
                if (attributes[attribute] is { } groups)
                {
                    features.Add(new FeatureSource
                    {
                        Column = name,
                        Codes = groups.Groups,
                        Levels = groups.GroupNames,
                        Attribute = attribute
                    });
                }

                continue;
            }

            if (context.Find(name, path) is not { } column || context.RefuseUnusable(column, path, "feature")) continue;
            bool isCategory = column.Kind == ColumnKind.Text || specification.Categorical.Contains(name, StringComparer.Ordinal);
            FeatureSource? feature = isCategory ? Category(context, column, path) : Numeric(context, column, path);
            if (feature is not null) features.Add(feature);
        }

        for (int c = 0; c < specification.Categorical.Count; c++)
        {
            string path = FormattableString.Invariant($"$.data.categorical[{c}]"), name = specification.Categorical[c];
            if (context.Find(name, path) is { } column && !specification.Features.Contains(name, StringComparer.Ordinal))
            {
                context.Fault(path, column, "The categorical column is not among the features.",
                    "Add it to 'features', or remove it from 'categorical'.");
            }
        }

        return features;
    }

    private static FeatureSource? Category(StudyContext context, Column column, string path)
    {
        if (context.RefuseWithoutLevels(column, path, "a category")) return null;
        LevelCoding levels = LevelCoding.Of(column, context.Rows);
        if (levels.Names.Count > MaxLevels)
        {
            context.Fault(path, column,
                $"The feature has {MessageText.Count(levels.Names.Count)} categories. The maximum is {MessageText.Count(MaxLevels)}.",
                "Ignore the column, or merge rare values before you upload the file.");
            return null;
        }

        if (levels.Names.Count == 1) WarnConstant(context, column, path);
        return new FeatureSource { Column = column.Name, Codes = levels.Codes, Levels = levels.Names };
    }

    private static FeatureSource? Numeric(StudyContext context, Column column, string path)
    {
        if (context.RefuseNonFinite(column, path)) return null;
        var numbers = new float[context.Rows.Length];
        float low = float.PositiveInfinity, high = float.NegativeInfinity;
        for (int i = 0; i < numbers.Length; i++)
        {
            float number = numbers[i] = (float)column.Number(context.Rows[i]);
            if (number < low) low = number;
            if (number > high) high = number;
        }

        if (float.IsInfinity(low) && float.IsInfinity(high) && low > high)
        {
            context.Fault(path, column, "The feature is missing in all remaining rows.", "Ignore the column, or exclude fewer rows.");
            return null;
        }

        if (float.IsInfinity(low) || float.IsInfinity(high))
        {
            context.Fault(path, column, "The feature has values outside the range of single precision (about ±3.4e38).",
                "Rescale the column, or ignore it.");
            return null;
        }

        if (low == high) WarnConstant(context, column, path);
        return new FeatureSource { Column = column.Name, Numbers = numbers };
    }

    private static void WarnConstant(StudyContext context, Column column, string path) =>
        context.Warn(path, column, "The feature has the same value in all remaining rows.",
            "Ignore the column. A constant feature carries no information.");

    private static int FindSensitive(DataSpecification specification, string name)
    {
        for (int a = 0; a < specification.Sensitive.Count; a++)
        {
            if (specification.Sensitive[a].Column == name) return a;
        }

        return -1;
    }
}
