namespace FairMedl.Core.Data;

/// <summary>Groups of a sensitive column over the kept rows.</summary>
internal static class SensitiveResolution
{
    /// <summary>The largest number of groups of an attribute: beyond it every group is too thin to audit.</summary>
    public const int MaxGroups = 50;

    /// <summary>The attributes in the definition's order; null where one has faults.</summary>
    public static SensitiveAttribute?[] Resolve(StudyContext context)
    {
        IReadOnlyList<SensitiveSpecification> sensitive = context.Specification.Sensitive;
        if (sensitive.Count == 0)
        {
            context.Faults.Add(new InputFault("No sensitive column is named, and a study needs at least one.", "Add the column whose groups are to be audited, such as { \"column\": \"sex\" }.", Path: "$.data.sensitive"));
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
            context.Fault(path, column, $"A number with {MessageText.Count(column.DistinctCount)} distinct values would make as many groups.",
                $"Cut it into brackets, for example {Example(context, column)}.");
            return null;
        }

        LevelCoding levels = LevelCoding.Of(column, context.Rows);
        if (levels.Names.Count < 2)
        {
            context.Fault(path, column, "All kept rows are in one group.", "Choose a column with at least two groups, or exclude fewer rows.", levels.Names.Count == 1 ? levels.Names[0] : null);
            return null;
        }

        if (levels.Names.Count > MaxGroups)
        {
            context.Fault(path, column, $"The column has {MessageText.Count(levels.Names.Count)} groups; at most {MaxGroups} can be audited.", "Group its values before uploading the file, or choose another column.");
            return null;
        }

        return new SensitiveAttribute(column.Name, levels.Names, levels.Codes);
    }

    private static SensitiveAttribute? Binned(StudyContext context, Column column, IReadOnlyList<double> bounds, string path)
    {
        string boundsPath = path + ".brackets";
        int before = context.Faults.Count;
        if (!Bins.AreValid(bounds))
        {
            context.Fault(boundsPath, column, "The bounds are not finite and ascending, or there are none.", "Give ascending numbers such as [30, 45], or leave the brackets out.");
        }
        else if (bounds.Count >= MaxGroups)
        {
            context.Fault(boundsPath, column, $"{MessageText.Count(bounds.Count + 1)} brackets are too many; at most {MaxGroups} groups can be audited.", "Give fewer bounds.");
        }

        if (column.Kind == ColumnKind.Text)
        {
            context.Fault(boundsPath, column, "Only a number can be cut into brackets, and the column is text.", "Leave the brackets out, or correct the values that are not numbers.", column.Levels[0]);
        }
        else
        {
            context.RefuseNonFinite(column, path + ".column");
        }

        if (context.Faults.Count > before) return null;
        var brackets = new Bins(bounds, column.IsWhole);
        int missing = brackets.Names.Count;
        var counts = new int[missing + 1];
        var groups = new int[context.Rows.Length];
        for (int i = 0; i < groups.Length; i++)
        {
            double number = column.Number(context.Rows[i]);
            groups[i] = double.IsNaN(number) ? missing : brackets.IndexOf(number);
            counts[groups[i]]++;
        }

        List<string> empty = [.. brackets.Names.Where((_, g) => counts[g] == 0)];
        if (empty.Count > 0)
        {
            context.Fault(boundsPath, column, $"No kept row is in bracket {MessageText.List(empty)}.", "Move or remove the bound.");
            return null;
        }

        return new SensitiveAttribute(column.Name, counts[missing] > 0 ? [.. brackets.Names, LevelCoding.MissingName] : brackets.Names, groups);
    }

    /// <summary>Bounds at the terciles, rounded to what a person would write.</summary>
    private static string Example(StudyContext context, Column column)
    {
        double[] numbers = [.. context.Rows.Select(column.Number).Where(double.IsFinite).Order()];
        IReadOnlyList<double> bounds = RoundBounds.Terciles(numbers);
        return $"[{string.Join(", ", bounds.Select(NumberText.Show))}]";
    }
}
