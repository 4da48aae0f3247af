using System.Globalization;
using FairMedl.Core.Data.Profiling;
using FairMedl.Core.Data.Tables;

namespace FairMedl.Core.Data.Roles;

/// <summary>Suggests roles from words in column names, value kinds and counts, and dependences between columns.</summary>
internal sealed class RoleGuesser(Table table)
{
    private const double SeenShare = .7;
    private const int FewNumbers = 10, RowsPerCluster = 5;

    private static readonly HashSet<string> SensitiveWords =
    [
        "age", "sex", "sx", "gender", "race", "ethnicity", "ethnic", "minority", "minrty", "marital", "marriage", "married", "religion",
        "disability", "disabled", "nationality", "citizenship", "pregnant", "pregnancy", "veteran", "orientation",
    ];

    private static readonly HashSet<string> TargetWords =
    [
        "target", "label", "outcome", "y", "income", "salary", "wage", "ach", "achievement", "score", "gpa", "grade",
        "readmitted", "readmission",
        "mortality", "died", "death", "survived", "recid", "recidivism", "default", "churn", "approved", "hired", "admitted", "passed",
        "diagnosis", "response",
    ];

    /// <summary>In order of preference: institutions before regions.</summary>
    private static readonly string[] ClusterWords =
    [
        "cluster", "occupation", "occ", "school", "hospital", "provider", "physician", "clinic", "site", "center", "centre", "doctor",
        "teacher", "classroom",
        "branch", "company", "employer", "firm", "bank", "store", "court", "judge", "district", "industry", "county", "region",
        "state", "country",
    ];

    private static readonly HashSet<string> CodeWords =
    [
        "code", "type", "category", "cat", "class", "kind", "status", "relationship", "birthplace", "place", "state", "region", "county",
        "country", "zip",
        "occupation", "occ", "industry", "sector", "department", "district", "school", "major",
    ];

    private static readonly HashSet<string> IdentifierWords =
        ["id", "uuid", "guid", "key", "index", "rowname", "rownames", "rownumber", "ssn", "name"];

    private static readonly string[] PositiveWords =
        ["yes", "true", "y", "t", "positive", "pos", "high", "good", "approved", "accepted", "admitted", "hired", "passed",
        "pass", "success"];

    private readonly Dictionary<Column, RoleGuess> guesses = [];
    private long[] targetCounts = [];

    public RoleGuesses Guess()
    {
        foreach (Column column in table.Columns) GuessUnusable(column);
        Column? target = GuessTarget();
        if (target is not null) foreach (Column column in Open()) GuessGivesAway(column, target, "the target");
        foreach (Column column in Open()) GuessSensitive(column);
        Column? cluster = GuessCluster();
        if (cluster is not null)
            foreach (Column column in Open().Where(c => c.Kind == ColumnKind.Text || c.IsWhole))
                GuessGivesAway(column, cluster, "the cluster");
        GuessDuplicates();
        foreach (Column column in Open()) GuessFeature(column, cluster);

        (PredictionTask task, IReadOnlyList<string> positive, string reason) = DescribeTarget(target);
        return new RoleGuesses([.. table.Columns.Select(c => guesses[c])], task, positive, reason, SeenShare);
    }

    private List<Column> Open() => [.. table.Columns.Where(c => !guesses.ContainsKey(c))];

    private void Set(Column column, ColumnRole role, string reason, bool isFeature = false, IReadOnlyList<double>? bins = null,
        bool isCategorical = false) =>
        guesses[column] = new RoleGuess(column.Name, role, reason, isFeature, bins, isCategorical);

    private void GuessUnusable(Column column)
    {
        int present = column.RowCount - column.MissingCount;
        string? identifier = ColumnWords.FirstIn(column.Name, IdentifierWords);
        bool isNearlyUnique = column.DistinctCount > 50 && column.DistinctCount > .9 * present;
        if (column.Kind == ColumnKind.Empty) Set(column, ColumnRole.Ignored, "Every value is missing.");
        else if (column.Kind == ColumnKind.TooManyValues)
            Set(column, ColumnRole.Ignored, "It has too many distinct values for a category.");
        else if (column.DistinctCount == 1 && column.MissingCount == 0)
            Set(column, ColumnRole.Ignored, "It has the same value in every row.");
        else if (IsRowNumber(column)) Set(column, ColumnRole.Ignored, "It is a row number.");
        else if (column.Name.Contains("wgt", StringComparison.OrdinalIgnoreCase))
            Set(column, ColumnRole.Ignored, "Its name suggests a sampling weight, which describes the survey rather than the individual.");
        else if (column.Kind == ColumnKind.Text && isNearlyUnique)
            Set(column, ColumnRole.Ignored, "Nearly every value is unique, so it identifies the row.");
        else if (identifier is not null && column.DistinctCount > .5 * present)
            Set(column, ColumnRole.Ignored, $"Its name contains '{identifier}' and most values are unique, so it identifies the row.");
        else if (column.Problems.Any(p => p.Count > 0) && column.Kind == ColumnKind.Number)
            Set(column, ColumnRole.Ignored, "It contains infinite or NaN values.");
    }

