using FairMedl.Core.Data.Tables;

namespace FairMedl.Core.Data.Roles;

/// <summary>Reads the target over the remaining rows.</summary>
internal static class TargetResolution
{
    private const string ColumnPath = "$.data.target.column", PositivePath = "$.data.target.positive";

    /// <summary>The target, what it means and its levels, or null after faults.</summary>
    public static (float[] Values, string Description, IReadOnlyList<string> Levels)? Resolve(StudyContext context)
    {
        TargetSpecification target = context.Specification.Target;
        Column? column = context.Find(target.Column, ColumnPath);
        if (column is null || context.RefuseUnusable(column, ColumnPath, "target")) return null;
        int before = context.Faults.Count;
        context.FaultRows(ColumnPath, column, column.IsMissing,
            n => $"The target is missing in {MessageText.Count(n)} {(n == 1 ? "row" : "rows")}",
            $"Exclude these rows with {{ \"column\": \"{column.Name}\", \"values\": [\"\"] }} under \"exclude\".");
        (float[], string, IReadOnlyList<string>)? resolved = target.Task switch
        {
            PredictionTask.Classification => Classify(context, column, target.Positive ?? []),
            PredictionTask.Regression => Regress(context, column, target.Positive ?? []),
        };
        return context.Faults.Count == before ? resolved : null;
    }

    private static (float[], string, IReadOnlyList<string>)? Classify(StudyContext context, Column column, IReadOnlyList<string> positive)
    {
        if (context.RefuseWithoutLevels(column, ColumnPath, "the target of a classification")) return null;
        if (positive.Count == 0)
        {
            context.Fault(PositivePath, column, "No positive class is set.", $"Choose at least one of {MessageText.List(column.Levels)}.");
            return null;
        }

        var isPositive = new bool[column.Levels.Count];
        for (int p = 0; p < positive.Count; p++)
        {
            string path = FormattableString.Invariant($"{PositivePath}[{p}]");
            List<int> levels = LevelMatch.Find(column, positive[p].Trim());
            if (levels.Count == 0)
                context.Fault(path, column, "The value does not occur in the column.",
                    NearestName.Suggest(positive[p], column.Levels), positive[p]);
            else if (levels.Exists(l => isPositive[l]))
                context.Fault(path, column, "The value is listed twice.", "Remove one of them.", positive[p]);
            foreach (int level in levels) isPositive[level] = true;
        }

        var values = new float[context.Rows.Length];
        int ones = 0, present = 0;
        for (int i = 0; i < values.Length; i++)
        {
            int level = column.Code(context.Rows[i]);
            if (level < 0) continue;
            present++;
            if (!isPositive[level]) continue;
            values[i] = 1;
            ones++;
        }

        if (present > 0 && (ones == 0 || ones == present) && isPositive.AsSpan().Contains(true))
        {
            context.Fault(ColumnPath, column, $"All remaining rows are in the {(ones == 0 ? "negative" : "positive")} class.",
                "Choose positive values that only some rows have, or exclude fewer rows.");
        }

        return (values, $"{column.Name} = {string.Join(" or ", positive.Select(p => p.Trim()))}", [.. column.Levels]);
    }

    private static (float[], string, IReadOnlyList<string>)? Regress(StudyContext context, Column column, IReadOnlyList<string> positive)
    {
        if (positive.Count > 0)
            context.Fault(PositivePath, column, "A regression has no positive class.",
                "Remove the positive values, or choose classification.");
        if (context.RefuseText(column, ColumnPath, "The target of a regression") || context.RefuseNonFinite(column, ColumnPath))
            return null;
        var values = new float[context.Rows.Length];
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (int i = 0; i < values.Length; i++)
        {
            double number = column.Number(context.Rows[i]);
            values[i] = (float)number;
            low = Math.Min(low, double.IsNaN(number) ? low : number);
            high = Math.Max(high, double.IsNaN(number) ? high : number);
        }

        if (low == high)
            context.Fault(ColumnPath, column, "The target has the same value in all remaining rows.",
                "Choose another target, or exclude fewer rows.");
        if (Math.Max(-low, high) > float.MaxValue)
            context.Fault(ColumnPath, column, "The target has values outside the range of single precision (about ±3.4e38).",
                "Rescale the column.");
        return (values, column.Name, []);
    }
}
