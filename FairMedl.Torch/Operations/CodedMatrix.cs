using static TorchSharp.torch;
#if TORCH_MANAGED
using FairMedl.Torch.Engine;
using FairMedl.Torch.Kernels;
#endif

namespace FairMedl.Torch;

/// <summary>
/// A matrix [n, width] of one-hot blocks and numbers, kept as a record a row: the columns that are 1 and the numbers; all
/// other elements are 0. A linear layer and <see cref="Fused.SelectLinear"/> read the records of a batch as they are; only
/// another operation writes its matrix out.
/// </summary>
public sealed class CodedMatrix
{
    private readonly int[] records, numberColumns;
    private readonly int stride;

    /// <summary>Takes the records as they are.</summary>
    /// <param name="records">Record by record: the columns that are 1, different ones, -1 for none; then the numbers' bits; then whatever else the caller keeps with a row.</param>
    /// <param name="stride">Values of a record.</param>
    /// <param name="codesPerRow">How many codes a row has.</param>
    /// <param name="numberColumns">The columns of the numbers; no code names them.</param>
    /// <param name="width">Columns.</param>
    /// <exception cref="ArgumentException">The records are not whole, or too short.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A code or a number's column is not a column.</exception>
    public CodedMatrix(int[] records, int stride, int codesPerRow, int[] numberColumns, int width)
    {
        if (stride < Math.Max(1, codesPerRow + numberColumns.Length) || records.Length % stride != 0)
            throw new ArgumentException($"{records.Length} values are not records of {stride} with {codesPerRow} codes and {numberColumns.Length} numbers each.", nameof(records));
        for (int start = 0; start < records.Length; start += stride)
            foreach (int code in records.AsSpan(start, codesPerRow))
                if (code < -1 || code >= width) throw new ArgumentOutOfRangeException(nameof(records), $"{code} is not one of the {width} columns.");
        foreach (int column in numberColumns)
            if ((uint)column >= (uint)width) throw new ArgumentOutOfRangeException(nameof(numberColumns), $"{column} is not one of the {width} columns.");
        (this.records, this.stride, this.numberColumns, CodesPerRow, Width) = (records, stride, numberColumns, codesPerRow, width);
    }

    /// <summary>Number of columns.</summary>
    public int Width { get; }

    /// <summary>Codes of a row.</summary>
    public int CodesPerRow { get; }

    /// <summary>The given rows of the matrix, [rows, width].</summary>
    /// <exception cref="ArgumentOutOfRangeException">A row is none of the matrix.</exception>
    public Tensor Rows(ReadOnlySpan<int> rows) => Rows(rows, -1, -1);

    /// <summary>The given rows as they would be if each had this column in the place of its code at the position: one-hot blocks rewritten.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A row is none of the matrix, or the position or the column does not exist.</exception>
    public Tensor Rows(ReadOnlySpan<int> rows, int position, int column)
    {
        if (position >= CodesPerRow || column >= Width || (position >= 0 && column < 0))
            throw new ArgumentOutOfRangeException(nameof(position), $"There is no code {position} or no column {column}.");
#if TORCH_MANAGED
        Workspace workspace = Workspace.Current;
        int padded = (rows.Length + Layout.Line - 1) & -Layout.Line, count = numberColumns.Length;
        nint at = workspace.Allocate(((long)padded * (CodesPerRow + count) + count) * sizeof(int), out Storage keeper);
        nint atNumbers = at + (nint)padded * CodesPerRow * sizeof(int), atColumns = atNumbers + (nint)padded * count * sizeof(float);
        var coded = new CodedRows(at, CodesPerRow, atNumbers, atColumns, count, rows.Length, Width);
        Strided.Write<int>(Layout.Packed([count]), atColumns, numberColumns);
        workspace.Kernel.Gather(rows, records, stride, coded);
        if (position >= 0) for (int i = 0; i < rows.Length; i++) Strided.Set(at, (long)i * CodesPerRow + position, column);
        return new CodedTensor(keeper, coded);
#else
        return Composed.Rows(this, rows, position, column);
#endif
    }

