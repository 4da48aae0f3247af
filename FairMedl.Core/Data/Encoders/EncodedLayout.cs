namespace FairMedl.Core.Data.Encoders;

/// <summary>One column of the encoded matrix.</summary>
/// <param name="Name">For a person: "education-num", "race = White".</param>
/// <param name="Column">The column in the file.</param>
/// <param name="Level">The level of a one-hot column; null for a number.</param>
/// <param name="IsProbe">Whether it is a confounding probe.</param>
public sealed record EncodedFeature(string Name, string Column, string? Level = null, bool IsProbe = false);

/// <summary>The columns that a fitted encoder writes, D of them.</summary>
/// <param name="Features">By encoded column.</param>
/// <param name="AttributeBlocks">By sensitive attribute: the columns [Start, Start + K) of its one-hot block in group order, or
/// null where the attribute is not a feature.</param>
public sealed record EncodedLayout(IReadOnlyList<EncodedFeature> Features, IReadOnlyList<EncodedBlock?> AttributeBlocks)
{
    /// <summary>Number of encoded columns, D.</summary>
    public int Width => Features.Count;
}

/// <summary>Contiguous encoded columns. All K groups of an attribute have a column, also those without a training row.</summary>
public readonly record struct EncodedBlock(int Start, int Length);
