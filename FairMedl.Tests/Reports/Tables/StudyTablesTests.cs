using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fairness.Tests;
using FairMedl.Core.Fits;
using FairMedl.Core.Interpretation;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Document;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Reports.Sentences;
using FairMedl.Core.Reports.Tables;
using FairMedl.Core.Reports.Writers;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;
using Xunit;

namespace FairMedl.Tests.Reports.Tables;

public sealed class StudyTablesTests
{
    private static readonly StudyResults Study = SampleStudy.Classification();

    [Fact]
    public void Comparison_FairAgainstUnfair_ShowsBothHeadsWithChangeAndBand()
    {
        ReportTable table = ComparisonTable.Of(Study, "medl", "fair-adb-medl", Split.Seen);
        Assert.Equal(["Attribute", "Metric", "FE MEDL", "FE Fair(ADB) MEDL", "Improvement (%)", "Effect", "ME MEDL", "ME Fair(ADB) MEDL", "Improvement (%)", "Effect", "Noise floor of ME MEDL"], table.Columns.Select(c => c.Name));
        IReadOnlyList<ReportCell> row = table.Rows.Single(r => r[0].Content == "age" && r[1].Content == "TPR SD");
        Assert.Equal(["0.174", "0.087", "50.0", "moderate to large"], row.Skip(6).Take(4).Select(c => c.Content));
        Assert.Equal(EffectSize.ModerateToLarge, row[8].Effect);
        Assert.Equal(2 + 2 * 4, table.Rows.Count);
        Assert.All(table.Rows, r => Assert.Equal(table.Columns.Count, r.Count));
        Assert.Contains($"{SampleStudy.Race}, TPR SD: 3 of 4 groups.", table.Notes.Select(n => n.ToString()));
        Assert.Contains(table.Notes, n => n.StartsWith("Mean over 2 seeds (1, 2), 2 folds; out-of-fold", StringComparison.Ordinal) && n.Contains("4 of 8 fits", StringComparison.Ordinal));
    }