    private static bool IsRowNumber(Column column)
    {
        if (!column.IsWhole || column.MissingCount > 0 || column.RowCount < 3 || column.DistinctCount != column.RowCount) return false;
        double first = column.Number(0);
        if (first is not (0 or 1)) return false;
        for (int row = 1; row < column.RowCount; row++)
        {
            if (column.Number(row) != first + row) return false;
        }

        return true;
    }

    /// <summary>
    /// A name that says so counts most, then two values, then the last place; numbers with many values are a target only by name
    /// or place.
    /// </summary>
    private Column? GuessTarget()
    {
        Column? best = null;
        int bestScore = 1;
        string reason = "";
        foreach (Column column in Open())
        {
            if (ColumnWords.FirstIn(column.Name, SensitiveWords) is not null) continue;
            string? word = ColumnWords.FirstIn(column.Name, TargetWords);
            bool isBinary = column.HasLevels && column.DistinctCount == 2;
            bool isLast = column.Position == table.Columns.Count - 1;
            bool isNumber = column.Kind == ColumnKind.Number && column.DistinctCount > FewNumbers;
            if (!isBinary && !isNumber && !(word is not null && column.HasLevels && column.DistinctCount <= FewNumbers)) continue;
            int score = (word is not null ? 4 : 0) + (isBinary ? 2 : 0) + (isLast ? 1 : 0);
            if (score <= bestScore) continue;
            best = column;
            bestScore = score;
            reason = word is not null ? $"Its name contains '{word}'{(isBinary ? " and it has two values" : "")}."
                : isLast ? "It has two values and is the last column." : "It has two values.";
        }

        if (best is not null) Set(best, ColumnRole.Target, reason);
        return best;
    }

    private void GuessGivesAway(Column column, Column other, string role)
    {
        if (ColumnDependence.Determines(column, other))
            Set(column, ColumnRole.Ignored, $"Its value determines {role} '{other.Name}' in every row.");
    }

    private void GuessSensitive(Column column)
    {
        if (ColumnWords.FirstIn(column.Name, SensitiveWords) is not { } word || column.DistinctCount < 2) return;
        if (column.Kind == ColumnKind.Number && column.DistinctCount > FewNumbers)
        {
            IReadOnlyList<double> bounds = GuessBins(column);
            string shown = string.Join(", ", new Bins(bounds, column.IsWhole).Names);
            Set(column, ColumnRole.Sensitive, $"Its name contains '{word}'. Its numbers are grouped into bins: {shown}.",
                isFeature: true, bins: bounds);
        }
        else if (column.HasLevels && column.DistinctCount < SensitiveResolution.MaxGroups)
        {
            Set(column, ColumnRole.Sensitive, $"Its name contains '{word}'.", isFeature: true);
        }
    }

    /// <summary>The paper's age bins where each would hold a twentieth of the rows, else thirds.</summary>
    private static IReadOnlyList<double> GuessBins(Column column)
    {
        double[] sorted = SortedNumbers(column);
        double[] paper = [30, 45];
        if (ColumnWords.Of(column.Name).Contains("age"))
        {
            var bins = new Bins(paper, isWhole: true);
            var counts = new int[3];
            foreach (double x in sorted) counts[bins.IndexOf(x)]++;
            if (counts.Min() >= .05 * sorted.Length) return paper;
        }

        return RoundBounds.Terciles(sorted);
    }

    /// <summary>The finite numbers ascending; levels are in that order already and only need to be counted.</summary>
    private static double[] SortedNumbers(Column column)
    {
        if (!column.HasLevels) return [.. Enumerable.Range(0, column.RowCount).Select(column.Number).Where(double.IsFinite).Order()];
        var counts = new int[column.Levels.Count + 1];
        for (int row = 0; row < column.RowCount; row++) counts[column.Code(row) + 1]++;
        var sorted = new double[column.RowCount];
        int n = 0;
        for (int level = 0; level < column.Levels.Count; level++)
        {
            if (!double.IsFinite(column.LevelNumber(level))) continue;
            sorted.AsSpan(n, counts[level + 1]).Fill(column.LevelNumber(level));
            n += counts[level + 1];
        }

        return sorted[..n];
    }

