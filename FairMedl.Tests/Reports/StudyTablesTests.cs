using FairMedl.Core.Data;
using FairMedl.Core.Experiments;
using FairMedl.Core.Fairness;
using FairMedl.Core.Interpretation;
using FairMedl.Core.Reports;
using FairMedl.Core.Training;
using Xunit;

namespace FairMedl.Tests.Reports;

public sealed class StudyTablesTests
{
    private static readonly StudyResults Study = SampleStudy.Classification();

    [Fact]
    public void Comparison_FairAgainstUnfair_ShowsBothHeadsWithChangeAndBand()
    {
        ReportTable table = ComparisonTable.Of(Study, "medl", "fair-adb-medl", Split.Seen);
        Assert.Equal(["Attribute", "Metric", "FE MEDL", "FE Fair(ADB) MEDL", "Improvement (%)", "Effect", "ME MEDL", "ME Fair(ADB) MEDL", "Improvement (%)", "Effect", "Noise floor of ME Fair(ADB) MEDL"], table.Columns.Select(c => c.Name));
        IReadOnlyList<ReportCell> row = table.Rows.Single(r => r[0].Content == "age" && r[1].Content == "TPR SD");
        Assert.Equal(["0.174", "0.087", "50.0", "moderate to large"], row.Skip(6).Take(4).Select(c => c.Content));
        Assert.Equal(EffectSize.ModerateToLarge, row[8].Effect);
        Assert.Equal(2 + 2 * 4, table.Rows.Count);
        Assert.All(table.Rows, r => Assert.Equal(table.Columns.Count, r.Count));
        Assert.Contains($"{SampleStudy.Race}, TPR SD: 3 of 4 groups.", table.Notes);
        Assert.Contains(table.Notes, n => n.StartsWith("Mean over 2 seeds (1, 2), 2 folds; pooled", StringComparison.Ordinal) && n.Contains("4 of 8 fits", StringComparison.Ordinal));
    }

