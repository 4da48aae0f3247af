
namespace FairMedl.Core.Data.Encoders;

/// <summary>
/// Encoded rows, compact: a record a row holds which columns are 1, then the numbers' bits (all other columns are 0), then
/// room for what its user keeps with a row, so that all of a random row costs one cache miss or two.
/// </summary>
/// <param name="Values">Record by record <paramref name="Stride"/> values; a code is an encoded column that is 1, or -1 for none.</param>
/// <param name="Stride">Values of a record.</param>
/// <param name="CodesPerRow">How many codes a record starts with; the last of them may be its user's.</param>
/// <param name="NumberColumns">The encoded column of each number.</param>
/// <param name="AttributePositions">By sensitive attribute: which of a row's codes is its group; -1 where the attribute is not a
/// feature.</param>
public sealed record EncodedRecords(int[] Values, int Stride, int CodesPerRow, int[] NumberColumns, int[] AttributePositions)
{
    /// <summary>The columns of the file that the encoder writes, in the order of the encoded columns.</summary>
    public required IReadOnlyList<EncodedColumn> Columns { get; init; }

    /// <summary>Returns the encoded record of a row.</summary>
    public Span<int> this[int row] => Values.AsSpan(row * Stride, Stride);

    /// <summary>Where the room of its user starts in a record.</summary>
    public int Room => CodesPerRow + NumberColumns.Length;
}