    [Fact]
    public void Comparison_OfAChangeWithinNoise_IsMarkedInEveryFormat()
    {
        Estimate Wide(Estimate e) => e with { Lower = e.Value - 1, Upper = e.Value + 1 };
        StudyResults wide = Study with
        {
            Audits = [.. Study.Audits.Select(a => a with { Audit = a.Audit with { Attributes = [.. a.Audit.Attributes.Select(t => t with { TprSd = Wide(t.TprSd), NoiseFloor = null })] } })],
        };
        ReportTable table = ComparisonTable.Of(wide, "medl", "fair-adb-medl", Split.Seen);

        ReportCell band = table.Rows.Single(r => r[0].Content == "age" && r[1].Content == "TPR SD")[9];
        Assert.Equal(("moderate to large (not clear: intervals overlap)", EffectSize.Undefined), (band.Content, band.Effect));
        Assert.Contains(table.Notes, n => n.Contains("'Not clear' gives the reason", StringComparison.Ordinal));
        StudyReport report = StudyReport.OfShown(wide, "Compare", "", [table]);
        foreach (string text in new[] { ReportMarkdown.Of(report), ReportHtml.Of(report), ReportCsv.Of(report), ReportLatex.Of(report) })
            Assert.Contains("moderate to large (not clear: intervals overlap)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Provenance_OfAChosenThreshold_ReplacesTheModelsOwn()
    {
        string ThresholdsOf(StudyResults study) => OriginTable.Of(study).Rows.Single(r => r[0].Content == "Thresholds")[1].Content;

        Assert.StartsWith("each model's own threshold", ThresholdsOf(Study), StringComparison.Ordinal);
        Assert.StartsWith("0.300 for all models", ThresholdsOf(Study with { Threshold = 0.3 }), StringComparison.Ordinal);
        Assert.Equal("none: the target is a number", ThresholdsOf(Study with { Fits = [.. Study.Fits.Select(f => f with { FixedThreshold = null, MixedThreshold = null })] }));
    }

    [Fact]
    public void Provenance_SaysWhatAutoStoodForAndWhatTheValidationFoldDid()
    {
        StudyDefinition recommended = Study.Header.Definition with { Preset = "recommended", Protocol = new ProtocolSpecification { Folds = 10 } };
        double[] weights = [2.12e-5, 2.31e-5, 2.2e-5, 2.2e-5];
        StudyResults auto = Study with { Header = Study.Header with { Definition = recommended }, Fits = [.. Study.Fits.Select((f, i) => f with { KlWeight = weights[i] })] };

        string Of(StudyResults study, string name) => OriginTable.Of(study).Rows.Single(r => r[0].Content == name)[1].Content;
        const string weight = "Weight of the KL divergence (lambdaK)";
        Assert.Equal("auto, 2", Of(auto, "Epochs"));
        Assert.Equal("MEDL: auto, 2.1E-5 to 2.3E-5; Fair(ADB) MEDL: auto, 2.2E-5", Of(auto, weight));
        Assert.Equal("joins training", Of(auto, "Validation fold"));

        Assert.Equal(("20", "0.001", "none, with two folds"), (Of(Study, "Epochs"), Of(Study, weight), Of(Study, "Validation fold")));
        Assert.Equal("held out", Of(auto with { Header = auto.Header with { Definition = recommended with { Preset = "paper" } } }, "Validation fold"));
        // Results of earlier versions have no record of it.
        Assert.Equal("auto", Of(auto with { Fits = [.. Study.Fits] }, weight));
    }

    [Fact]
    public void Fits_OfAChosenThreshold_HaveANoteOnTheRates()
    {
        Assert.DoesNotContain(ThresholdTable.Of(Study).Notes, n => n.Contains("for all models", StringComparison.Ordinal));
        Assert.Contains(ThresholdTable.Of(Study with { Threshold = 0.3 }).Notes, n => n.Contains("0.300 for all models", StringComparison.Ordinal));
    }

    [Fact]
    public void Comparison_BaselineWithoutRandomEffects_IsComparedWithBothHeads()
    {
        AuditResult[] audits = Study.Audits.Where(a => a.Model != "medl" || a.Head == Head.FixedEffects).Select(a => a.Model == "medl" ? a with { Model = "nnet" } : a).ToArray();
        ReportTable table = ComparisonTable.Of(Study with { Audits = audits }, "nnet", "fair-adb-medl", Split.Seen);
        Assert.Equal(["FE NNet", "FE Fair(ADB) MEDL", "FE NNet", "ME Fair(ADB) MEDL"], table.Columns.Where(c => !c.Name.StartsWith("Noise", StringComparison.Ordinal)).Where(c => c.Name.Contains("NNet", StringComparison.Ordinal) || c.Name.Contains("MEDL", StringComparison.Ordinal)).Select(c => c.Name));
    }

    [Fact]
    public void Comparison_NotYetTrained_NamesTheMissingModels()
    {
        ReportTable table = ComparisonTable.Of(Study with { Audits = [] }, "medl", "fair-adb-medl", Split.Seen);
        Assert.Empty(table.Rows);
        Assert.Equal(["MEDL has no finished fits on occupations seen in training."], table.Notes.Select(n => n.ToString()));
        Assert.Contains("has no finished fits", table.ToMarkdown() + table.ToLatex() + table.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void PairedTests_OverFiveSeedsAndMore_ArePairedAndAdjusted()
    {
        // Five seeds that differ by -.10, -.08, -.10, -.08, -.09: mean -.09, s = .01, t = -.09 / (.01 / sqrt(5)) = -20.12, d = -9.
        double[] fair = [.80, .82, .80, .82, .81];
        AuditResult[] Seeds(int count) =>
        [
            .. Study.Audits.Where(a => a.Seed is null),
            .. Study.Audits.Where(a => a.Seed == 1).SelectMany(a => Enumerable.Range(0, count).Select(s => a with
            {
                Seed = (ulong)s + 1,
                Audit = a.Audit with { BalancedAccuracy = new(a.Model == "medl" ? .9 : fair[s]) },
            })),
        ];
        ReportTable table = PairedTestTable.Of(Study with { Audits = Seeds(5) }, "medl", "fair-adb-medl", Split.Seen)!;
        IReadOnlyList<ReportCell> row = table.Rows.Single(r => r[1].Content == "Balanced accuracy");
        Assert.Equal(["5 seeds", "-0.0900", "-0.1024 to -0.0776", "-20.12", "<0.001", "<0.001", "-9.00"], row.Skip(2).Select(c => c.Content));
        // AUROC is the same for both: no difference varies.
        Assert.Equal("–", table.Rows.Single(r => r[1].Content == "AUROC")[3].Content);
        Assert.Null(PairedTestTable.Of(Study with { Audits = Seeds(4) }, "medl", "fair-adb-medl", Split.Seen));
        // A test over seeds is no evidence for other rows: the verdict does not use it.
        Assert.Equal(VerdictBasis.Intervals, RunComparison.Of(Study with { Audits = Seeds(5) }, "medl", "fair-adb-medl", Split.Seen).Judge(null, "balanced_accuracy").Basis);
    }

    [Fact]
    public void PairedTests_FoldsOfBothModels_UseTheCorrectedResampledT()
    {
        // Differences -.1, -.06, -.02, -.02, -.05: mean -.05, s = .03317; t = -.05 / (s sqrt(1/5 + 100/300)), df 4.
        double[] baseline = [.9, .86, .82, .8, .85], fair = [.8, .8, .8, .78, .8];
        FoldMetrics Fold(string model, int fold, double value, int seed = 1) => new(new FitKey(model, (ulong)seed, fold), Head.MixedEffects, 100, 300, [new(null, "balanced_accuracy", value), new("age", "tpr_sd", value), new("age", "fpr_sd", fold == 0 && model != "medl" ? null : value)]);
        StudyResults study = Study with
        {
            Folds = [.. baseline.Select((v, f) => Fold("medl", f, v)), .. fair.Select((v, f) => Fold("fair-adb-medl", f, v))],
        };
        ReportTable table = PairedTestTable.Of(study, "medl", "fair-adb-medl", Split.Seen)!;
        IReadOnlyList<ReportCell> row = table.Rows.Single(r => r[1].Content == "Balanced accuracy");
        Assert.Equal(["5 folds", "-0.0500", "-0.1172 to 0.0172", "-2.06", "0.108", "0.216"], row.Skip(2).Take(6).Select(c => c.Content));
        Assert.Contains(table.Notes, n => n.Contains("100 test rows and 300 training rows", StringComparison.Ordinal) && n.Contains("over 2 tests", StringComparison.Ordinal));
        // A fold in which one of the two is undefined is left out, which leaves too few here; what was not measured is a dash.
        Assert.NotEqual("–", table.Rows.Single(r => r[0].Content == "age" && r[1].Content == "TPR SD")[3].Content);
        Assert.Equal("–", table.Rows.Single(r => r[0].Content == "age" && r[1].Content == "FPR SD")[3].Content);
        Assert.Null(PairedTestTable.Of(study, "medl", "fair-adb-medl", Split.Unseen));
        Assert.Null(PairedTestTable.Of(study with { Folds = [.. study.Folds.Where(f => f.Key.Fold > 0)] }, "medl", "fair-adb-medl", Split.Seen));
        // The study's two seeds are too few to be shown beside the folds.
        Assert.All(table.Rows, r => Assert.Equal("5 folds", r[2].Content));
    }

    [Fact]
    public void PairedTests_OfOneMetric_HaveOneRow()
    {
        FoldMetrics Fold(string model, int fold) => new(new FitKey(model, 1, fold), Head.MixedEffects, 100, 300, [new("age", "tpr_sd", .1 + .01 * fold * (model == "medl" ? 1 : 2))]);
        StudyResults study = Study with { Folds = [.. Enumerable.Range(0, 6).SelectMany(f => new[] { Fold("medl", f), Fold("fair-adb-medl", f) })] };
        RunComparison comparison = RunComparison.Of(study, "medl", "fair-adb-medl", Split.Seen);

        Assert.Equal(["age", "TPR SD", "6 folds"], Assert.Single(PairedTestTable.Of(comparison, "age", "tpr_sd")!.Rows).Take(3).Select(c => c.Content));
        Assert.Null(PairedTestTable.Of(comparison, "age", "fpr_sd"));
    }

    [Fact]
    public void Spreads_WithFewClusters_NoteThatIntervalsAreRough()
    {
        AuditResult[] audits = [.. Study.Audits.Select(a => a with { Audit = a.Audit with { Attributes = [.. a.Audit.Attributes.Select(x => x with { TprSd = x.TprSd with { ByClusters = new ClusterInterval(.05, .25, 6) } })] } })];
        ReportTable table = SpreadTable.Of(Study with { Audits = audits }, "age", Split.Seen);
        int column = table.Columns.ToList().FindIndex(c => c.Name == "95% CI by occupation");
        Assert.Equal("0.050 to 0.250", table.Rows.First(r => r[0].Content == "TPR SD")[column].Content);
        Assert.Contains("by clusters 0.050 to 0.250 (6 clusters, rough)", table.Rows.First(r => r[0].Content == "TPR SD")[2].Detail, StringComparison.Ordinal);
        Assert.Contains("The intervals by occupation are rough: they are based on 6 occupations seen in training.", table.Notes.Select(n => n.ToString()));
        Assert.DoesNotContain(SpreadTable.Of(Study, "age", Split.Seen).Notes, n => n.Contains("are rough", StringComparison.Ordinal));
    }

    [Fact]
    public void Probes_InEachModel_AreReportedWithTheirRanks()
    {
        ImportanceResult Ranked(string model, params int[] probes) => new(model, [.. Enumerable.Range(1, 45).Select(rank => new FeatureImportance(
            probes.Contains(rank) ? $"probe {rank}" : $"x{rank}", "x", probes.Contains(rank), 1.0 / rank, rank, rank, Math.Max(1, rank - 2), rank + 3))]);
        StudyResults study = Study with { Importance = [Ranked("nnet", 3, 42), Ranked("medl", 11, 21), Ranked("fair-adb-medl", 1, 2)] };
        Assert.Equal(
            [
                "NNet ranks its first probe 3rd of 45 encoded features by gradient (probe 3).",
                "MEDL ranks its first probe 11th of 45 encoded features by gradient (probe 11).",
                "Fair(ADB) MEDL ranks its first probe 1st of 45 encoded features by gradient (probe 1).",
            ],
            ProbeSentence.Of(study));
        Assert.Empty(ProbeSentence.Of(study with { Importance = [Ranked("nnet")] }));
        Assert.Equal("MEDL ranks +probe 1st of 2 columns by permutation importance and 2nd of 2 encoded features by gradient. The probe has 33.3% of the total gradient importance.", Assert.Single(ProbeSentence.Of(Study)));
        IReadOnlyList<ReportCell> row = ImportanceTable.Of(study).Rows.Single(r => r[0].Content == "probe 3");
        Assert.Equal(["probe 3", "probe", "3", "1 to 6", "0.333"], row.Take(5).Select(c => c.Content));
        IReadOnlyList<string> paragraphs = StudyReport.Of(study).Sections.Single(s => s.Heading == "Feature importance").Paragraphs;
        Assert.Contains(paragraphs, p => p.StartsWith("MEDL ranks its first probe 11th", StringComparison.Ordinal));
        Assert.Contains(ImportanceNotes.NoPermutation, paragraphs);
    }

    [Fact]
    public void Importance_OfModels_IsInTheirSharedOrder()
    {
        ImportanceResult Ranked(string model, params string[] features) => new(model, [.. features.Select((f, i) => new FeatureImportance(f, f, f == "probe", 1.0 / (i + 1), i + 1))]);
        StudyResults study = Study with { Importance = [Ranked("nnet", "x", "y", "z", "probe"), Ranked("medl", "z", "x", "probe", "y")] };

        ReportTable table = ImportanceTable.Of(study, top: 1);

        Assert.Equal(["x", "z", "probe"], table.Rows.Select(r => r[0].Content));
        Assert.Contains(ImportanceNotes.Order, table.Notes[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ImportanceByColumn_OfModels_IsSideBySide()
    {
        ReportTable table = ImportanceTable.Columns(Study);
        Assert.Equal(["Column", "Probe", "Permutation importance, MEDL", "Rank, MEDL", "Gradient importance, MEDL", "Gradient rank, MEDL"], table.Columns.Select(c => c.Name));
        Assert.Equal([["+probe", "probe", "0.1250 [0.0625 to 0.1875]", "1", "0.125", "2"], ["hours", "", "0.0000 [-0.0312 to 0.0312]", "2", "0.250", "1"]], table.Rows.Select(r => r.Select(c => c.Content).ToArray()));
    }


    [Fact]
    public void Groups_UndefinedRate_IsADashWithItsReason()
    {
        ReportTable table = GroupRatesTable.Of(Study, SampleStudy.Race, Split.Seen);
        IReadOnlyList<ReportCell> row = table.Rows.First(r => r[0].Content == "-1");
        Assert.Equal("– (0 positives)", row[5].Content);
        Assert.Equal(4 * 2, table.Rows.Count);
        Assert.All(table.Rows, r => Assert.Equal(table.Columns.Count, r.Count));
    }

    [Fact]
    public void PerformanceAndSpreads_EveryModelAndHead_HasARow()
    {
        ReportTable performance = PerformanceTable.Of(Study, Split.Seen, "medl"), spreads = SpreadTable.Of(Study, "age", Split.Unseen);
        Assert.Equal(["MEDL (FE)", "MEDL (ME)", "Fair(ADB) MEDL (FE)", "Fair(ADB) MEDL (ME)"], performance.Rows.Select(r => r[0].Content));
        Assert.Equal("baseline", performance.Rows[1][^1].Content);
        Assert.Equal("-0.2", performance.Rows[3][^1].Content);
        Assert.All(performance.Rows.Concat(spreads.Rows), r => Assert.Contains(r.Count, new[] { performance.Columns.Count, spreads.Columns.Count }));
        Assert.Equal(4 * MetricDescriptions.Of(MetricScope.Attribute, true).Count(), spreads.Rows.Count);
    }




    [Fact]
    public void Improvement_OverAnotherDataSet_IsNeitherBetterNorWorse()
    {
        StudyResults study = SampleStudy.Classification();
        StudyResults other = study with { Header = study.Header with { DataHash = "another" } };
        ReportTable table = RunTables.Improvement(new Run("here", study, "medl", Head.MixedEffects), [new Run("there", other, "fair-adb-medl", Head.MixedEffects)], Split.Seen);

        Assert.All(table.Rows, r => Assert.Equal("–", r[4].Content));
        Assert.All(table.Rows, r => Assert.Equal("– (other data)", r[5].Content));
        Assert.Contains(table.Notes, n => n.Contains("another data set", StringComparison.Ordinal));
    }






    [Fact]
    public void ComparisonsOf_FairModel_FindsTheSameNetworkWithoutDebiasing()
    {
        StudyDefinition definition = Study.Header.Definition with { Models = [new("nnet"), new("medl"), new("fair-adb-medl")] };
        Assert.Equal("medl", StudyComparison.BaselineOf(definition));
        Assert.Equal("nnet", StudyComparison.BaselineOf(definition with { Models = [new("nnet"), new("medl")] }));
        Assert.Equal([new StudyComparison("medl", "fair-adb-medl")], StudyComparison.Of(definition));
        Assert.Equal([new StudyComparison("nnet", "fair-adb-medl")], StudyComparison.Of(definition with { Models = [new("nnet"), new("fair-adb-medl")] }));
        Assert.Empty(StudyComparison.Of(definition with { Models = [new("fair-adb-medl")] }));
    }
}
