namespace FairMedl.Core.Data.Encoders;

/// <summary>
/// A column of the file in a record of <see cref="EncodedRecords"/>: all its encoded columns, and the record's values that set them.
/// </summary>
/// <param name="Column">The column in the file.</param>
/// <param name="IsProbe">Whether it is a confounding probe.</param>
/// <param name="Start">Its first encoded column.</param>
/// <param name="Length">Number of its encoded columns; they are contiguous.</param>
/// <param name="Code">Position of its code in a record: the level's column, or the indicator of a missing number; -1 for none.</param>
/// <param name="Number">Position of its number in a record; -1 for a category.</param>
public sealed record EncodedColumn(string Column, bool IsProbe, int Start, int Length, int Code, int Number);
