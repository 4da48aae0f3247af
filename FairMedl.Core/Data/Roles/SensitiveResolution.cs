using FairMedl.Core.Data.Csv;
using FairMedl.Core.Data.Profiling;
using FairMedl.Core.Data.Tables;

namespace FairMedl.Core.Data.Roles;

/// <summary>Assigns the rows of a study to the groups of its sensitive columns.</summary>
internal static class SensitiveResolution
{
    /// <summary>Maximum number of groups in an attribute. With more, the groups are too small to audit.</summary>
    public const int MaxGroups = 50;

    /// <summary>Returns the attributes in the order of the definition; null for each attribute with an input error.</summary>
    public static SensitiveAttribute?[] Resolve(StudyContext context)
    {
        IReadOnlyList<SensitiveSpecification> sensitive = context.Specification.Sensitive;
        if (sensitive.Count == 0)
        {
            context.Faults.Add(new InputFault("The study has no sensitive column.",
                "Add at least one column whose groups are audited, such as { \"column\": \"sex\" }.", Path: "$.data.sensitive"));
        }

        var attributes = new SensitiveAttribute?[sensitive.Count];
        for (int a = 0; a < sensitive.Count; a++)
        {
            string path = FormattableString.Invariant($"$.data.sensitive[{a}]");
            Column? column = context.Find(sensitive[a].Column, path + ".column");
            if (column is null || context.RefuseUnusable(column, path + ".column", "sensitive column")) continue;
            attributes[a] = sensitive[a].Bins is { } bounds
                ? Binned(context, column, bounds, path)
                : ByLevel(context, column, path + ".column");
        }

        return attributes;
    }

    private static SensitiveAttribute? ByLevel(StudyContext context, Column column, string path)
    {
        if (column.Kind == ColumnKind.Number && (!column.HasLevels || column.DistinctCount > MaxGroups))
        {
            context.Fault(path, column,
                $"The column is numeric and has {MessageText.Count(column.DistinctCount)} distinct values, too many to be groups.",
                $"Divide it into bins, for example {Example(context, column)}.");
            return null;
        }

        LevelCoding levels = LevelCoding.Of(column, context.Rows);
        if (levels.Names.Count < 2)
        {
            context.Fault(path, column, "All remaining rows are in one group.",
                "Choose a column with at least two groups, or exclude fewer rows.", levels.Names.Count == 1 ? levels.Names[0] : null);
            return null;
        }

        if (levels.Names.Count > MaxGroups)
        {
            context.Fault(path, column,
                $"The column has {MessageText.Count(levels.Names.Count)} groups. An attribute can have at most {MaxGroups}.",
                "Group its values before uploading the file, or choose another column.");
            return null;
        }

        return new SensitiveAttribute(column.Name, levels.Names, levels.Codes);
    }

    private static SensitiveAttribute? Binned(StudyContext context, Column column, IReadOnlyList<double> bounds, string path)
    {
        string boundsPath = path + ".bins";
        int before = context.Faults.Count;
        if (!Bins.AreValid(bounds))
        {
            context.Fault(boundsPath, column, "The cut points of the bins must be one or more finite numbers in ascending order.",
                "Use ascending cut points such as [30, 45], or remove the bins.");
        }
        else if (bounds.Count >= MaxGroups)
        {
            context.Fault(boundsPath, column,
                $"The cut points make {MessageText.Count(bounds.Count + 1)} bins. An attribute can have at most {MaxGroups} groups.",
                "Use fewer cut points.");
        }

        if (column.Kind == ColumnKind.Text)
        {
            context.Fault(boundsPath, column, "The column contains text, and only numeric columns can have bins.",
                "Remove the bins, or correct the values that are not numbers.", column.Levels[0]);
        }
        else
        {
            context.RefuseNonFinite(column, path + ".column");
        }

        if (context.Faults.Count > before) return null;
        var bins = new Bins(bounds, column.IsWhole);
        int missing = bins.Names.Count;
        var counts = new int[missing + 1];
        var groups = new int[context.Rows.Length];
        for (int i = 0; i < groups.Length; i++)
        {
            double number = column.Number(context.Rows[i]);
            groups[i] = double.IsNaN(number) ? missing : bins.IndexOf(number);
            counts[groups[i]]++;
        }

        List<string> empty = [.. bins.Names.Where((_, g) => counts[g] == 0)];
        if (empty.Count > 0)
        {
            context.Fault(boundsPath, column, $"No row falls into {(empty.Count == 1 ? "bin" : "bins")} {MessageText.List(empty)}.",
                "Move or remove the cut point.");
            return null;
        }

        return new SensitiveAttribute(column.Name, counts[missing] > 0 ? [.. bins.Names, LevelCoding.MissingName] : bins.Names, groups);
    }

    /// <summary>Returns bounds at the terciles, rounded to readable numbers.</summary>
    private static string Example(StudyContext context, Column column)
    {
        double[] numbers = [.. context.Rows.Select(column.Number).Where(double.IsFinite).Order()];
        IReadOnlyList<double> bounds = RoundBounds.Terciles(numbers);
        return $"[{string.Join(", ", bounds.Select(NumberText.Show))}]";
    }
}
