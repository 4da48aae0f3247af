using System.Globalization;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fits;
using FairMedl.Core.Reports.Files;
using FairMedl.Core.Studies.Gathering;
using Xunit;

namespace FairMedl.Tests.Reports.Files;

public sealed class StudyFilesTests
{
    private static readonly StudyResults Study = SampleStudy.Classification();

    [Fact]
    public void MetricsCsv_EveryAudit_HasEveryNumberExactly()
    {
        List<string[]> rows = Csv.Read(Text(w => MetricsCsv.Write(Study, w)));
        Assert.Equal(["model", "head", "split", "attribute", "group", "metric", "seed", "value", "lower", "upper", "n"], rows[0]);
        // 2 models x 2 heads x 2 splits x (2 seeds + all); 3 overall; 9 metrics of an attribute, 8 of them also over large groups, 2 x 2 corrected SDs; 3 rates a group (3 and 4 groups).
        Assert.Equal(1 + 24 * (3 + 2 * (9 + 8 + 4) + 7 * 3), rows.Count);
        AuditResult audit = Study.Find("fair-adb-medl", Head.MixedEffects, Split.Unseen)!;
        string[] row = rows.Single(r => r.Take(7).SequenceEqual(["fair-adb-medl", "me", "unseen", "age", "31-45", "fpr", "all"]));
        Estimate expected = audit.Audit.Attributes[0].Groups[1].FalsePositiveRate;
        Assert.Equal(expected.Value, double.Parse(row[7], CultureInfo.InvariantCulture));
        Assert.Equal(expected.Lower, double.Parse(row[8], CultureInfo.InvariantCulture));
        Assert.Equal(expected.N, int.Parse(row[10], CultureInfo.InvariantCulture));
    }

    [Fact]
    public void MetricsCsv_EveryDocumentedMetricOfAnAttribute_IsWritten()
    {
        string[] metrics = [.. Csv.Read(Text(w => MetricsCsv.Write(Study, w))).Skip(1).Where(r => r[3].Length > 0 && r[4].Length == 0).Select(r => r[5]).Distinct()];
        string[] differences = ["equal_opportunity_difference", "fpr_difference", "equalized_odds_difference", "demographic_parity_difference", "demographic_parity_ratio"];
        string[] spreads = ["tpr_sd", "fpr_sd", "demographic_parity", .. differences];
        Assert.Equal([.. spreads, "counterfactual_fairness", .. spreads.Select(m => m + "_large_groups"), "tpr_sd_corrected", "fpr_sd_corrected",
            "tpr_sd_large_groups_corrected", "fpr_sd_large_groups_corrected"], metrics.ToHashSet());
    }

    [Fact]
    public void MetricsCsv_AStudyThatLeavesSmallGroupsOut_KeepsTheMeaningOfItsIds()
    {
        StudyResults large = Study with { Audits = [.. Study.Audits.Select(a => a with { Audit = a.Audit with { Attributes = [.. a.Audit.Attributes.Select(t => t with { Leading = CountedGroups.Large })] } })] };
        Assert.Equal(Text(w => MetricsCsv.Write(Study, w)), Text(w => MetricsCsv.Write(large, w)));
    }

    [Fact]
    public void MetricsCsv_UndefinedValue_IsEmptyAndNeverZero()
    {
        // The fourth group has no rows.
        string[] row = Csv.Read(Text(w => MetricsCsv.Write(Study, w))).First(r => r[4] == "-1" && r[5] == "tpr");
        Assert.Equal(["", "", "", "0"], row.Skip(7));
    }

    [Fact]
    public void MetricsCsv_NamesThatAreFormulas_AreText()
    {
        string[] groups = Csv.Read(Text(w => MetricsCsv.Write(Study, w))).Select(r => r[4]).Distinct().ToArray();
        Assert.Contains("'" + SampleStudy.Groups[0], groups);
        Assert.Contains(SampleStudy.Groups[2], groups);
        Assert.DoesNotContain(groups, g => g.StartsWith('='));
    }

    [Fact]
    public void MetricsCsv_OtherTimesAndCulture_ChangeNoByte()
    {
        string text = Text(w => MetricsCsv.Write(Study, w));
        StudyResults slower = Study with { Fits = Study.Fits.Select(f => f with { TrainSeconds = 99 }).ToArray() };
        CultureInfo culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal(text, Text(w => MetricsCsv.Write(slower, w)));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }

        Assert.DoesNotContain('\r', text);
    }

    [Fact]
    public void MetricsCsv_Regression_HasItsOwnMetrics()
    {
        string[] metrics = Csv.Read(Text(w => MetricsCsv.Write(SampleStudy.Regression(), w))).Skip(1).Select(r => r[5]).Distinct().ToArray();
        Assert.Equal(
            [
                "mse", "mse_sd", "demographic_parity", "counterfactual_fairness", "demographic_parity_difference", "mse_sd_large_groups",
                "demographic_parity_large_groups", "demographic_parity_difference_large_groups", "mse_sd_corrected",
                "mse_sd_large_groups_corrected", "group_mse", "mean_prediction",
            ], metrics);
    }

    [Fact]
    public void IntervalsCsv_EachIntervalByClusters_IsARow()
    {
        AuditResult[] audits = [.. Study.Audits.Select(a => a with { Audit = a.Audit with { BalancedAccuracy = new(.8, Lower: .75, Upper: .85, N: 120, ByClusters: new ClusterInterval(.7, .9, 6)) } })];
        List<string[]> rows = Csv.Read(Text(w => IntervalsCsv.Write(Study with { Audits = audits }, w)));
        Assert.Equal(["model", "head", "split", "attribute", "metric", "seed", "value", "lower", "upper", "cluster_lower", "cluster_upper", "clusters"], rows[0]);
        Assert.Equal(["medl", "fe", "seen", "", "balanced_accuracy", "1", "0.8", "0.75", "0.85", "0.7", "0.9", "6"], rows[1]);
        Assert.Equal(1 + audits.Length, rows.Count);
    }

    [Fact]
    public void FitsCsv_EachFit_IsARow()
    {
        StudyResults study = Study with { Fits = [.. Study.Fits.Select((f, i) => f with { KlWeight = i == 1 ? 2.5e-5 : null })] };
        List<string[]> rows = Csv.Read(Text(w => FitsCsv.Write(study, w)));
        Assert.Equal(["model", "seed", "fold", "epochs", "steps", "train_rows", "train_seconds", "evaluate_seconds", "threshold", "selected_epoch", "lambda_k"], rows[0]);
        Assert.Equal(["medl", "1", "1", "2", "120", "80", "1.5", "0.25", "0.45", "2", "2.5E-05"], rows[2]);
        Assert.Equal("", rows[1][^1]);
    }

    [Fact]
    public void ImportanceAndRandomEffects_EachValue_IsARow()
    {
        Assert.Equal([["model", "feature", "is_probe", "importance", "rank"], ["medl", "hours", "false", "0.25", "1"], ["medl", "'+probe", "true", "0.125", "2"]],
            Csv.Read(Text(w => ImportanceCsv.Write(Study, w))));
        Assert.Equal(
            [
                ["model", "column", "is_probe", "importance", "lower", "upper", "rank", "n", "gradient_importance", "gradient_rank"],
                ["medl", "'+probe", "true", "0.125", "0.0625", "0.1875", "1", "80", "0.125", "2"],
                ["medl", "hours", "false", "0", "-0.03125", "0.03125", "2", "80", "0.25", "1"],
            ],
            Csv.Read(Text(w => PermutationImportanceCsv.Write(Study, w))));
        Assert.Equal([["model", "cluster", "n", "intercept_mean", "intercept_sd", "effect_mean", "effect_sd"], ["medl", "'=sales", "50", "0.5", "0.25", "-0.75", "0.5"], ["medl", "office", "30", "-0.5", "0.25", "1.25", "0.375"]],
            Csv.Read(Text(w => RandomEffectsCsv.Write(Study, w))));
        StudyResults older = Study with { RandomEffects = [Study.RandomEffects[0] with { Clusters = [new("office", 30, -.5, .25, [-.1, .4], [.01, .02])] }] };
        Assert.Equal(["medl", "office", "30", "-0.5", "0.25", "", ""], Csv.Read(Text(w => RandomEffectsCsv.Write(older, w)))[1]);
        List<string[]> slopes = Csv.Read(Text(w => RandomSlopesCsv.Write(Study, w)));
        Assert.Equal(["medl", "office", "'@x", "0.4", "0.02"], slopes[^1]);
        Assert.Equal(5, slopes.Count);
    }

    [Fact]
    public void PredictionsCsv_EachPrediction_IsARowWithItsLineInTheFile()
    {
        string text = Text(w =>
        {
            PredictionsCsv.WriteHeader(w);
            PredictionsCsv.Write(SampleStudy.Data(), SampleStudy.Fit("medl", 3, mixed: true), w);
        });
        Assert.Equal(
            [
                ["row", "split", "fold", "model", "head", "seed", "probability_or_value", "predicted"],
                ["11", "seen", "3", "medl", "fe", "1", "0.5", "1"],
                ["13", "seen", "3", "medl", "fe", "1", "0.25", "0"],
                ["12", "unseen", "3", "medl", "fe", "1", "0.1", "0"],
                ["11", "seen", "3", "medl", "me", "1", "0.75", "1"],
                ["13", "seen", "3", "medl", "me", "1", "0.1", "0"],
            ],
            Csv.Read(text));
    }

    [Fact]
    public void PredictionsCsv_Regression_RepeatsTheValue()
    {
        FitResult fit = SampleStudy.Fit("nnet", 0, mixed: false, threshold: null);
        Assert.Equal(["13", "seen", "0", "nnet", "fe", "1", "0.25", "0.25"], Csv.Read(Text(w => PredictionsCsv.Write(SampleStudy.Data(), fit, w)))[1]);
    }

    private static string Text(Action<TextWriter> write)
    {
        using var writer = new StringWriter();
        write(writer);
        return writer.ToString();
    }
}
