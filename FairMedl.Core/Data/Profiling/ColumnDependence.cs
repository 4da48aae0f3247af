using FairMedl.Core.Data.Tables;

namespace FairMedl.Core.Data.Profiling;

/// <summary>Tests whether one column determines another.</summary>
internal static class ColumnDependence
{
    private const int MaxLevels = 2_000, RowsPerLevel = 5;

    /// <summary>
    /// Whether every level of <paramref name="column"/> occurs with one level of <paramref name="other"/> only (missing counts as
    /// a level). False for columns whose levels are repeated too rarely to tell.
    /// </summary>
    public static bool Determines(Column column, Column other)
    {
        if (!column.HasLevels || !other.HasLevels) return false;
        if (column.DistinctCount > MaxLevels || column.DistinctCount < 2 || other.DistinctCount < 2) return false;
        if ((long)column.DistinctCount * RowsPerLevel > column.RowCount || column.DistinctCount + 1 < other.DistinctCount) return false;
        var beside = new int[column.DistinctCount + 1];
        beside.AsSpan().Fill(int.MinValue);
        for (int row = 0; row < column.RowCount; row++)
        {
            ref int known = ref beside[column.Code(row) + 1];
            int code = other.Code(row);
            if (known == int.MinValue) known = code;
            else if (known != code) return false;
        }

        return true;
    }
}
