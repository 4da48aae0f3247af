using FairMedl.Core.Data.Encoders;
using FairMedl.Engine.Models;
using FairMedl.Torch;
using static TorchSharp.torch;

namespace FairMedl.Engine.Training;

/// <summary>
/// The encoded features and clusters of all rows on the fit's device: features as a matrix where that is small, else as the columns and
/// values of each row, from which the rows of a batch are written.
/// </summary>
internal sealed class DeviceRecords
{
    private const long MatrixValues = 32L << 20;
    private readonly Tensor? matrix, columns, values;
    private readonly int width;

    /// <summary>Sends the records and the clusters to the device.</summary>
    public DeviceRecords(EncodedRecords records, int width, int[] clusters)
    {
        this.width = width;
        Clusters = tensor(Array.ConvertAll(clusters, c => (long)c)).OnDevice();
        int codes = records.CodesPerRow, perRow = records.Room, rows = records.Values.Length / records.Stride;
        long[] ofColumns = new long[rows * perRow];
        float[] ofValues = new float[rows * perRow];
        for (int row = 0; row < rows; row++)
        {
            Span<int> record = records[row];
            for (int c = 0, at = row * perRow; c < perRow; c++, at++)
            {
                // The column behind the last takes the codes of no column.
                ofColumns[at] = c >= codes ? records.NumberColumns[c - codes] : record[c] < 0 ? width : record[c];
                ofValues[at] = c < codes ? 1 : BitConverter.Int32BitsToSingle(record[c]);
            }
        }

        columns = tensor(ofColumns, [rows, perRow]).OnDevice();
        values = tensor(ofValues, [rows, perRow]).OnDevice();
        if ((long)rows * width > MatrixValues) return;
        matrix = Write(columns, values).contiguous();
        columns.Dispose();
        values.Dispose();
    }

    /// <summary>Cluster of each row, of 64-bit integers.</summary>
    public Tensor Clusters { get; }

    /// <summary>The rows of an index, [B, D].</summary>
    public Tensor Rows(Tensor index) => matrix is not null
        ? matrix.index(index)
        : Write(columns!.index(index), values!.index(index));

    /// <summary>The rows of an index with this column in place of all others of its one-hot block.</summary>
    public Tensor Rewritten(Tensor index, int blockStart, int blockLength, int column)
    {
        Tensor rows = Rows(index);
        rows.narrow(1, blockStart, blockLength).zero_();
        rows.narrow(1, column, 1).fill_(Arithmetic.One);
        return rows;
    }

    /// <summary>The rows of an index with these columns taken from the rows of another index of the same length.</summary>
    public Tensor Replaced(Tensor index, Tensor donors, int start, int length)
    {
        Tensor rows = Rows(index);
        rows.narrow(1, start, length).copy_(Rows(donors).narrow(1, start, length));
        return rows;
    }

    private Tensor Write(Tensor columns, Tensor values) =>
        zeros(columns.size(0), width + 1, device: columns.device).scatter_(1, columns, values).narrow(1, 0, width);
}
