using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fairness.Tests;
using FairMedl.Core.Fits;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Document;
using FairMedl.Core.Reports.Figures;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Reports.Sentences;
using FairMedl.Core.Reports.Tables;
using FairMedl.Core.Studies.Gathering;
using Xunit;

namespace FairMedl.Tests.Reports.Sentences;

/// <summary>The two versions of the spreads in words, tables and figures. The sample's fourth race group has no rows.</summary>
public sealed class CountedGroupsTextTests
{
    private const string Race = SampleStudy.Race;
    private static readonly StudyResults All = SampleStudy.Classification(), Large = All.Counting(CountedGroups.Large);

    [Fact]
    public void Counting_TurnsEveryAudit()
    {
        Assert.Equal((CountedGroups.All, CountedGroups.Large), (All.Counted, Large.Counted));
        Assert.All(Large.Audits.SelectMany(a => a.Audit.Attributes), a => Assert.Equal(CountedGroups.Large, a.Leading));
        Assert.Same(All, All.Counting(CountedGroups.All));
        Assert.Equal(All.Find("medl", Head.MixedEffects, Split.Seen)!.Audit.Attributes[1].TprSd,
            Large.Counting(CountedGroups.All).Find("medl", Head.MixedEffects, Split.Seen)!.Audit.Attributes[1].TprSd);
    }

    [Fact]
    public void Version_NamesTheGroupsThatCount()
    {
        SplitAudit audit = Large.Find("medl", Head.MixedEffects, Split.Seen)!.Audit;
        AttributeAudit age = audit.Attributes[0], race = audit.Attributes[1];

        Assert.Equal(["Spreads count all groups, of any size."], CountedGroupsText.Version(All).Select(v => v.ToString()));
        Assert.Equal(["Spreads count groups with at least 30 positives (TPR), negatives (FPR) or rows (other metrics)."], CountedGroupsText.Version(Large).Select(v => v.ToString()));
        Assert.Equal(["Spreads count groups with at least 30 rows."], CountedGroupsText.Version(SampleStudy.Regression().Counting(CountedGroups.Large)).Select(v => v.ToString()));
        StudyResults First(StudyResults study) => study with { Audits = [.. study.Audits.Select(a => a with { Audit = a.Audit with { Attributes = [.. a.Audit.Attributes.Take(1)] } })] };
        Assert.Equal(["Spreads count all groups: each has at least 30 positives, negatives and rows."], CountedGroupsText.Version(First(Large)).Select(v => v.ToString()));
        Assert.Equal(["Spreads count all groups: each has at least 30 rows."], CountedGroupsText.Version(First(SampleStudy.Regression().Counting(CountedGroups.Large))).Select(v => v.ToString()));
        Assert.Empty(CountedGroupsText.Version(All with { Audits = [] }));
        Assert.Equal(" over groups with at least 30 positives", CountedGroupsText.Of([age, race], "tpr_sd"));
        Assert.Equal(" over groups with at least 30 rows", CountedGroupsText.Of([race], "demographic_parity"));
        // No group is left out.
        Assert.Equal("", CountedGroupsText.Of([age], "tpr_sd"));
        // An attribute flip compares no groups.
        Assert.Equal("", CountedGroupsText.Of([race], "counterfactual_fairness"));
        Assert.Equal("", CountedGroupsText.Of([race with { Leading = CountedGroups.All }], "tpr_sd"));
    }

    [Fact]
    public void LeftOut_NamesEachSmallGroupWithItsSizeAndTheSpreads()
    {
        Assert.Equal([$"Left out by {Race}: -1 (0 positives) from TPR SD; -1 (0 negatives) from FPR SD; -1 (0 rows) from demographic parity."],
            CountedGroupsText.LeftOut(Large, Split.Seen, ["age", Race]).Select(s => s.ToString()));
        Assert.Empty(CountedGroupsText.LeftOut(Large, Split.Seen, ["age"]));
        Assert.Empty(CountedGroupsText.LeftOut(All, Split.Seen, ["age", Race]));
        Assert.Equal([$"Left out by {Race}: -1 (0 rows) from MSE SD and demographic parity."],
            CountedGroupsText.LeftOut(SampleStudy.Regression().Counting(CountedGroups.Large), Split.Seen, [Race]).Select(s => s.ToString()));
    }

    [Fact]
    public void VersionsDiffer_WhereAGroupIsTooSmall()
    {
        Assert.True(CountedGroupsText.VersionsDiffer(All));
        Assert.False(CountedGroupsText.VersionsDiffer(All with
        {
            Audits = [.. All.Audits.Select(a => a with { Audit = a.Audit with { Attributes = [.. a.Audit.Attributes.Take(1)] } })],
        }));
    }

