using System.Text.Json;
using FairMedl.Core.Fairness.Intervals;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fits;
using Xunit;

namespace FairMedl.Tests.Fairness.Metrics;

/// <summary>Replays the committed reference vectors (Reference/Fairness/README.md).</summary>
public sealed class ReferenceTests
{
    private static readonly JsonElement Groups = Read("groups.json"), Scores = Read("scores.json");

    [Theory]
    [InlineData("expected", false)]
    [InlineData("expected_intersection", true)]
    public void Classification_FairlearnGuide_ReplaysEveryNumber(string expectation, bool intersect)
    {
        JsonElement guide = Groups.GetProperty("guide_18"), expected = guide.GetProperty(expectation);
        string[] names = guide.GetProperty("sf").EnumerateArray().Select(e => e.GetString()!).ToArray();
        if (intersect) names = names.Zip(Floats(guide.GetProperty("intersect_with")), (s, i) => $"{s}&{i}").ToArray();
        SplitAudit audit = Audit(Floats(guide.GetProperty("y_true")), Floats(guide.GetProperty("y_pred")).Select(p => p == 1).ToArray(), names);
        AttributeAudit attribute = audit.Attributes[0];
        foreach (JsonProperty group in expected.GetProperty("groups").EnumerateObject())
        {
            GroupAudit actual = attribute.Groups.Single(g => g.Group == group.Name);
            Assert.Equal(group.Value.GetProperty("n").GetInt32(), actual.N);
            Assert.Equal(group.Value.GetProperty("P").GetInt32(), actual.Positives);
            Assert.Equal(group.Value.GetProperty("N").GetInt32(), actual.Negatives);
            Near(group.Value.GetProperty("tpr"), actual.TruePositiveRate.Value);
            Near(group.Value.GetProperty("fpr"), actual.FalsePositiveRate.Value);
            Near(group.Value.GetProperty("sel"), actual.SelectionRate.Value);
            Near(group.Value.GetProperty("acc"), actual.Accuracy.Value);
        }

        JsonElement aggregate = expected.GetProperty("aggregate");
        Near(aggregate.GetProperty("tpr_sd0"), attribute.TprSd.Value);
        Near(aggregate.GetProperty("fpr_sd0"), attribute.FprSd.Value);
        Near(aggregate.GetProperty("dp_paper"), attribute.DemographicParity.Value);
        Near(aggregate.GetProperty("dp_diff"), attribute.DemographicParityDifference.Value);
        Near(aggregate.GetProperty("dp_ratio"), attribute.DemographicParityRatio.Value);
        Near(aggregate.GetProperty("eo_tpr_diff"), attribute.EqualOpportunityDifference.Value);
        Near(aggregate.GetProperty("fpr_diff"), attribute.FprDifference.Value);
        Near(aggregate.GetProperty("eod_worst"), attribute.EqualizedOddsDifference.Value);
    }

    [Fact]
    public void Classification_GroupWithoutPositives_IsLeftOutAndCounted()
    {
        JsonElement data = Groups.GetProperty("undefined_8");
        SplitAudit audit = Audit(
            Floats(data.GetProperty("y_true")),
            Floats(data.GetProperty("y_pred")).Select(p => p == 1).ToArray(),
            data.GetProperty("groups").EnumerateArray().Select(e => e.GetString()!).ToArray());
        AttributeAudit attribute = audit.Attributes[0];
        foreach (JsonProperty group in data.GetProperty("tpr").EnumerateObject())
            Near(group.Value, attribute.Groups.Single(g => g.Group == group.Name).TruePositiveRate.Value);
        Assert.Equal("0 positives", attribute.Groups[2].TruePositiveRate.Undefined);
        Near(data.GetProperty("tpr_sd0"), attribute.TprSd.Value);
        Assert.Equal("2 of 3 groups", attribute.TprSd.Note);
        Assert.Null(attribute.FprSd.Note);
    }

    [Fact]
    public void Rate_WilsonTable_ReplaysToFourDecimals()
    {
        foreach (JsonElement row in Groups.GetProperty("wilson95").EnumerateArray())
        {
            Estimate rate = WilsonInterval.Rate(row[0].GetInt32(), row[1].GetInt32(), "rows");
            Assert.Equal(row[2].GetDouble(), rate.Lower!.Value, 4);
            Assert.Equal(row[3].GetDouble(), rate.Upper!.Value, 4);
        }
    }

    [Fact]
    public void Classification_FlipsByHand_GiveCounterfactualFairness()
    {
        JsonElement data = Groups.GetProperty("counterfactual_by_hand");
        string[] names = data.GetProperty("groups").EnumerateArray().Select(e => e.GetString()!).ToArray();
        int[] observed = data.GetProperty("observed").EnumerateArray().Select(e => Array.IndexOf(names, e.GetString())).ToArray();
        float[][] p = data.GetProperty("p").EnumerateArray().Select(Floats).ToArray();
        float[] flips = p.Select((row, i) => row.Where((_, g) => g != observed[i]).Average(other => Math.Abs(row[observed[i]] - other))).ToArray();
        SplitAudit audit = SplitAuditor.Classification([1, 0, 1], p.Select((row, i) => row[observed[i]]).ToArray(), [true, false, true], [new AttributeRows("s", names, observed)], [flips]);
        Assert.Equal(data.GetProperty("cf").GetDouble(), audit.Attributes[0].CounterfactualFairness.Value!.Value, 7);
    }

