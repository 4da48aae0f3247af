namespace FairMedl.Torch.Kernels;

/// <summary>
/// A matrix [Rows, Width] as a record a row, in unmanaged memory: int32 Codes, row-major with PerRow a row, are the columns
/// that are 1 (Width for none); Numbers, row-major with NumberCount a row, are the values of the columns that NumberColumns
/// (int32) names. Up to the next multiple of 16 rows the codes say "none", and the numbers are 0.
/// </summary>
internal readonly record struct CodedRows(nint Codes, int PerRow, nint Numbers, nint NumberColumns, int NumberCount, int Rows, int Width)
{
    public int PaddedRows => (Rows + Layout.Line - 1) & -Layout.Line;
}
