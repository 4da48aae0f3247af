using FairMedl.Core.Data.Profiling;
using FairMedl.Core.Data.Tables;

namespace FairMedl.Web.Roles.Binning;

/// <summary>
/// The sorted distinct values of a numeric column with cumulative counts, so that bins are sized without reading the column
/// again.
/// </summary>
public sealed class NumberCounts
{
    private readonly double[] values;
    private readonly int[] upTo;

    /// <summary>Counts a column. Values that are not finite are left out; the profile lists them as problems.</summary>
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

    /// <summary>Rows without a value, which form a group.</summary>
    public int Missing { get; }

    /// <summary>Round cut points near the terciles; empty for a column with one value.</summary>
    public IReadOnlyList<double> Thirds { get; }

    /// <summary>Rows by bin, (-inf, b1], (b1, b2], ..., (bk, inf), of ascending cut points.</summary>
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
