using System.Globalization;
using System.Text;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Sentences;

/// <summary>
/// Words formed from the cluster column's name, so that pages and reports say "hospital effects" and "hospitals not seen in
/// training". "site_id" gives site and sites; a name that gives no noun ("id") gives cluster and clusters.
/// </summary>
/// <param name="One">Singular, such as "hospital".</param>
/// <param name="Many">Plural, such as "hospitals".</param>
public sealed record ClusterWords(string One, string Many)
{
    private static readonly HashSet<string> Suffixes = ["id", "ids", "code", "name", "number", "num", "no", "nr", "key", "index", "label"];

    /// <summary>"a hospital" or "an occupation".</summary>
    public string AOne => $"{("aeiou".Contains(char.ToLowerInvariant(One[0]), StringComparison.Ordinal) ? "an" : "a")} {One}";

    /// <summary>"hospital effects".</summary>
    public string Effects => $"{One} effects";

    /// <summary>"hospitals seen in training".</summary>
    public string Seen => $"{Many} seen in training";

    /// <summary>"hospitals not seen in training".</summary>
    public string Unseen => $"{Many} not seen in training";

    /// <summary>The words of a study's cluster column.</summary>
    public static ClusterWords Of(StudyResults results) => Of(results.Header.Definition.Data.Cluster.Column);

    /// <summary>The words of a column's name.</summary>
    public static ClusterWords Of(string column)
    {
        List<string> words = [.. ColumnWords.Split(column)];
        while (words.Count > 1 && Suffixes.Contains(words[^1].ToLowerInvariant())) words.RemoveAt(words.Count - 1);
        if (words.Count == 0 || Suffixes.Contains(words[^1].ToLowerInvariant()) || !words[^1].Any(char.IsLetter))
            return new("cluster", "clusters");
        string before = string.Concat(words.SkipLast(1).Select(w => w + " ")), noun = words[^1];
        // A name such as "x3" or "plz1" has no plural that reads well.
        if (noun.Length < 3 || noun.Any(char.IsDigit)) return new(before + noun, $"{before}{noun} values");
        string one = Singular(noun);
        return new(before + one, before + Plural(one));
    }

    /// <summary>"hospitals seen in training" or "hospitals not seen in training".</summary>
    public string Of(Split split) => split switch { Studies.Gathering.Split.Seen => Seen, Studies.Gathering.Split.Unseen => Unseen };

    /// <summary>"with hospital effects" or "without hospital effects".</summary>
    public string Of(Head head) => head switch { Head.MixedEffects => $"with {Effects}", Head.FixedEffects => $"without {Effects}" };

    private static string Singular(string noun) =>
        noun.EndsWith("ies", StringComparison.Ordinal) && noun.Length > 4 ? noun[..^3] + "y"
        : noun.EndsWith("ches", StringComparison.Ordinal) || noun.EndsWith("shes", StringComparison.Ordinal)
        || noun.EndsWith("sses", StringComparison.Ordinal) || noun.EndsWith("xes", StringComparison.Ordinal) ? noun[..^2]
        : noun.EndsWith('s') && !noun.EndsWith("ss", StringComparison.Ordinal) && !noun.EndsWith("us", StringComparison.Ordinal)
        && !noun.EndsWith("is", StringComparison.Ordinal) ? noun[..^1]
        : noun;

    private static string Plural(string noun)
    {
        if (noun.EndsWith('y') && noun.Length > 1 && !"aeiou".Contains(noun[^2], StringComparison.Ordinal)) return noun[..^1] + "ies";
        bool hisses = noun.EndsWith('s') || noun.EndsWith('x') || noun.EndsWith('z') || noun.EndsWith("ch", StringComparison.Ordinal)
            || noun.EndsWith("sh", StringComparison.Ordinal);
        return noun + (hisses ? "es" : "s");
    }
}

/// <summary>A column's name as words in a sentence: "marital-status" and "MaritalStatus" give "marital status".</summary>
public static class ColumnWords
{
    /// <summary>The words; a name that is no plain identifier stays as it is.</summary>
    public static string Of(string column) =>
        column.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or ' ') && column.Any(char.IsLetterOrDigit)
            ? string.Join(' ', Split(column)) : column;

    /// <summary>As <see cref="Of"/>, with a capital letter at the start: "Marital status".</summary>
    public static string Title(string column)
    {
        string words = Of(column);
        return words.Length > 0 ? char.ToUpper(words[0], CultureInfo.InvariantCulture) + words[1..] : words;
    }

    /// <summary>The parts between separators and before capital letters, in lower case except for abbreviations such as "ICU".</summary>
    internal static IEnumerable<string> Split(string column)
    {
        var word = new StringBuilder();
        var words = new List<string>();
        void End()
        {
            if (word.Length == 0) return;
            string text = word.ToString();
            words.Add(text.Length > 1 && text.All(c => !char.IsLower(c)) && text.Any(char.IsLetter) && text.Length <= 3
                ? text : text.ToLowerInvariant());
            word.Clear();
        }

        for (int i = 0; i < column.Length; i++)
        {
            char c = column[i];
            if (!char.IsLetterOrDigit(c))
            {
                End();
                continue;
            }

            if (char.IsUpper(c) && i > 0 && char.IsLower(column[i - 1])) End();
            word.Append(c);
        }

        End();
        return words;
    }
}