    private Column? GuessCluster()
    {
        List<Column> able = [.. Open().Where(c => c.HasLevels && (c.Kind == ColumnKind.Text || c.IsWhole) && c.DistinctCount >= 3
            && (long)c.DistinctCount * RowsPerCluster <= c.RowCount)];
        foreach (string word in ClusterWords)
        {
            Column? named = able.Where(c => IsNamed(c, word)).MinBy(c => c.DistinctCount);
            if (named is null) continue;
            string said = ColumnWords.Of(named.Name).Contains(word) ? word : "occ";
            Set(named, ColumnRole.Cluster,
                $"Its name contains '{said}' and it groups the rows into " +
                $"{MessageText.Count(named.DistinctCount + (named.MissingCount > 0 ? 1 : 0))} clusters.");
            return named;
        }

        Column? widest = able.Where(c => c.Kind == ColumnKind.Text && c.DistinctCount is >= 5 and <= 1000).MaxBy(c => c.DistinctCount);
        if (widest is not null)
            Set(widest, ColumnRole.Cluster,
                "No column name suggests a cluster. Of the text columns, this one has the most groups " +
                $"({MessageText.Count(widest.DistinctCount)}).");
        return widest;
    }

    /// <summary>"occ" and "occupation" are one word, so that the coarser of two such columns is taken.</summary>
    private static bool IsNamed(Column column, string word)
    {
        IReadOnlyList<string> words = ColumnWords.Of(column.Name);
        return words.Contains(word) || (word == "occupation" && words.Contains("occ"));
    }

    private void GuessDuplicates()
    {
        List<Column> open = Open();
        for (int i = 0; i < open.Count; i++)
        {
            for (int j = i + 1; j < open.Count; j++)
            {
                Column a = open[i], b = open[j];
                if (guesses.ContainsKey(a) || guesses.ContainsKey(b) || a.DistinctCount != b.DistinctCount
                    || a.MissingCount != b.MissingCount) continue;
                if (!ColumnDependence.Determines(a, b) || !ColumnDependence.Determines(b, a)) continue;
                (Column kept, Column dropped) = a.Kind == ColumnKind.Text && b.Kind == ColumnKind.Number ? (b, a) : (a, b);
                Set(dropped, ColumnRole.Ignored,
                    $"It duplicates '{kept.Name}' with other {(dropped.Kind == ColumnKind.Text ? "labels" : "numbers")}.");
            }
        }
    }

    private void GuessFeature(Column column, Column? cluster)
    {
        if (column.Kind == ColumnKind.Text)
        {
            if (column.DistinctCount > FeatureResolution.MaxLevels)
                Set(column, ColumnRole.Ignored,
                    $"It has {MessageText.Count(column.DistinctCount)} distinct text values, too many for a category.");
            else Set(column, ColumnRole.Feature, $"A category with {MessageText.Count(column.DistinctCount)} levels.", isFeature: true);
            return;
        }

        string? code = column.IsWhole && column.HasLevels && column.DistinctCount <= FeatureResolution.MaxLevels
            ? ColumnWords.FirstIn(column.Name, CodeWords) : null;
        string reason = code is not null ? $"Its name contains '{code}', so its integers are treated as category codes."
            : cluster is not null && ColumnDependence.Determines(cluster, column)
            ? $"A numeric column that is constant within each cluster of '{cluster.Name}'."
            : "A number.";
        Set(column, ColumnRole.Feature, reason, isFeature: true, isCategorical: code is not null);
    }

    private (PredictionTask, IReadOnlyList<string>, string) DescribeTarget(Column? target)
    {
        if (target is null) return (PredictionTask.Classification, [], "No column looks like a target. Choose one.");
        if (target.Kind == ColumnKind.Number && target.DistinctCount > FewNumbers)
        {
            return (PredictionTask.Regression, [],
                $"'{target.Name}' is numeric with {MessageText.Count(target.DistinctCount)} distinct values, so the task is regression.");
        }

        targetCounts = new long[target.Levels.Count];
        for (int row = 0; row < target.RowCount; row++)
        {
            if (target.Code(row) is >= 0 and int level) targetCounts[level]++;
        }

        (int positive, string why) = GuessPositive(target);
        string share = (100.0 * targetCounts[positive] / targetCounts.Sum()).ToString("0", CultureInfo.InvariantCulture);
        return (PredictionTask.Classification, [target.Levels[positive]],
            $"Predicting {target.Name} = {target.Levels[positive]}, {share}% of rows: {why}.");
    }

    private (int Level, string Why) GuessPositive(Column target)
    {
        foreach (string word in PositiveWords)
        {
            int named = Enumerable.Range(0, target.Levels.Count)
                .FirstOrDefault(l => target.Levels[l].Equals(word, StringComparison.OrdinalIgnoreCase), -1);
            if (named >= 0) return (named, "the value suggests it");
        }

        int above = Enumerable.Range(0, target.Levels.Count).FirstOrDefault(l => target.Levels[l].StartsWith('>'), -1);
        if (above >= 0) return (above, "it is the value above the threshold");
        if (target.Kind == ColumnKind.Number) return (target.Levels.Count - 1, "it is the largest number");
        int rarest = Enumerable.Range(0, target.Levels.Count).MinBy(l => targetCounts[l]);
        return (rarest, "it is the rarest value");
    }
}
