namespace FairMedl.Core.Data;

/// <summary>Encoded rows, compact: a record a row says which columns are 1, and the numbers; all other columns are 0.</summary>
/// <param name="Codes">Row by row <paramref name="CodesPerRow"/> encoded columns that are 1; -1 for none.</param>
/// <param name="CodesPerRow">How many codes a row has.</param>
/// <param name="Numbers">Row by row the numbers.</param>
/// <param name="NumberColumns">The encoded column of each number.</param>
/// <param name="AttributePositions">By sensitive attribute: which of a row's codes is its group; -1 where the attribute is not a feature.</param>
public sealed record EncodedRecords(int[] Codes, int CodesPerRow, float[] Numbers, int[] NumberColumns, int[] AttributePositions)
{
    /// <summary>The codes of one row.</summary>
    public ReadOnlySpan<int> CodesOf(int row) => Codes.AsSpan(row * CodesPerRow, CodesPerRow);

    /// <summary>The numbers of one row.</summary>
    public ReadOnlySpan<float> NumbersOf(int row) => Numbers.AsSpan(row * NumberColumns.Length, NumberColumns.Length);
}
