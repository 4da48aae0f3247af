using FairMedl.Core.Experiments;
using FairMedl.Core.Interpretation;

namespace FairMedl.Core.Reports;

/// <summary>importance.csv: one row per model and encoded feature, most important first.</summary>
public static class ImportanceCsv
{
    /// <summary>Writes the file.</summary>
    public static void Write(StudyResults results, TextWriter writer)
    {
        var csv = new CsvText(writer);
        csv.Header("model", "feature", "is_probe", "importance", "rank");
        foreach (ImportanceResult model in results.Importance)
        {
            foreach (FeatureImportance feature in model.Features)
                csv.Raw(model.Model).Text(feature.Feature).Raw(feature.IsProbe ? "true" : "false").Number(feature.Importance)
                    .Count(feature.Rank).End();
        }
    }
}