    [Fact]
    public void Comparison_OfAChangeWithinNoise_SaysSoInEveryForm()
    {
        Estimate Wide(Estimate e) => e with { Lower = e.Value - 1, Upper = e.Value + 1 };
        StudyResults wide = Study with
        {
            Audits = [.. Study.Audits.Select(a => a with { Audit = a.Audit with { Attributes = [.. a.Audit.Attributes.Select(t => t with { TprSd = Wide(t.TprSd), NoiseFloor = null })] } })],
        };
        ReportTable table = ComparisonTable.Of(wide, "medl", "fair-adb-medl", Split.Seen);

        ReportCell band = table.Rows.Single(r => r[0].Content == "age" && r[1].Content == "TPR SD")[9];
        Assert.Equal(("moderate to large (intervals overlap)", EffectSize.ModerateToLarge), (band.Content, band.Effect));
        Assert.Contains(table.Notes, n => n.Contains("'intervals overlap'", StringComparison.Ordinal));
        StudyReport report = StudyReport.OfShown(wide, "Compare", "", [table]);
        foreach (string text in new[] { ReportMarkdown.Of(report), ReportHtml.Of(report), ReportCsv.Of(report), ReportLatex.Of(report) })
            Assert.Contains("moderate to large (intervals overlap)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Origin_OfAChosenThreshold_IsThatOneAndNotTheFitsOwn()
    {
        string Told(StudyResults study) => OriginTable.Of(study).Rows.Single(r => r[0].Content == "Thresholds")[1].Content;

        Assert.StartsWith("each fit's own", Told(Study), StringComparison.Ordinal);
        Assert.StartsWith("0.300 for all fits", Told(Study with { Threshold = 0.3 }), StringComparison.Ordinal);
        Assert.Equal("none: the target is a number", Told(Study with { Fits = [.. Study.Fits.Select(f => f with { FixedThreshold = null, MixedThreshold = null })] }));
    }

    [Fact]
    public void Fits_OfAChosenThreshold_SayThatTheRatesAreNotAtTheirs()
    {
        Assert.DoesNotContain(ThresholdTable.Of(Study).Notes, n => n.Contains("for all fits", StringComparison.Ordinal));
        Assert.Contains(ThresholdTable.Of(Study with { Threshold = 0.3 }).Notes, n => n.Contains("0.300 for all fits", StringComparison.Ordinal));
    }

    [Fact]
    public void Comparison_BaselineWithoutRandomEffects_StandsAgainstBothHeads()
    {
        AuditResult[] audits = Study.Audits.Where(a => a.Model != "medl" || a.Head == Head.FixedEffects).Select(a => a.Model == "medl" ? a with { Model = "nnet" } : a).ToArray();
        ReportTable table = ComparisonTable.Of(Study with { Audits = audits }, "nnet", "fair-adb-medl", Split.Seen);
        Assert.Equal(["FE NNet", "FE Fair(ADB) MEDL", "FE NNet", "ME Fair(ADB) MEDL"], table.Columns.Where(c => !c.Name.StartsWith("Noise", StringComparison.Ordinal)).Where(c => c.Name.Contains("NNet", StringComparison.Ordinal) || c.Name.Contains("MEDL", StringComparison.Ordinal)).Select(c => c.Name));
    }

    [Fact]
    public void Comparison_NotYetTrained_SaysWhatIsMissing()
    {
        ReportTable table = ComparisonTable.Of(Study with { Audits = [] }, "medl", "fair-adb-medl", Split.Seen);
        Assert.Empty(table.Rows);
        Assert.Equal(["MEDL has no finished fits on seen clusters."], table.Notes);
        Assert.Contains("has no finished fits", table.ToMarkdown() + table.ToLatex() + table.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void PairedTests_SeedsOfBothModels_ArePairedAndAdjusted()
    {
        // Seeds 1 and 2 differ by -.1 and -.08: mean -.09, s = .01414, t = -9, d_z = -6.36.
        AuditResult[] audits = Study.Audits.Select(a => a.Seed is null ? a : a with
        {
            Audit = a.Audit with { BalancedAccuracy = new(a.Model == "medl" ? .9 : a.Seed == 1 ? .8 : .82) },
        }).ToArray();
        ReportTable table = PairedTestTable.Of(Study with { Audits = audits }, "medl", "fair-adb-medl", Split.Seen)!;
        IReadOnlyList<ReportCell> row = table.Rows.Single(r => r[1].Content == "Balanced accuracy");
        Assert.Equal(["2 seeds", "-0.0900", "-0.2171 to 0.0371", "-9.00", "0.070", "0.070", "-6.36"], row.Skip(2).Select(c => c.Content));
        // AUROC is the same for both: no difference varies.
        Assert.Equal("–", table.Rows.Single(r => r[1].Content == "AUROC")[3].Content);
        Assert.Null(PairedTestTable.Of(Study with { Audits = audits.Where(a => a.Seed != 2).ToArray() }, "medl", "fair-adb-medl", Split.Seen));
    }

    [Fact]
    public void PairedTests_FoldsOfBothModels_UseTheCorrectedResampledT()
    {
        // Differences -.1, -.06, -.02, -.02: mean -.05, s = .0383; t = -.05 / (s sqrt(1/4 + 100/300)), df 3.
        double[] baseline = [.9, .86, .82, .8], fair = [.8, .8, .8, .78];
        FoldMetrics Fold(string model, int fold, double value) => new(new FitKey(model, 1, fold), Head.MixedEffects, 100, 300, [new(null, "balanced_accuracy", value), new("age", "tpr_sd", fold == 0 && model != "medl" ? null : value)]);
        StudyResults study = Study with
        {
            Audits = [.. Study.Audits.Where(a => a.Seed != 2)],
            Folds = [.. baseline.Select((v, f) => Fold("medl", f, v)), .. fair.Select((v, f) => Fold("fair-adb-medl", f, v))],
        };
        ReportTable table = PairedTestTable.Of(study, "medl", "fair-adb-medl", Split.Seen)!;
        IReadOnlyList<ReportCell> row = table.Rows.Single(r => r[1].Content == "Balanced accuracy");
        Assert.Equal(["4 folds", "-0.0500", "-0.1431 to 0.0431", "-1.71", "0.186"], row.Skip(2).Take(5).Select(c => c.Content));
        Assert.Contains(table.Notes, n => n.Contains("100 test rows to 300 training rows", StringComparison.Ordinal) && n.Contains("over the 2 tests", StringComparison.Ordinal));
        // A fold in which one of the two is undefined is left out; what was not measured is a dash.
        Assert.NotEqual("–", table.Rows.Single(r => r[0].Content == "age" && r[1].Content == "TPR SD")[3].Content);
        Assert.Equal("–", table.Rows.Single(r => r[0].Content == "age" && r[1].Content == "FPR SD")[3].Content);
        Assert.Null(PairedTestTable.Of(study, "medl", "fair-adb-medl", Split.Unseen));
    }

    [Fact]
    public void Spreads_WithFewClusters_SayThatTheirIntervalsAreRough()
    {
        AuditResult[] audits = [.. Study.Audits.Select(a => a with { Audit = a.Audit with { Attributes = [.. a.Audit.Attributes.Select(x => x with { TprSd = x.TprSd with { ByClusters = new ClusterInterval(.05, .25, 6) } })] } })];
        ReportTable table = SpreadTable.Of(Study with { Audits = audits }, "age", Split.Seen);
        int column = table.Columns.ToList().FindIndex(c => c.Name == "95 % CI by clusters");
        Assert.Equal("0.050 to 0.250", table.Rows.First(r => r[0].Content == "TPR SD")[column].Content);
        Assert.Contains("by clusters 0.050 to 0.250 (6 clusters, rough)", table.Rows.First(r => r[0].Content == "TPR SD")[2].Detail, StringComparison.Ordinal);
        Assert.Contains("The intervals by clusters rest on 6 seen clusters and are rough.", table.Notes);
        Assert.DoesNotContain(SpreadTable.Of(Study, "age", Split.Seen).Notes, n => n.Contains("rough.", StringComparison.Ordinal) && n.StartsWith("The intervals", StringComparison.Ordinal));
    }

    [Fact]
    public void Probes_InEachModel_AreToldWithTheirRanks()
    {
        ImportanceResult Ranked(string model, params int[] probes) => new(model, [.. Enumerable.Range(1, 45).Select(rank => new FeatureImportance(
            probes.Contains(rank) ? $"probe {rank}" : $"x{rank}", "x", probes.Contains(rank), 1.0 / rank, rank, rank, Math.Max(1, rank - 2), rank + 3))]);
        StudyResults study = Study with { Importance = [Ranked("nnet", 3, 42), Ranked("medl", 11, 21), Ranked("fair-adb-medl", 1, 2)] };
        Assert.Equal(
            [
                "NNet ranks probe 3 3rd, probe 42 42nd of 45 features; one is in its top ten.",
                "MEDL ranks probe 11 11th, probe 21 21st of 45 features; none is in its top ten.",
                "Fair(ADB) MEDL ranks probe 1 1st, probe 2 2nd of 45 features; 2 are in its top ten.",
            ],
            ProbeSentence.Of(study));
        Assert.Empty(ProbeSentence.Of(study with { Importance = [Ranked("nnet")] }));
        IReadOnlyList<ReportCell> row = ImportanceTable.Of(study).Rows.Single(r => r[0].Content == "probe 3");
        Assert.Equal(["probe 3", "probe", "3", "1 to 6", "0.333"], row.Take(5).Select(c => c.Content));
        Assert.Contains(StudyReport.Of(study).Sections.Single(s => s.Heading == "Feature importance").Paragraphs, p => p.StartsWith("MEDL ranks probe 11", StringComparison.Ordinal));
    }

    [Fact]
    public void Importance_StandsInTheModelsSharedOrder()
    {
        ImportanceResult Ranked(string model, params string[] features) => new(model, [.. features.Select((f, i) => new FeatureImportance(f, f, f == "probe", 1.0 / (i + 1), i + 1))]);
        StudyResults study = Study with { Importance = [Ranked("nnet", "x", "y", "z", "probe"), Ranked("medl", "z", "x", "probe", "y")] };

        ReportTable table = ImportanceTable.Of(study, top: 1);

        Assert.Equal(["x", "z", "probe"], table.Rows.Select(r => r[0].Content));
        Assert.Contains(ImportanceTable.Order, table.Notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public void ImportanceByColumn_StandsSideBySide()
    {
        ReportTable table = ImportanceTable.Columns(Study);
        Assert.Equal(["Column", "Probe", "Rank, MEDL", "Importance, MEDL"], table.Columns.Select(c => c.Name));
        Assert.Equal([["hours", "", "1", "0.250"], ["+probe", "probe", "2", "0.125"]], table.Rows.Select(r => r.Select(c => c.Content).ToArray()));
    }

    [Fact]
    public void Sentence_RegressionThatIsWorseThanTheMean_SaysSo()
    {
        StudyResults good = SampleStudy.Regression();
        Assert.DoesNotContain("no better than", StudySentence.Of(good), StringComparison.Ordinal);
        AuditResult[] audits = [.. good.Audits.Select(a => a.Model == "medl" ? a with { Audit = a.Audit with { RSquared = new Estimate(-.2) } } : a)];
        Assert.EndsWith("MEDL predicts no better than the mean of the target for every row: its spreads mean little.", StudySentence.Of(good with { Audits = audits }), StringComparison.Ordinal);
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

    [Theory]
    [InlineData(.557, "Fair(ADB) MEDL cuts the TPR spread across age groups, the widest of 2 attributes, from 0.174 to 0.097 [95 % CI 0.087 to 0.107]; balanced accuracy 0.813 to 0.811.")]
    [InlineData(.93, "Fair(ADB) MEDL cuts the TPR spread across age groups, the widest of 2 attributes, from 0.174 to 0.162 [95 % CI 0.152 to 0.172], though the 95 % intervals overlap; balanced accuracy 0.813 to 0.811.")]
    [InlineData(.99, "Fair(ADB) MEDL leaves the TPR spread across age groups, the widest of 2 attributes, nearly unchanged, from 0.174 to 0.172 [95 % CI 0.162 to 0.182]; balanced accuracy 0.813 to 0.811.")]
    [InlineData(1.5, "Fair(ADB) MEDL raises the TPR spread across age groups, the widest of 2 attributes, from 0.174 to 0.261 [95 % CI 0.251 to 0.271]; balanced accuracy 0.813 to 0.811. It widens the spread across race|<b>&_% (from 0.100 to 0.150).")]
    public void Sentence_WhateverHappened_SaysSo(double factor, string sentence) => Assert.Equal(sentence, StudySentence.Of(SampleStudy.Classification(factor)));

    [Fact]
    public void Sentence_NamesTheAttributeThatGetsWorseAndIntervalsByClustersThatOverlap()
    {
        StudyResults study = SampleStudy.Classification();
        AuditResult[] audits = [.. study.Audits.Select(a => a with
        {
            Audit = a.Audit with
            {
                Attributes = [.. a.Audit.Attributes.Select((x, i) => x with
                {
                    NoiseFloor = null,
                    TprSd = i == 0 ? x.TprSd with { ByClusters = new ClusterInterval(.05, .2, 6) } : new Estimate(a.Model == "medl" ? .05 : .08, N: 100),
                })],
            },
        })];

        string sentence = StudySentence.Of(study with { Audits = audits });

        Assert.Contains(", though the 95 % intervals by clusters overlap; balanced accuracy", sentence, StringComparison.Ordinal);
        Assert.EndsWith($" It widens the spread across {SampleStudy.Race} (from 0.050 to 0.080).", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Sentence_OfAnAttributeThatGetsWorseByNoMoreThanItsIntervals_SaysSo()
    {
        StudyResults study = SampleStudy.Classification();
        AuditResult[] audits = [.. study.Audits.Select(a => a with
        {
            Audit = a.Audit with
            {
                Attributes = [.. a.Audit.Attributes.Select((x, i) => i == 0 ? x : x with
                {
                    NoiseFloor = null,
                    TprSd = a.Model == "medl" ? new Estimate(.05, Lower: .02, Upper: .08, N: 100) : new Estimate(.08, Lower: .05, Upper: .11, N: 100),
                })],
            },
        })];

        Assert.EndsWith(
            $" It widens the spread across {SampleStudy.Race} (from 0.050 to 0.080, though the 95 % intervals overlap).",
            StudySentence.Of(study with { Audits = audits }), StringComparison.Ordinal);
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
    public void Sentence_OneModelOrNone_SaysWhatIsThere()
    {
        StudyResults alone = Study with { Audits = Study.Audits.Where(a => a.Model == "medl").ToArray() };
        Assert.StartsWith("MEDL: balanced accuracy 0.813; the TPR spread across age groups, the widest of 2 attributes, is 0.174 [", StudySentence.Of(alone), StringComparison.Ordinal);
        Assert.Equal("No fit has finished yet.", StudySentence.Of(Study with { Audits = [] }));
    }

    [Fact]
    public void Sentence_OfAChosenAttribute_SpeaksOfItAndNamesTheWidest()
    {
        string chosen = StudySentence.Of(Study, attribute: SampleStudy.Race);
        Assert.StartsWith($"Fair(ADB) MEDL cuts the TPR spread across {SampleStudy.Race} groups from 0.100 to 0.050", chosen, StringComparison.Ordinal);
        Assert.EndsWith(" Of 2 attributes age has the widest TPR spread under MEDL, 0.174.", chosen, StringComparison.Ordinal);
        Assert.Equal(StudySentence.Of(Study), StudySentence.Of(Study, attribute: "age"));
        StudyResults alone = Study with { Audits = [.. Study.Audits.Where(a => a.Model == "medl")] };
        Assert.Contains($"the TPR spread across {SampleStudy.Race} groups is 0.100", StudySentence.Of(alone, attribute: SampleStudy.Race), StringComparison.Ordinal);
        Assert.EndsWith("Of 2 attributes age has the widest TPR spread under MEDL, 0.174.", StudySentence.Of(alone, attribute: SampleStudy.Race), StringComparison.Ordinal);
    }

    [Fact]
    public void Sentence_OfASingleAttribute_CallsItNeitherWidestNorOneOfSome()
    {
        StudyResults single = Study with
        {
            Header = Study.Header with { Definition = Study.Header.Definition with { Data = Study.Header.Definition.Data with { Sensitive = [new SensitiveSpecification("age")] } } },
            Audits = [.. Study.Audits.Select(a => a with { Audit = a.Audit with { Attributes = [a.Audit.Attributes[0]] } })],
        };
        Assert.StartsWith("Fair(ADB) MEDL cuts the TPR spread across age groups from 0.174 to", StudySentence.Of(single), StringComparison.Ordinal);
        Assert.DoesNotContain("attribute", StudySentence.Of(single), StringComparison.Ordinal);
    }

    [Fact]
    public void Widest_OfARatio_IsTheLowestAndCountsNoCrossedAttribute()
    {
        SplitAudit audit = Study.Audits[0].Audit;
        MetricDescription ratio = MetricDescriptions.Get("demographic_parity_ratio");
        audit = audit with { Attributes = [.. audit.Attributes.Select((a, i) => a with { DemographicParityRatio = new Estimate(.8 - .1 * i) }), audit.Attributes[0] with { Attribute = "age × race", DemographicParityRatio = new Estimate(.1) }] };

        WidestSpread widest = WidestSpread.Among(Study, audit, ratio)!;

        Assert.Equal((SampleStudy.Race, 2), (widest.Attribute, widest.Of));
        Assert.Equal(", the lowest of 2 attributes", widest.Standing(SampleStudy.Race));
        Assert.Equal(" Of 2 attributes race|<b>&_% has the lowest ratio under MEDL, 0.700.", widest.Instead("age × race", "ratio", "MEDL", Digits.Rate));
    }

    [Fact]
    public void Sentence_Regression_SpeaksOfErrors() =>
        Assert.Contains("spread of the mean squared error across", StudySentence.Of(SampleStudy.Regression()), StringComparison.Ordinal);

    [Fact]
    public void ComparisonsOf_FairModel_FindsTheSameNetworkWithoutDebiasing()
    {
        ExperimentDefinition definition = Study.Header.Definition with { Models = [new("nnet"), new("medl"), new("fair-adb-medl")] };
        Assert.Equal("medl", StudyComparison.BaselineOf(definition));
        Assert.Equal("nnet", StudyComparison.BaselineOf(definition with { Models = [new("nnet"), new("medl")] }));
        Assert.Equal([new StudyComparison("medl", "fair-adb-medl")], StudyComparison.Of(definition));
        Assert.Equal([new StudyComparison("nnet", "fair-adb-medl")], StudyComparison.Of(definition with { Models = [new("nnet"), new("fair-adb-medl")] }));
        Assert.Empty(StudyComparison.Of(definition with { Models = [new("fair-adb-medl")] }));
    }
}
