using FairMedl.Core.Data.Tables;

namespace FairMedl.Core.Data.Roles;

/// <summary>
/// The levels of a column that occur in the remaining rows, coded 0 .. in the column's order, with missing last under the
/// name "(missing)"; where the file itself has that value, missing joins it.
/// </summary>
internal sealed record LevelCoding(int[] Codes, IReadOnlyList<string> Names, int[] Counts)
{
    /// <summary>The name of the level of missing values.</summary>
    public const string MissingName = "(missing)";

    /// <summary>Codes the rows of a column that has levels.</summary>
    public static LevelCoding Of(Column column, ReadOnlySpan<int> rows)
    {
        int missing = column.FindLevel(MissingName);
        if (missing < 0) missing = column.Levels.Count;
        var occurs = new int[column.Levels.Count + 1];
        foreach (int row in rows) occurs[column.Code(row) is >= 0 and int level ? level : missing]++;

        var codeOf = new int[occurs.Length];
        var names = new List<string>();
        var counts = new List<int>();
        for (int level = 0; level < occurs.Length; level++)
        {
            if (occurs[level] == 0) continue;
            codeOf[level] = names.Count;
            names.Add(level < column.Levels.Count ? column.Levels[level] : MissingName);
            counts.Add(occurs[level]);
        }

        var codes = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++) codes[i] = codeOf[column.Code(rows[i]) is >= 0 and int level ? level : missing];
        return new LevelCoding(codes, names, [.. counts]);
    }
}