    /// <summary>The given rows with the code and the number at these positions taken from as many other rows.</summary>
    /// <param name="rows">Rows of the matrix.</param>
    /// <param name="donors">Rows of the matrix, one for each row.</param>
    /// <param name="code">Position of the code among a row's codes; -1 for none.</param>
    /// <param name="number">Position of the number among a row's numbers; -1 for none.</param>
    /// <exception cref="ArgumentException">There are not as many donors as rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A row is none of the matrix, or a position does not exist.</exception>
    public Tensor Rows(ReadOnlySpan<int> rows, ReadOnlySpan<int> donors, int code, int number)
    {
        if (donors.Length != rows.Length) throw new ArgumentException($"There are {donors.Length} donors for {rows.Length} rows.", nameof(donors));
        if (code < -1 || code >= CodesPerRow || number < -1 || number >= numberColumns.Length)
            throw new ArgumentOutOfRangeException(nameof(code), $"There is no code {code} or no number {number}.");
#if TORCH_MANAGED
        var taken = (CodedTensor)Rows(rows);
        for (int i = 0; i < rows.Length; i++)
        {
            ReadOnlySpan<int> donor = records.AsSpan(donors[i] * stride, stride);
            if (code >= 0) Strided.Set(taken.Rows.Codes, (long)i * CodesPerRow + code, donor[code] < 0 ? Width : donor[code]);
            if (number >= 0) Strided.Set(taken.Rows.Numbers, (long)i * numberColumns.Length + number, donor[CodesPerRow + number]);
        }

        return taken;
#else
        return Composed.Rows(this, rows, donors, code, number);
#endif
    }

    /// <summary>Prefetches the records of rows that will be used soon.</summary>
    public void Prefetch(ReadOnlySpan<int> rows) => Fused.Prefetch<int>(records, stride, rows);

    /// <summary>The given rows written out by column.</summary>
    internal float[] Expand(ReadOnlySpan<int> rows, int position, int column) => Expand(rows, rows, position, column, -1, -1);

    /// <summary>The same with a code and a number taken from donors.</summary>
    internal float[] Expand(ReadOnlySpan<int> rows, ReadOnlySpan<int> donors, int position, int column, int donatedCode, int donatedNumber)
    {
        float[] columns = new float[rows.Length * Width];
        for (int i = 0; i < rows.Length; i++)
        {
            ReadOnlySpan<int> record = records.AsSpan(rows[i] * stride, stride), donor = records.AsSpan(donors[i] * stride, stride);
            for (int c = 0; c < CodesPerRow; c++)
            {
                int code = c == position ? column : c == donatedCode ? donor[c] : record[c];
                if (code >= 0) columns[code * rows.Length + i] = 1;
            }

            for (int m = 0; m < numberColumns.Length; m++)
                columns[numberColumns[m] * rows.Length + i] = BitConverter.Int32BitsToSingle((m == donatedNumber ? donor : record)[CodesPerRow + m]);
        }

        return columns;
    }
}

public static partial class Composed
{
    /// <inheritdoc cref="CodedMatrix.Rows(ReadOnlySpan{int}, int, int)"/>
    public static Tensor Rows(CodedMatrix matrix, ReadOnlySpan<int> rows, int position = -1, int column = -1) =>
        FromColumns(matrix.Expand(rows, position, column), rows.Length, matrix.Width, rows.Length);

    /// <inheritdoc cref="CodedMatrix.Rows(ReadOnlySpan{int}, ReadOnlySpan{int}, int, int)"/>
    public static Tensor Rows(CodedMatrix matrix, ReadOnlySpan<int> rows, ReadOnlySpan<int> donors, int code, int number) =>
        FromColumns(matrix.Expand(rows, donors, -1, -1, code, number), rows.Length, matrix.Width, rows.Length);
}
