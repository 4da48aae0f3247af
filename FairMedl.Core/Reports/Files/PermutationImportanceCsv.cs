using FairMedl.Core.Interpretation;
using FairMedl.Core.Reports.Writers;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Files;

/// <summary>
/// permutation_importance.csv: one row per model and column of the file, most important first, with the gradient importance of the column
/// beside it.
/// </summary>
public static class PermutationImportanceCsv
{
    /// <summary>Writes the file; only its header where no model has a permutation importance.</summary>
    public static void Write(StudyResults results, TextWriter writer)
    {
        var csv = new CsvText(writer);
        csv.Header("model", "column", "is_probe", "importance", "lower", "upper", "rank", "n", "gradient_importance", "gradient_rank");
        foreach (ImportanceResult model in results.Importance)
        {
            foreach (PermutationImportance column in model.Permutation ?? [])
            {
                ColumnImportance? gradient = model.Columns?.FirstOrDefault(c => c.Column == column.Column);
                csv.Raw(model.Model).Text(column.Column).Raw(column.IsProbe ? "true" : "false").Number(column.Change.Value)
                    .Number(column.Change.Lower).Number(column.Change.Upper).Count(column.Rank).Count(column.Change.N)
                    .Number(gradient?.Importance).Count(gradient?.Rank).End();
            }
        }
    }
}
