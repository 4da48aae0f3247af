namespace FairMedl.Core.Data.Tables;

/// <summary>
/// The physical line of every data row. Rows follow each other line by line except where a record spans lines or lines
/// are empty, so only the rows after which the distance changes are kept.
/// </summary>
internal sealed class LineIndex
{
    private readonly List<int> rows = [];
    private readonly List<long> offsets = [];

    /// <summary>Records the line of the next data row.</summary>
    public void Add(int row, long line)
    {
        long offset = line - row;
        if (offsets.Count > 0 && offsets[^1] == offset) return;
        rows.Add(row);
        offsets.Add(offset);
    }

    /// <summary>The line (1 is the first of the file) at which a data row (0 is the first) begins.</summary>
    public long LineOf(int row)
    {
        int at = rows.BinarySearch(row);
        return row + offsets[at >= 0 ? at : ~at - 1];
    }
}
