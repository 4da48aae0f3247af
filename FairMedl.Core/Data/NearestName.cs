namespace FairMedl.Core.Data;

/// <summary>Finds what a person most likely meant by a name that does not exist.</summary>
internal static class NearestName
{
    /// <summary>A sentence that suggests the nearest candidate, or one that lists the first few.</summary>
    public static string Suggest(string wanted, IReadOnlyList<string> candidates)
    {
        string? nearest = Find(wanted, candidates);
        return nearest is not null
            ? $"Did you mean '{MessageText.Shorten(nearest)}'?"
            : candidates.Count == 0 ? "No values are available." : $"Choose one of {MessageText.List(candidates)}.";
    }

    /// <summary>The candidate with the fewest edits, if that is at most a third of the name's length (2 at least).</summary>
    public static string? Find(string wanted, IReadOnlyList<string> candidates)
    {
        string key = Fold(wanted);
        if (key.Length is 0 or > 200) return null;
        int best = Math.Max(2, key.Length / 3) + 1;
        string? nearest = null;
        foreach (string candidate in candidates)
        {
            string other = Fold(candidate);
            if (Math.Abs(other.Length - key.Length) >= best || other.Length > 200) continue;
            int edits = Edits(key, other);
            if (edits >= best || edits >= Math.Max(key.Length, other.Length)) continue;
            best = edits;
            nearest = candidate;
        }

        return nearest;
    }

    private static string Fold(string name) =>
        string.Concat(name.Where(c => c is not (' ' or '_' or '-'))).ToLowerInvariant();

    /// <summary>Letters added, dropped, replaced, or swapped with their neighbour.</summary>
    private static int Edits(string a, string b)
    {
        int[] earlier = new int[b.Length + 1], previous = new int[b.Length + 1], current = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++) previous[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(replaced, Math.Min(previous[j], current[j - 1]) + 1);
                bool isSwap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                if (isSwap) current[j] = Math.Min(current[j], earlier[j - 2] + 1);
            }

            (earlier, previous, current) = (previous, current, earlier);
        }

        return previous[b.Length];
    }
}