    [Fact]
    public void Regression_TenRows_ReplaysEveryNumber()
    {
        JsonElement data = Groups.GetProperty("regression_10");
        string[] names = data.GetProperty("groups").EnumerateArray().Select(e => e.GetString()!).ToArray();
        AttributeAudit attribute = SplitAuditor.Regression(Floats(data.GetProperty("y")), Floats(data.GetProperty("p")), [Rows(names)]).Attributes[0];
        foreach (JsonProperty group in data.GetProperty("group_mse").EnumerateObject())
            Near(group.Value, attribute.Groups.Single(g => g.Group == group.Name).MeanSquaredError.Value);
        Near(data.GetProperty("mse_sd0"), attribute.MseSd.Value);
        Near(data.GetProperty("dp_reg"), attribute.DemographicParity.Value);
        Assert.Equal("classification only", attribute.TprSd.Undefined);
    }

    [Fact]
    public void Classification_PyTorchScores_ReplayEveryPrintedDigit()
    {
        float[] y = Floats(Scores.GetProperty("y")), p = Floats(Scores.GetProperty("p"));
        AttributeRows rows = ScoreRows();
        double youden = YoudenThreshold.Find(p, y);
        Assert.Equal((float)Scores.GetProperty("youden").GetDouble(), (float)youden);
        foreach ((double threshold, string accuracy, string fairness) in new[] { (.5, "ba_half", "fairness_half"), (youden, "ba_youden", "fairness_youden") })
        {
            SplitAudit audit = SplitAuditor.Classification(y, p, p.Select(v => v >= threshold).ToArray(), [rows]);
            Assert.Equal(Scores.GetProperty("auroc").GetDouble(), audit.Auroc.Value!.Value, 9);
            Assert.Equal(Scores.GetProperty(accuracy).GetDouble(), audit.BalancedAccuracy.Value!.Value, 9);
            JsonElement expected = Scores.GetProperty(fairness);
            Assert.Equal(expected.GetProperty("TPR").GetDouble(), audit.Attributes[0].TprSd.Value!.Value, 9);
            Assert.Equal(expected.GetProperty("FPR").GetDouble(), audit.Attributes[0].FprSd.Value!.Value, 9);
            Assert.Equal(expected.GetProperty("DP").GetDouble(), audit.Attributes[0].DemographicParity.Value!.Value, 9);
            if (threshold != .5) continue;
            for (int g = 0; g < rows.GroupNames.Count; g++)
            {
                Near(Scores.GetProperty("tpr")[g], audit.Attributes[0].Groups[g].TruePositiveRate.Value);
                Near(Scores.GetProperty("fpr")[g], audit.Attributes[0].Groups[g].FalsePositiveRate.Value);
                Near(Scores.GetProperty("rate")[g], audit.Attributes[0].Groups[g].SelectionRate.Value);
            }
        }
    }

    [Fact]
    public void Regression_PyTorchPredictions_ReplayToFloatPrecision()
    {
        JsonElement data = Scores.GetProperty("regression");
        SplitAudit audit = SplitAuditor.Regression(Floats(data.GetProperty("y")), Floats(data.GetProperty("p")), [ScoreRows()]);
        Assert.Equal(data.GetProperty("mse").GetDouble(), audit.MeanSquaredError.Value!.Value, 1e-7);
        Assert.Equal(data.GetProperty("fair_MSE").GetDouble(), audit.Attributes[0].MseSd.Value!.Value, 1e-7);
        Assert.Equal(data.GetProperty("fair_DP").GetDouble(), audit.Attributes[0].DemographicParity.Value!.Value, 1e-7);
    }

    private static AttributeRows ScoreRows() =>
        new("s", ["0", "1", "2", "3"], Scores.GetProperty("s").EnumerateArray().Select(e => e.GetInt32()).ToArray());

    private static SplitAudit Audit(float[] labels, bool[] decisions, string[] groups) =>
        SplitAuditor.Classification(labels, decisions.Select(d => d ? 1f : 0f).ToArray(), decisions, [Rows(groups)]);

    private static AttributeRows Rows(string[] groups)
    {
        string[] names = groups.Distinct().Order(StringComparer.Ordinal).ToArray();
        return new AttributeRows("s", names, groups.Select(g => Array.IndexOf(names, g)).ToArray());
    }

    private static void Near(JsonElement expected, double? actual)
    {
        if (expected.ValueKind == JsonValueKind.Null) Assert.Null(actual);
        else Assert.Equal(expected.GetDouble(), actual!.Value, 9);
    }

    private static float[] Floats(JsonElement array) => array.EnumerateArray().Select(e => e.GetSingle()).ToArray();

    private static JsonElement Read(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Reference", "Fairness", file)));
        return document.RootElement.Clone();
    }
}
