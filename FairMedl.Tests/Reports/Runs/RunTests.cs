using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fairness.Intervals;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fairness.Tests;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Reports.Tables;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Core.Studies.Plan;
using FairMedl.Tests.Studies;
using Xunit;

namespace FairMedl.Tests.Reports.Runs;

/// <summary>Two small studies of one file that were really trained: the second with other constants.</summary>
public sealed class RunTests
{
    private static readonly StudyDefinition Definition = SmallStudy.Definition("nnet", "medl") with { Protocol = new ProtocolSpecification { Folds = 3, Seeds = [1, 2] } };
    private static readonly StudyResults First = Gather(Definition);

    private static readonly StudyResults Second = Gather(Definition with
    {
        Name = "wider",
        Settings = SmallStudy.Settings(("epochs", 2), ("batchSize", 32), ("hidden", new[] { 6, 6 })),
        Protocol = Definition.Protocol with { Seeds = [2, 1, 3] },
    });

    private static readonly Run Baseline = new("NNet", First, "nnet", Head.FixedEffects);
    private static readonly Run Medl = new("MEDL (ME)", First, "medl", Head.MixedEffects);
    private static readonly Run Wider = new("NNet, wider", Second, "nnet", Head.FixedEffects);

    private static StudyResults Gather(StudyDefinition definition)
    {
        StudyPlan plan = StudyPlan.Create(definition, SmallStudy.Table());
        return StudyRunner.Run(plan, TestCompute.Managed, 2, null, CancellationToken.None);
    }

    [Fact]
    public void Evidence_OfOtherRowsOfOneFile_IsNotComparable()
    {
        StudyHeader header = First.Header;
        StudyDefinition definition = header.Definition;
        StudyResults fewer = First with
        {
            Header = header with { Definition = definition with { Data = definition.Data with { Exclude = [new RowExclusion("sex", [""])] } } },
        };
        var other = new Run("MEDL without missing rows", fewer, "medl", Head.MixedEffects);

        ChangeEvidence evidence = new RunComparison(Baseline, other, Split.Seen).Evidence("sex", "tpr_sd");

        Assert.Equal("other rows than the baseline's", evidence.Compared.Undefined);
        Assert.Equal(VerdictKind.CannotJudge, Verdict.Of(evidence).Kind);
        Assert.Contains(RunTables.Improvement(Baseline, [other], Split.Seen).Notes, n => n.Contains("audits other rows of the file", StringComparison.Ordinal));
    }

    [Fact]
    public void Evidence_OfAnotherTarget_IsNotComparable()
    {
        StudyHeader header = First.Header;
        StudyDefinition definition = header.Definition;
        StudyResults reversed = First with
        {
            Header = header with { Definition = definition with { Data = definition.Data with { Target = definition.Data.Target with { Positive = ["no"] } } } },
        };
        var other = new Run("MEDL of another target", reversed, "medl", Head.MixedEffects);

        ChangeEvidence evidence = new RunComparison(Baseline, other, Split.Seen).Evidence("sex", "tpr_sd");
        ReportTable table = RunTables.Improvement(Baseline, [other], Split.Seen);

        Assert.Equal("another target than the baseline's", evidence.Compared.Undefined);
        Assert.Null(evidence.Test);
        Assert.Contains("MEDL of another target predicts another target than the baseline, so its values are neither better nor worse.", table.Notes.Select(n => n.ToString()));
        Assert.All(table.Rows.Where(r => r[3].Value is not null), r => Assert.Equal("– (another target)", r[5].Content));
        Assert.Null(new RunComparison(Baseline, Medl, Split.Seen).Evidence("sex", "tpr_sd").Compared.Undefined);
    }

    [Fact]
    public void Improvement_OfEachRun_IsRelativeToTheBaseline()
    {
        ReportTable table = RunTables.Improvement(Baseline, [Medl, Wider], Split.Seen);

        Assert.Equal(["Attribute", "Metric", "NNet (baseline)", "MEDL (ME)", "Improvement (%)", "Effect", "NNet, wider", "Improvement (%)", "Effect", "Noise floor of NNet"], table.Columns.Select(c => c.Name));
        IReadOnlyList<ReportCell> row = table.Rows.Single(r => r[0].Content == "sex" && r[1].Content == "TPR SD");
        Estimate from = Baseline.On(Split.Seen, "sex")!.TprSd, to = Wider.On(Split.Seen, "sex")!.TprSd;
        EffectBand band = new RunComparison(Baseline, Wider, Split.Seen).Band("sex", "tpr_sd");
        Assert.Equal(from.Value, row[2].Value);
        Assert.Equal(to.Value, row[6].Value);
        Assert.Equal(100 * (from.Value!.Value - to.Value!.Value) / from.Value.Value, row[7].Value!.Value, 6);
        Assert.Equal((band.Words.ToString(), band.Mark), (row[8].Content, row[8].Effect));
        Assert.EndsWith("(not clear: both below the noise floor)", band.Words.ToString(), StringComparison.Ordinal);
        Assert.All(table.Rows, r => Assert.Equal(table.Columns.Count, r.Count));
    }