    [Fact]
    public void Spreads_HaveBothVersionsAndTheCorrectedSd()
    {
        ReportTable all = SpreadTable.Of(All, Race, Split.Seen), large = SpreadTable.Of(Large, Race, Split.Seen);

        Assert.Equal(["Metric", "Model", "All groups [95% CI]", "Corrected for chance", "SD over seeds", "95% CI by occupation", "Noise floor", "Groups of at least 30 [95% CI]", "Note"],
            all.Columns.Select(c => c.Name));
        Assert.Equal("Groups of at least 30 [95% CI]", large.Columns[2].Name);
        Assert.Equal("All groups [95% CI]", large.Columns[7].Name);
        foreach ((IReadOnlyList<ReportCell> a, IReadOnlyList<ReportCell> l) in all.Rows.Zip(large.Rows).Where(r => r.First[0].Content != "Counterfactual fairness"))
            Assert.Equal((a[2].Value, a[7].Value), (l[7].Value, l[2].Value));
        AttributeAudit audit = Large.Find("medl", Head.MixedEffects, Split.Seen)!.Audit.Attributes[1];
        IReadOnlyList<ReportCell> tpr = large.Rows.Single(r => r[0].Content == "TPR SD" && r[1].Content == "MEDL (ME)");
        Assert.Equal((audit.LargeGroups!.TprSd.Value, audit.LargeGroups.Corrected!.TprSd.Value), (tpr[2].Value, tpr[3].Value));
        Assert.True(tpr[3].Value < tpr[2].Value);
        Assert.All(large.Rows.Where(r => r[0].Content == "Demographic parity"), r => Assert.Equal(ReportCell.Empty, r[3]));
        Assert.All(large.Rows.Where(r => r[0].Content == "Counterfactual fairness"), r => Assert.Equal(ReportCell.Empty, r[7]));
        Assert.Contains(large.Notes, n => n.ToString().StartsWith("Left out by ", StringComparison.Ordinal));
        // Where every group is large enough, the two are the same.
        Assert.Equal("Value [95% CI]", SpreadTable.Of(All, "age", Split.Seen).Columns[2].Name);
        Assert.DoesNotContain(SpreadTable.Of(All, "age", Split.Seen).Columns, c => c.Name.StartsWith("Groups of", StringComparison.Ordinal));
    }

    [Fact]
    public void Baseline_HasTheCorrectedSds()
    {
        ReportTable table = BaselineTable.Of(RunComparison.Of(Large, "medl", "fair-adb-medl", Split.Seen), [Race], "id", "scope");
        AttributeAudit from = Large.Find("medl", Head.MixedEffects, Split.Seen)!.Audit.Attributes[1];

        int column = table.Columns.ToList().FindIndex(c => c.Name == "Corrected for chance");
        Assert.StartsWith(Digits.Rate.Format(from.LargeGroups!.Corrected!.TprSd.Value!.Value) + " → ", table.Rows.Single(r => r[0].Content == Race && r[1].Content == "TPR SD")[column].Content, StringComparison.Ordinal);
        Assert.All(table.Rows.Where(r => r[0].Content == "All rows"), r => Assert.Equal(ReportCell.Empty, r[column]));
    }

    [Fact]
    public void Figure_SaysWhichGroupsCount()
    {
        DisparityFigure Of(StudyResults study) => DisparityFigure.Of(study, [("medl", Head.MixedEffects), ("fair-adb-medl", Head.MixedEffects)], Split.Seen)!;

        Assert.StartsWith("Spreads count all groups, of any size. Lines are", Of(All).Note, StringComparison.Ordinal);
        Assert.StartsWith("Spreads count groups with at least 30 positives", Of(Large).Note, StringComparison.Ordinal);
        DisparityRow row = Of(Large).Panels[0].Rows.Single(r => r.Attribute == Race);
        Assert.Equal("3 of 4 groups", row.Values[0].Estimate.Note);
        Assert.Equal("one of four groups has fewer than 30 positives and is left out", row.SmallGroups);
        Assert.Equal(Large.Find("medl", Head.MixedEffects, Split.Seen)!.Audit.Attributes[1].LargeGroups!.Corrected!.TprSd, row.Values[0].Corrected);
        Assert.Null(Of(Large).Panels.Single(p => p.Metric.Id == "demographic_parity").Rows[0].Values[0].Corrected);
    }

    [Fact]
    public void PairedTests_AreOverTheGroupsThatCount()
    {
        FoldMetrics Fold(string model, int fold) => new(new FitKey(model, 1, fold), Head.MixedEffects, 100, 300,
            [new("age", "tpr_sd", (model == "medl" ? .2 : .1) + .001 * fold * (model == "medl" ? 1 : 2), (model == "medl" ? .05 : .04) + .0001 * fold * (model == "medl" ? 1 : 2))]);
        StudyResults study = All with { Folds = [.. Enumerable.Range(0, 10).SelectMany(f => new[] { Fold("medl", f), Fold("fair-adb-medl", f) })] };
        double Mean(StudyResults of) => RunComparison.Of(of, "medl", "fair-adb-medl", Split.Seen).Tests!.Find("age", "tpr_sd")!.Test.MeanDifference;

        Assert.Equal(-.1 + .0045, Mean(study), 9);
        Assert.Equal(-.01 + .00045, Mean(study.Counting(CountedGroups.Large)), 9);
    }

