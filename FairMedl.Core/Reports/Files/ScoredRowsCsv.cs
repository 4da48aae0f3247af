using FairMedl.Core.Reports.Writers;
using FairMedl.Core.Studies.Scoring;

namespace FairMedl.Core.Reports.Files;

/// <summary>
/// CSV file of the predictions for a new file, one record per row, written in batches. <c>row</c> is the data row in the file
/// (1 is the first record after the header), <c>cluster_known</c> 1 where the cluster was in the training data, <c>fe</c> and
/// <c>me</c> the probability or value by head, <c>fe_predicted</c> and <c>me_predicted</c> the decision (empty for
/// regression). Values that a model does not have are empty.
/// </summary>
public sealed class ScoredRowsCsv
{
    private readonly CsvText csv;

    /// <summary>Writes the header.</summary>
    public ScoredRowsCsv(TextWriter writer)
    {
        csv = new CsvText(writer);
        csv.Header("row", "cluster", "cluster_known", "fe", "fe_predicted", "me", "me_predicted");
    }

    /// <summary>Writes the rows.</summary>
    public void Write(ScoredRows scored)
    {
        for (int i = 0; i < scored.Rows.SourceRows.Length; i++)
        {
            csv.Count(scored.Rows.SourceRows[i]).Text(scored.Rows.ClusterNames[i]).Count(scored.Rows.Rows.Cluster[i] >= 0 ? 1 : 0);
            Head(scored.Predictions.Fixed[i], scored.FixedThreshold);
            Head(scored.Predictions.Mixed?[i], scored.MixedThreshold);
            csv.End();
        }
    }

    private void Head(float? value, double? threshold)
    {
        if (value is not { } v) csv.Raw("").Raw("");
        else csv.Number(v).Raw(threshold is not { } yes ? "" : MeanDecision.IsYes(v, yes) ? "1" : "0");
    }
}