    [Fact]
    public void GroupDifferences_OfRuns_HaveIntervals()
    {
        ReportTable table = RunTables.GroupDifferences(Baseline, [Wider], Split.Seen, "age", MetricDescriptions.Get("fpr"));

        Assert.Equal(Baseline.On(Split.Seen, "age")!.Groups.Select(g => g.Group), table.Rows.Select(r => r[0].Content));
        Estimate expected = DifferenceInterval.Of(Baseline.On(Split.Seen, "age")!.Groups[1].FalsePositiveRate, Wider.On(Split.Seen, "age")!.Groups[1].FalsePositiveRate);
        Assert.Equal(expected.Value, table.Rows[1][5].Value);
        Assert.Equal($"{Digits.Rate.Format(expected.Lower!.Value)} to {Digits.Rate.Format(expected.Upper!.Value)}", table.Rows[1][6].Content);
    }

    [Fact]
    public void GroupDifferences_RunWithoutTheAttribute_GiveTheReason()
    {
        StudyResults without = Second with { Audits = [.. Second.Audits.Select(a => a with { Audit = a.Audit with { Attributes = [.. a.Audit.Attributes.Where(x => x.Attribute != "sex")] } })] };

        ReportTable table = RunTables.GroupDifferences(Baseline, [Wider with { Results = without }], Split.Seen, "sex", MetricDescriptions.Get("tpr"));

        Assert.All(table.Rows, r => Assert.Equal("– (sex is not audited)", r[4].Content));
        Assert.Contains(RunTables.Improvement(Baseline, [Wider with { Results = without }], Split.Seen).Rows, r => r[0].Content == "sex" && r[3].Content == "– (sex is not audited)" && r[5].Content == "–");
    }

    [Fact]
    public void Improvement_OverDifferentGroups_IsUndefinedWithTheReason()
    {
        StudyResults cutElsewhere = Second with
        {
            Audits = [.. Second.Audits.Select(a => a with { Audit = a.Audit with { Attributes = [.. a.Audit.Attributes.Select(x => x.Attribute == "age" ? x with { Groups = [.. x.Groups.Select(g => g with { Group = g.Group + "0" })] } : x)] } })],
        };
        Run other = Wider with { Results = cutElsewhere };

        ReportTable table = RunTables.Improvement(Baseline, [other], Split.Seen);

        IReadOnlyList<ReportCell> row = table.Rows.Single(r => r[0].Content == "age" && r[1].Content == "TPR SD");
        Assert.Equal(("–", "other groups than the baseline's"), (row[4].Content, row[4].Detail));
        Assert.Equal("– (other groups)", row[5].Content);
        Assert.Contains(RunSettings.Differences([Baseline, other]).Rows, r => r[0].Content == "Groups" && r[2].Content.Contains("age: ", StringComparison.Ordinal));
        Assert.Contains(table.Notes, n => n.StartsWith("NNet, wider: age has other groups", StringComparison.Ordinal));
        Assert.True(table.Rows.Single(r => r[0].Content == "sex" && r[1].Content == "TPR SD")[4].IsNumber);
        Assert.DoesNotContain(PairedTestTable.Of(Baseline, other, Split.Seen)!.Rows, r => r[0].Content == "age");
    }

    [Fact]
    public void Pairing_OfStudiesThatShareFileFoldsAndSeeds_IsOverThoseSeeds()
    {
        Assert.Null(RunPairing.Of(Baseline, Wider).Obstacle);
        Assert.Equal([1ul, 2ul], RunPairing.Of(Baseline, Wider).Seeds);
        Assert.Null(RunPairing.Of(Baseline, Medl).Obstacle);
    }

