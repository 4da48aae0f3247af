using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fits;
using FairMedl.Core.Interpretation;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Tables;

/// <summary>Notes on what the two importances mean, and on what is missing.</summary>
public static class ImportanceNotes
{
    /// <summary>Shown where no permutation importance was measured.</summary>
    public const string NoPermutation =
        "Some fits of this study were computed by a version of FairMedl that did not measure permutation importance. Run the study again " +
        "to measure it.";

    /// <summary>Note on the order of features and columns.</summary>
    public const string Order = "They are ordered by their best rank in any of these models.";

    private const string Sum = "A column's gradient importance is the sum over its levels, so a column with many levels can rank higher " +
        "than by permutation.";

    /// <summary>What the permutation importance of this task is.</summary>
    public static string Permutation(PredictionTask task) =>
        $"Permutation importance is the {(task == PredictionTask.Classification ? "drop in balanced accuracy" : "rise in mean squared error")} " +
        "on held-out rows when the values of a column are shuffled among them, all its levels together. It uses the prediction without " +
        "cluster effects. An interval that contains 0 means no clear effect. Columns with the same information share their importance, " +
        "so each of them alone can look unimportant.";

    /// <summary>What the gradient importance of these models is.</summary>
    public static string Gradient(IReadOnlyList<ImportanceResult> models, PredictionTask task)
    {
        bool scaled = models.All(m => m.Scale == ImportanceScale.StandardDeviation);
        string unit = scaled ? "standard deviation (SD) of an encoded feature"
            : "unit of an encoded feature: one standard deviation (SD) of a number, or the presence of a level";
        string place = models.Any(m => m.Rule == ImportanceRule.MeanRow) ? "It is taken at the mean training row, as in ARMED's code"
            : "It is the mean over held-out rows";
        string target = task == PredictionTask.Classification ? "" : "; it is in SDs of the target";
        string old = scaled ? "" : " Rare levels can rank high, because some fits did not record the SDs. Run the study again for " +
            "importance per SD.";
        return $"Gradient importance is how much the prediction without cluster effects changes per {unit}. {place}, and the median over " +
            $"fits{target}. {Sum}{old}";
    }

    /// <summary>All notes on these results.</summary>
    public static IReadOnlyList<string> Of(StudyResults results)
    {
        PredictionTask task = results.Header.Definition.Data.Target.Task;
        return
        [
            results.Importance.Any(m => m.Permutation is not null) ? Permutation(task) : NoPermutation,
            Gradient(results.Importance, task),
        ];
    }
}