    [Fact]
    public void Evidence_OfAnotherMinimumGroupSize_IsNotComparable()
    {
        StudyResults other = Large with
        {
            Audits = [.. Large.Audits.Select(a => a with { Audit = a.Audit with { Attributes = [.. a.Audit.Attributes.Select(t => t with { MinimumCount = 50 })] } })],
        };
        var baseline = new Run("MEDL", Large, "medl", Head.MixedEffects);
        var compared = new Run("MEDL, at least 50", other, "medl", Head.MixedEffects);
        var comparison = new RunComparison(baseline, compared, Split.Seen);

        Assert.Equal("another minimum group size than the baseline's", comparison.Evidence("age", "tpr_sd").Compared.Undefined);
        Assert.Null(comparison.Evidence("age", "counterfactual_fairness").Compared.Undefined);
        Assert.Null(comparison.Evidence(null, "balanced_accuracy").Compared.Undefined);
        Assert.Contains(RunTables.Improvement(baseline, [compared], Split.Seen).Notes, n => n.ToString().StartsWith("MEDL, at least 50 counts groups of another minimum size", StringComparison.Ordinal));
    }

    [Fact]
    public void Sentences_OfLargeGroups_NameThem()
    {
        Assert.EndsWith("Fairer means a smaller spread of the true positive rate over groups with at least 30 positives.", StudySentence.Of(Large), StringComparison.Ordinal);
        Assert.Contains("the spread of the true positive rate over groups with at least 30 positives ", StudySentence.Of(Large, attribute: Race), StringComparison.Ordinal);
        Assert.DoesNotContain("the data cannot tell", StudySentence.Of(Large), StringComparison.Ordinal);
        StudyResults alone = Large with { Audits = [.. Large.Audits.Where(a => a.Model == "medl")] };
        Assert.Contains("the spread of the true positive rate over groups with at least 30 positives is ", StudySentence.Of(alone, attribute: Race), StringComparison.Ordinal);
    }

    [Fact]
    public void Sentences_WhereFewerThanTwoGroupsAreLarge_SayUndefinedAndWhy()
    {
        StudyResults tiny = Large with
        {
            Audits =
            [
                .. Large.Audits.Select(a => a with
                {
                    Audit = a.Audit with
                    {
                        Attributes =
                        [
                            .. a.Audit.Attributes.Select(t => t.Attribute != Race ? t : t with
                            {
                                Groups = [.. t.Groups.Select((g, i) => g with { Positives = i == 0 ? 100 : 3 })],
                                LargeGroups = t.LargeGroups! with { TprSd = Estimate.None("fewer than two groups have at least 30 positives") },
                            }),
                        ],
                    },
                }),
            ],
        };

        Assert.Equal(VerdictKind.CannotJudge, RunComparison.Of(tiny, "medl", "fair-adb-medl", Split.Seen).Judge(Race, "tpr_sd").Kind);
        Assert.Contains($"For {Race} the data cannot tell: three of four groups have fewer than 30 positives and are left out.", StudySentence.Of(tiny), StringComparison.Ordinal);
        Assert.Contains("over groups with at least 30 positives is undefined: three of four groups have fewer than 30 positives and are left out", StudySentence.Of(tiny, attribute: Race), StringComparison.Ordinal);
    }

    [Fact]
    public void Report_NamesTheVersionOnceAndTheGroupsLeftOutByAttribute()
    {
        StudyReport report = StudyReport.Of(Large);
        string version = CountedGroupsText.Version(Large).Single().ToString();

        Assert.StartsWith(version, Assert.IsType<DisparityFigure>(report.Sections.Single(s => s.Part == ReportPart.Summary).Figures![0]).Note, StringComparison.Ordinal);
        Assert.Contains(version, report.Sections.Single(s => s.Part == ReportPart.Method).Paragraphs);
        ReportSection race = report.Sections.Single(s => s.Heading == $"Findings by {Race}");
        Assert.Contains(race.Paragraphs, p => p.StartsWith($"Left out by {Race}: -1 (0 positives) from TPR SD", StringComparison.Ordinal));
        Assert.Contains(race.Tables[0].Notes, n => n.ToString().StartsWith("Corrected for chance, on occupations seen in training: MEDL (ME) TPR SD 0.", StringComparison.Ordinal));
        Assert.DoesNotContain(report.Sections.Single(s => s.Heading == "Findings by age").Paragraphs, p => p.StartsWith("Left out", StringComparison.Ordinal));
    }
}
