
namespace FairMedl.Core.Data.Profiling;

/// <summary>The words in a column's name: "marital-status", "maritalStatus" and "MARITAL_STATUS" are "marital" and "status".</summary>
internal static class ColumnWords
{
    /// <summary>Lower-case words, split at signs and where lower case turns to upper.</summary>
    public static IReadOnlyList<string> Of(string name)
    {
        var words = new List<string>();
        int start = 0;
        for (int i = 0; i <= name.Length; i++)
        {
            bool isEnd = i == name.Length || !char.IsLetterOrDigit(name[i]);
            bool isTurn = !isEnd && i > start && char.IsUpper(name[i]) && char.IsLower(name[i - 1]);
            if (!isEnd && !isTurn) continue;
            if (i > start) words.Add(name[start..i].ToLowerInvariant());
            start = isTurn ? i : i + 1;
        }

        return words;
    }

    /// <summary>The first of the name's words that is in a set, or null.</summary>
    public static string? FirstIn(string name, HashSet<string> set) => Of(name).FirstOrDefault(set.Contains);
}
