using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fairness.Tests;
using FairMedl.Core.Numerics;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Sentences;

/// <summary>Says which groups the spreads count and which they leave out because they are too small.</summary>
public static class CountedGroupsText
{
    /// <summary>What "corrected for chance" means.</summary>
    public const string Corrected =
        "Corrected for chance: sqrt(max(0, SD² − E[SD²])), where E[SD²] is expected if all groups were equal. Small groups differ by " +
        "chance, which makes the SD too large. 0 means a spread no larger than expected by chance.";

    /// <summary>
    /// The groups that a spread of some attributes counts, after its name: " over groups with at least 30 positives"; empty where it
    /// leaves no group out.
    /// </summary>
    public static string Of(IEnumerable<AttributeAudit> attributes, string metric) =>
        attributes.Select(a => SmallGroups.Of(a, metric)).FirstOrDefault(s => s is { AreLeftOut: true, Groups.Count: > 0 }) is { } small
            ? FormattableString.Invariant($" over groups with at least {small.Minimum} {small.Counted}") : "";

    /// <summary>The column of a version of the spreads: "Groups of at least 30" or "All groups".</summary>
    public static string Version(CountedGroups counted, int minimum) => counted == CountedGroups.All
        ? "All groups" : FormattableString.Invariant($"Groups of at least {minimum}");

    /// <summary>The version of the spreads that leads in some results, a sentence; none without audits.</summary>
    public static IEnumerable<NumericText> Version(StudyResults results)
    {
        AttributeAudit? first = results.Audits.SelectMany(a => a.Audit.Attributes).FirstOrDefault();
        if (first is null) yield break;
        bool classification = results.Header.Definition.Data.Target.Task == PredictionTask.Classification;
        yield return first.Leading == CountedGroups.All ? NumericText.Of("Spreads count all groups, of any size.")
            : !VersionsDiffer(results) ? NumericText.Of($"Spreads count all groups: each has at least {first.MinimumCount} " +
                $"{(classification ? "positives, negatives and rows" : "rows")}.")
            : classification ? NumericText.Of($"Spreads count groups with at least {first.MinimumCount} positives (TPR), negatives (FPR) " +
                $"or rows (other metrics).")
            : NumericText.Of($"Spreads count groups with at least {first.MinimumCount} rows.");
    }

    /// <summary>
    /// The groups of an attribute that the paper's spreads leave out, with their sizes: "Left out by race: Other (20 positives) from
    /// TPR SD."; none where every group counts.
    /// </summary>
    public static IEnumerable<NumericText> LeftOut(AttributeAudit attribute, bool classification)
    {
        NumericText[] parts =
        [
            .. from metric in MetricDescriptions.Paper(classification).Spreads.Select(MetricDescriptions.Get)
               let small = SmallGroups.Of(attribute, metric.Id)
               where small is { AreLeftOut: true, Groups.Count: > 0 }
               group metric.NameInText by small.Named(metric.Id) into same
               select NumericText.Of($"{same.Key} from {SentenceWords.List([.. same])}"),
        ];
        if (parts.Length > 0) yield return $"Left out by {ColumnWords.Of(attribute.Attribute)}: {NumericText.Join("; ", parts)}.";
    }

    /// <summary>As <see cref="LeftOut(AttributeAudit, bool)"/>, for some attributes of a split; group sizes are those of every model.</summary>
    public static IEnumerable<NumericText> LeftOut(StudyResults results, Split split, IReadOnlyCollection<string> attributes)
    {
        bool classification = results.Header.Definition.Data.Target.Task == PredictionTask.Classification;
        return results.Audits.Where(a => a.Split == split && a.Seed is null).Take(1).SelectMany(a => a.Audit.Attributes)
            .Where(a => attributes.Contains(a.Attribute)).SelectMany(a => LeftOut(a, classification));
    }

    /// <summary>Whether a spread of some results counts other groups in its two versions.</summary>
    public static bool VersionsDiffer(StudyResults results)
    {
        bool classification = results.Header.Definition.Data.Target.Task == PredictionTask.Classification;
        return results.Audits.SelectMany(a => a.Audit.Attributes)
            .Any(a => a.LargeGroups is not null && !Fairness.Counts.LargeGroups.Of(a, classification).AreAll);
    }
}
