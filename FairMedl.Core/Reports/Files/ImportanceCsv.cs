using FairMedl.Core.Interpretation;
using FairMedl.Core.Reports.Writers;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Files;

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
