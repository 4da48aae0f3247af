using FairMedl.Core.Interpretation;
using FairMedl.Core.Reports.Writers;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Files;

/// <summary>
/// random_effects.csv: one row per model and seen cluster, on the scale of the logit (regression: of the standardized target). The
/// total effect is empty where a fit did not record it.
/// </summary>
public static class RandomEffectsCsv
{
    /// <summary>Writes the file.</summary>
    public static void Write(StudyResults results, TextWriter writer)
    {
        var csv = new CsvText(writer);
        csv.Header("model", "cluster", "n", "intercept_mean", "intercept_sd", "effect_mean", "effect_sd");
        foreach (RandomEffectsResult model in results.RandomEffects)
        {
            foreach (ClusterEffects cluster in model.Clusters)
                csv.Raw(model.Model).Text(cluster.Cluster).Count(cluster.N).Number(cluster.InterceptMean).Number(cluster.InterceptSd)
                    .Number(cluster.TotalMean).Number(cluster.TotalSd).End();
        }
    }
}