    public static TheoryData<string, Func<StudyHeader, StudyHeader>> Obstacles => new()
    {
        { "different data sets", h => h with { DataHash = "other" } },
        { "different targets", h => With(h, h.Definition.Data with { Target = new TargetSpecification("y", Positive: ["no"]) }) },
        { "different rows", h => With(h, h.Definition.Data with { Exclude = [new RowExclusion("kind", ["a"])] }) },
        { "other clusters", h => With(h, h.Definition.Data with { Cluster = new ClusterSpecification("site", Seen: 3) }) },
        { "3 folds, the other 5", h => h with { Definition = h.Definition with { Protocol = h.Definition.Protocol with { Folds = 5 } } } },
        { "no seed in common", h => h with { Definition = h.Definition with { Protocol = h.Definition.Protocol with { Seeds = [9] } } } },
    };

    [Theory]
    [MemberData(nameof(Obstacles))]
    public void Pairing_OfOtherRowsOrFolds_HasAReason(string words, Func<StudyHeader, StudyHeader> change)
    {
        Run other = Wider with { Results = Second with { Header = change(Second.Header) } };

        Assert.Contains(words, RunPairing.Of(Baseline, other).Obstacle!, StringComparison.Ordinal);
        Assert.Empty(RunPairing.Of(Baseline, other).Seeds);
        Assert.Null(PairedTestTable.Of(Baseline, other, Split.Seen));
    }

    [Fact]
    public void Pairing_OfOtherFeaturesOrHyperparameters_IsPossible() =>
        Assert.Null(RunPairing.Of(Baseline, Wider with { Results = Second with { Header = With(Second.Header, Second.Header.Definition.Data with { Features = ["x1"] }) } }).Obstacle);

    [Fact]
    public void PairedTests_AcrossStudies_AreOverTheSharedSeedsAndFolds()
    {
        ReportTable table = PairedTestTable.Of(Baseline, Wider, Split.Seen)!;

        Assert.Equal(["6 folds"], table.Rows.Select(r => r[2].Content).Distinct());
        double[] Of(StudyResults results) => [.. results.Folds.Where(f => f.Key.Model == "nnet" && f.Key.Seed < 3).OrderBy(f => (f.Key.Seed, f.Key.Fold)).Select(f => f.Find(null, "auroc", CountedGroups.All)!.Value)];
        double mean = Of(Second).Zip(Of(First), (b, a) => b - a).Average();
        Assert.Equal(mean, table.Rows[0][3].Value!.Value, 12);
    }

    [Fact]
    public void PairedTests_SeedWithUnfinishedFolds_IsLeftOut()
    {
        StudyResults partial = Second with { Folds = [.. Second.Folds.Where(f => f.Key is not { Seed: 2, Fold: 1 })] };

        ReportTable table = PairedTestTable.Of(Baseline, Wider with { Results = partial }, Split.Seen)!;

        Assert.Equal(["5 folds"], table.Rows.Select(r => r[2].Content).Distinct());
    }

    [Fact]
    public void Settings_OfRuns_AreThoseThatDiffer()
    {
        ReportTable table = RunSettings.Differences([Baseline, Wider]);

        Assert.Equal(["Seeds", "hidden"], table.Rows.Select(r => r[0].Content));
        Assert.Equal(["hidden", "[4,4,4]", "[6,6]"], table.Rows[1].Select(c => c.Content));
        Assert.Equal(["Model", "Head"], RunSettings.Differences([Baseline, Medl]).Rows.Select(r => r[0].Content).Where(n => n is "Model" or "Head"));
    }

    [Fact]
    public void Settings_UsedByOneModelOnly_AreADashInTheOther()
    {
        // Weights of a cluster adversary and of a debiasing one: NNet has neither, MEDL the first.
        StudyDefinition changed = Definition with { Settings = SmallStudy.Settings(("epochs", 2), ("batchSize", 32), ("lambdaG", 0.3), ("lambdaMe", 0.7)) };
        Run Of(Run run, StudyDefinition definition) => run with { Results = First with { Header = First.Header with { Definition = definition } } };

        Assert.Empty(RunSettings.Differences([Baseline, Of(Baseline, changed)]).Rows);

        ReportTable table = RunSettings.Differences([Baseline, Of(Medl, changed)]);
        Assert.Equal(["– (not in NNet)", "0.3"], table.Rows.Single(r => r[0].Content == "lambdaG").Skip(1).Select(c => c.Content));
        Assert.Equal("– (not in MEDL)", table.Rows.Single(r => r[0].Content == "lambdaY")[2].Content);
        Assert.DoesNotContain(table.Rows, r => r[0].Content is "lambdaMe" or "lambdaS" or "epochs");
    }

