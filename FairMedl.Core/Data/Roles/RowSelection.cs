using FairMedl.Core.Data.Csv;
using FairMedl.Core.Data.Tables;

namespace FairMedl.Core.Data.Roles;

/// <summary>Applies the exclusions of a definition.</summary>
internal static class RowSelection
{
    /// <summary>Sets the context's rows; returns how many rows each exclusion removed.</summary>
    public static int[] Apply(StudyContext context)
    {
        IReadOnlyList<RowExclusion> exclusions = context.Specification.Exclude;
        var removed = new int[exclusions.Count];
        var isOut = new bool[context.Table.RowCount];
        for (int e = 0; e < exclusions.Count; e++)
        {
            string path = FormattableString.Invariant($"$.data.exclude[{e}]");
            if (context.Find(exclusions[e].Column, path + ".column") is not { } column) continue;
            if (exclusions[e].Values.Count == 0)
            {
                context.Fault(path + ".values", column, "The exclusion lists no values.",
                    "List the values whose rows are excluded, or remove the exclusion.");
                continue;
            }

            if (column.Kind == ColumnKind.TooManyValues && exclusions[e].Values.Any(v => !IsMissingCode(context, v)))
            {
                context.RefuseUnusable(column, path + ".column", "column for the exclusion");
                continue;
            }

            removed[e] = Exclude(context, column, exclusions[e].Values, path, isOut);
        }

        context.Rows = [.. Enumerable.Range(0, isOut.Length).Where(row => !isOut[row])];
        if (context.Rows.Length == 0)
        {
            context.Faults.Add(new InputFault("The exclusions remove all rows.", "Exclude fewer values.", Path: "$.data.exclude"));
        }

        return removed;
    }

    private static int Exclude(StudyContext context, Column column, IReadOnlyList<string> values, string path, bool[] isOut)
    {
        bool excludesMissing = false;
        var levels = new bool[column.Levels.Count];
        var numbers = new HashSet<double>();
        for (int v = 0; v < values.Count; v++)
        {
            string place = FormattableString.Invariant($"{path}.values[{v}]"), value = values[v].Trim();
            if (IsMissingCode(context, value))
            {
                excludesMissing = true;
                if (column.MissingCount == 0)
                    context.Fault(place, column, "The column has no missing values.", "Remove the exclusion.", value);
                continue;
            }

            if (column.HasLevels)
            {
                List<int> hits = LevelMatch.Find(column, value);
                foreach (int level in hits) levels[level] = true;
                if (hits.Count == 0)
                    context.Fault(place, column, "The value does not occur in the column.",
                        NearestName.Suggest(value, column.Levels), value);
            }
            else
            {
                if (NumberText.TryFinite(value, out double number)) numbers.Add(number);
                else if (NumberText.Read(System.Text.Encoding.UTF8.GetBytes(value), out number) == ValueShape.NonFinite)
                    numbers.Add(number);
                if (double.IsNaN(number) || !Enumerable.Range(0, column.RowCount).Any(row => column.Number(row) == number))
                {
                    context.Fault(place, column, "The value does not occur in the column.",
                        "Use a number that occurs in the column.", value);
                }
            }
        }

        int removed = 0;
        for (int row = 0; row < isOut.Length; row++)
        {
            if (isOut[row]) continue;
            bool isHit = column.IsMissing(row) ? excludesMissing
                : column.HasLevels ? column.Code(row) is >= 0 and int level && levels[level]
                : numbers.Contains(column.Number(row));
            if (!isHit) continue;
            isOut[row] = true;
            removed++;
        }

        return removed;
    }

    private static bool IsMissingCode(StudyContext context, string value) =>
        value.Length == 0 || context.Table.ReadAs.Missing.Contains(value, StringComparer.Ordinal);
}

/// <summary>Finds the levels that a value in a definition names: the same text, or in a column of numbers the same number.</summary>
internal static class LevelMatch
{
    public static List<int> Find(Column column, string value)
    {
        int exact = column.FindLevel(value);
        if (exact >= 0) return [exact];
        var same = new List<int>();
        if (column.Kind != ColumnKind.Number || !NumberText.TryFinite(value, out double number)) return same;
        for (int level = 0; level < column.Levels.Count; level++)
        {
            if (column.LevelNumber(level) == number) same.Add(level);
        }

        return same;
    }
}
