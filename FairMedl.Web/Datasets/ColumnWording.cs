using FairMedl.Core.Data.Profiling;
using FairMedl.Core.Data.Tables;
using FairMedl.Web.Components;

namespace FairMedl.Web.Datasets;

/// <summary>A column's profile in words.</summary>
public static class ColumnWording
{
    /// <summary>"whole number", "number", "text", "empty", "too many values".</summary>
    public static string Kind(ColumnProfile column) => column.Kind switch
    {
        ColumnKind.Number => column.IsWhole ? "whole number" : "number",
        ColumnKind.Text => "text",
        ColumnKind.Empty => "empty",
        ColumnKind.TooManyValues => "text, too many values",
    };

    /// <summary>"0", or "1,234 (4 %)".</summary>
    public static string Missing(ColumnProfile column, int rows) => column.MissingCount == 0 || rows == 0
        ? "0"
        : $"{Display.Count(column.MissingCount)} ({Display.Percent((double)column.MissingCount / rows)})";

    /// <summary>"17 to 90" for numbers; "–" for other columns.</summary>
    public static string Range(ColumnProfile column) => column is { Minimum: { } low, Maximum: { } high }
        ? column.IsWhole && Math.Max(-low, high) < 1e15 ? $"{Display.Count((long)low)} to {Display.Count((long)high)}" : $"{Display.Number(low)} to {Display.Number(high)}"
        : "–";

    /// <summary>A histogram in a sentence, for screen readers.</summary>
    public static string Histogram(ColumnProfile column) => column switch
    {
        { Histogram.Count: 0 } => $"No histogram of {column.Name}",
        { Minimum: { } low, Maximum: { } high } =>
            $"Histogram of {column.Name} from {Display.Number(low)} to {Display.Number(high)}, most rows at {Top(column).Label}",
        _ => $"Most frequent values of {column.Name}, first {Top(column).Label} with {Display.Count(Top(column).Count, "row", "rows")}",
    };

    /// <summary>"lines 3, 17 and 25 (and 12 more)"; null where no line is known.</summary>
    public static string? Lines(ColumnProblem problem)
    {
        if (problem.Lines.Count == 0) return null;
        string lines = string.Join(", ", problem.Lines.Select(l => Display.Count(l)));
        long more = problem.Count - problem.Lines.Count;
        return $"{(problem.Lines.Count == 1 ? "line" : "lines")} {lines}{(more > 0 ? $" and {Display.Count(more)} more" : "")}";
    }

    private static HistogramBar Top(ColumnProfile column) => column.Histogram.MaxBy(b => b.Count)!;
}