    [Fact]
    public void Settings_OfRuns_UseTheModelCardsWording()
    {
        StudyDefinition debiased = Definition with { Models = [new("fair-adb-nnet")] };
        StudyDefinition changed = debiased with { Settings = SmallStudy.Settings(("groupWeightExponents", new Dictionary<string, double> { ["größe"] = 0.5 })) };
        Run baseline = Baseline with { Model = "fair-adb-nnet", Results = First with { Header = First.Header with { Definition = debiased } } };
        ReportTable table = RunSettings.Differences([baseline, baseline with { Results = First with { Header = First.Header with { Definition = changed } } }]);

        string shown = table.Rows.Single(r => r[0].Content == "groupWeightExponents")[2].Content;
        Assert.Equal("{\"größe\":0.5}", shown);
        Assert.Equal(shown, EffectiveSetting.Of(changed, "fair-adb-nnet").Single(c => c.Setting.Name == "groupWeightExponents").Value);
    }

    [Theory]
    [InlineData("lambdaK", 0.00001, "0.00001")]
    [InlineData("learningRate", 0.003, "0.003")]
    [InlineData("epochs", 24, "24")]
    [InlineData("classWeights", false, "false")]
    [InlineData("schedule", "constantThenCosine", "constantThenCosine")]
    [InlineData("hidden", new[] { 16, 8 }, "[16,8]")]
    public void EffectiveSetting_OfAnyValue_IsReadable(string name, object value, string expected) =>
        Assert.Equal(expected, EffectiveSetting.Of(Definition with { Models = [new("fair-adb-medl")], Settings = SmallStudy.Settings((name, value)) }, "fair-adb-medl").Single(s => s.Setting.Name == name).Value);

    [Fact]
    public void EffectiveSetting_Empty_IsNone() =>
        Assert.Equal(["none", "none"], EffectiveSetting.Of(Definition with { Models = [new("fair-adb-medl")] }, "fair-adb-medl").Where(s => s.Setting.Name is "attributeFactors" or "groupWeightExponents").Select(s => s.Value));

    [Fact]
    public void Provenance_OfRuns_IncludesThresholds()
    {
        ReportTable table = RunTables.Origin([Medl, Wider with { Results = Second with { Threshold = 0.4 } }]);
        string[] thresholds = [.. table.Rows.Select(r => r[table.Columns.Select(c => c.Name).ToList().IndexOf("Thresholds")].Content)];

        double[] own = [.. First.Fits.Where(f => f.Key.Model == "medl").Select(f => f.MixedThreshold!.Value).Order()];
        Assert.StartsWith($"each model's own threshold, from its training rows: {Digits.Rate.Format(own[0])} to {Digits.Rate.Format(own[^1])}", thresholds[0], StringComparison.Ordinal);
        Assert.StartsWith("0.400 for all models", thresholds[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_OfDifferentOrigins_HaveASentenceInTheirTables()
    {
        ComputeOrigin torch = new("torchsharp", "TorchSharp", "0.107.0", "cpu", null, null);
        Run same = Medl, other = Wider with { Results = Second with { Header = Second.Header with { Origins = [torch], Device = torch.Description } } };
        Run unknown = Wider with { Results = Second with { Header = Second.Header with { Origins = [], Device = "unknown" } } };

        Assert.Null(RunOrigins.Difference([Baseline, same]));
        Assert.Null(RunOrigins.Difference([Baseline, unknown]));
        Assert.EndsWith("small differences.", RunOrigins.Difference([Baseline, unknown, other]), StringComparison.Ordinal);
        Assert.Contains($"{unknown.Name} on an engine that was not recorded", RunOrigins.Difference([other, unknown]), StringComparison.Ordinal);
        string said = RunOrigins.Difference([Baseline, other])!;
        Assert.Contains($"{other.Name} on cpu (TorchSharp 0.107.0)", said, StringComparison.Ordinal);
        Assert.Contains(said, RunSettings.Differences([Baseline, other]).Notes.Select(n => n.ToString()));
        Assert.Contains(said, RunTables.Improvement(Baseline, [other], Split.Seen).Notes.Select(n => n.ToString()));
        Assert.Contains(RunSettings.Differences([Baseline, other]).Rows, r => r[0].Content == "Engine and device");
    }

    private static StudyHeader With(StudyHeader header, DataSpecification data) => header with { Definition = header.Definition with { Data = data } };
}
