using FairMedl.Core.Interpretation;
using FairMedl.Core.Reports.Writers;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Files;

/// <summary>
/// random_slopes.csv: one row per model, seen cluster and encoded feature, on the scale of the logit (regression: of the
/// standardized target).
/// </summary>
public static class RandomSlopesCsv
{
    /// <summary>Writes the file.</summary>
    public static void Write(StudyResults results, TextWriter writer)
    {
        var csv = new CsvText(writer);
        csv.Header("model", "cluster", "feature", "slope_mean", "slope_sd");
        foreach (RandomEffectsResult model in results.RandomEffects)
        {
            foreach (ClusterEffects cluster in model.Clusters)
            {
                for (int j = 0; j < model.Features.Count; j++)
                    csv.Raw(model.Model).Text(cluster.Cluster).Text(model.Features[j]).Number(cluster.SlopeMean[j])
                        .Number(cluster.SlopeSd[j]).End();
            }
        }
    }
}
