using FairMedl.Core.Data;

namespace FairMedl.Web.Roles;

/// <summary>A column of numbers in ascending order, counted once, so that any brackets are sized at once.</summary>
public sealed class NumberCounts
{
    private readonly double[] values;
    private readonly int[] upTo;

    /// <summary>Counts a column; values that are not finite are left to the column's problems.</summary>
    public NumberCounts(Column column)
    {
        List<double> finite = new(column.RowCount);
        for (int row = 0; row < column.RowCount; row++)
        {
            double number = column.Number(row);
            if (double.IsFinite(number)) finite.Add(number);
        }

        finite.Sort();
        List<double> distinct = [];
        List<int> cumulative = [];
        for (int i = 0; i < finite.Count; i++)
        {
            if (distinct.Count == 0 || finite[i] != distinct[^1])
            {
                distinct.Add(finite[i]);
                cumulative.Add(0);
            }

            cumulative[^1] = i + 1;
        }

        (values, upTo) = ([.. distinct], [.. cumulative]);
        Missing = column.MissingCount;
        Thirds = RoundBounds.Terciles(finite.ToArray());
    }

    /// <summary>Rows without a value: a group of its own.</summary>
    public int Missing { get; }

    /// <summary>Round bounds near the terciles; empty for a constant.</summary>
    public IReadOnlyList<double> Thirds { get; }

    /// <summary>Rows by bracket, (-inf, b1], (b1, b2], ..., (bk, inf), of ascending bounds.</summary>
    public int[] Sizes(IReadOnlyList<double> bounds)
    {
        int[] sizes = new int[bounds.Count + 1];
        int before = 0;
        for (int b = 0; b <= bounds.Count; b++)
        {
            int through = b == bounds.Count ? (upTo.Length == 0 ? 0 : upTo[^1]) : RowsUpTo(bounds[b]);
            sizes[b] = through - before;
            before = through;
        }

        return sizes;
    }

    private int RowsUpTo(double bound)
    {
        int at = Array.BinarySearch(values, bound);
        int last = at >= 0 ? at : ~at - 1;
        return last < 0 ? 0 : upTo[last];
    }
}
