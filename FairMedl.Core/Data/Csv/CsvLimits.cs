using FairMedl.Core.Data.Tables;

namespace FairMedl.Core.Data.Csv;

/// <summary>
/// What a CSV may cost before it is refused. Distinct text is counted over all columns together (text plus 48 bytes a
/// level): beyond the budget the widest columns of numbers are kept as plain numbers, then the widest columns of text
/// are kept by name and count alone (<see cref="ColumnKind.TooManyValues"/>).
/// </summary>
/// <param name="MaxBytes">Bytes of the file.</param>
/// <param name="MaxRows">Data rows.</param>
/// <param name="MaxColumns">Columns.</param>
/// <param name="MaxRecordBytes">Bytes of one record; a longer one is nearly always a quote that was never closed.</param>
/// <param name="MaxDistinctTextBytes">Bytes of distinct values over all columns.</param>
public sealed record CsvLimits(
    long MaxBytes = 2L << 30,
    int MaxRows = 50_000_000,
    int MaxColumns = 2_000,
    int MaxRecordBytes = 1 << 20,
    int MaxDistinctTextBytes = 64 << 20)
{
    /// <summary>The largest number of distinct values that a column keeps by code: codes are at most two bytes wide.</summary>
    public const int MaxLevels = ushort.MaxValue;

    /// <summary>What a distinct value costs beside its text: hash, code, table slots and number.</summary>
    internal const int BytesPerLevel = 48;
}

/// <summary>How far the reading of a CSV has come.</summary>
/// <param name="Bytes">Bytes read so far.</param>
/// <param name="TotalBytes">Bytes of the whole file, where the stream knows them.</param>
/// <param name="Rows">Data rows read so far.</param>
public readonly record struct CsvProgress(long Bytes, long? TotalBytes, long Rows);
