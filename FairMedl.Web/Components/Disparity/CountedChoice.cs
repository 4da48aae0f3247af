using FairMedl.Core.Fairness.Metrics;

namespace FairMedl.Web.Components.Disparity;

/// <summary>The two versions of the spreads as options of a control.</summary>
public static class CountedChoice
{
    /// <summary>"at least 30" or "all".</summary>
    public static string Text(CountedGroups counted, int minimum) =>
        counted == CountedGroups.All ? "all" : $"at least {Display.Count(minimum)}";

    /// <summary>What the version counts, and whether it is the study's own.</summary>
    public static string Hint(CountedGroups counted, int minimum, bool isClassification, CountedGroups own)
    {
        string what = counted == CountedGroups.All ? "The spreads count every group, of any size"
            : $"The spreads leave out groups with fewer than {Display.Count(minimum)} {(isClassification ? "positives (TPR), negatives (FPR) or rows (other metrics)" : "rows")}";
        return counted == own ? $"{what}. This is the study's choice." : $"{what}.";
    }
}
