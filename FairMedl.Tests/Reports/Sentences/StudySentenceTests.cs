using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fairness.Tests;
using FairMedl.Core.Fits;
using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Runs;
using FairMedl.Core.Reports.Sentences;
using FairMedl.Core.Reports.Tables;
using FairMedl.Core.Studies.Gathering;
using Xunit;

namespace FairMedl.Tests.Reports.Sentences;

public sealed class StudySentenceTests
{
    private const string Cost = "at a cost of 0.2 points of balanced accuracy (81.3% to 81.1%, 95% intervals overlap)";
    private const string Fairer = " Fairer means a smaller spread of the true positive rate.";

    [Fact]
    public void Sentence_OfAClearImprovement_NamesAttributesCostAndUnclearAttributes()
    {
        StudyResults study = Study(age: (.174, .097), race: (.090, .040), smallRaceGroups: 2);

        Assert.Equal(
            $"Fair(ADB) MEDL is clearly fairer than MEDL for age, {Cost}. For {SampleStudy.Race} the data cannot tell: two of four groups have fewer than 30 positives.{Fairer}",
            StudySentence.Of(study));
        SentenceParts parts = StudySentence.Parts(study);
        Assert.Equal("Fair(ADB) MEDL is clearly fairer than MEDL for age", parts.Lead.ToString());
        Assert.StartsWith($", {Cost}. For ", parts.Rest.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Sentence_OfAnAttributeThatGetsWorse_ReportsIt()
    {
        Assert.Contains(
            $". It is clearly less fair for {SampleStudy.Race} (spread of the true positive rate 0.050 to 0.100).",
            StudySentence.Of(Study(age: (.174, .097), race: (.05, .10))), StringComparison.Ordinal);
        Assert.StartsWith(
            $"Fair(ADB) MEDL is clearly less fair than MEDL for age and {SampleStudy.Race}, {Cost}.",
            StudySentence.Of(Study(age: (.10, .15), race: (.05, .10))), StringComparison.Ordinal);
        AttributeVerdict[] both = [.. RunComparison.Of(Study(age: (.10, .15), race: (.05, .10)), "medl", "fair-adb-medl", Split.Seen).Attributes()];
        Assert.Equal($"spread of the true positive rate: age 0.100 to 0.150, {SampleStudy.Race} 0.050 to 0.100", SentenceWords.Values(both, classification: true).ToString());
    }

    [Fact]
    public void Sentence_OfALargeChangeWithAHighP_ClaimsNothing()
    {
        StudyResults study = Study(age: (.174, .097), race: (.05, .05)) with { Folds = Folds(noise: .2) };

        string sentence = StudySentence.Of(study);

        Assert.StartsWith("Fair(ADB) MEDL shows no clear change in fairness from MEDL", sentence, StringComparison.Ordinal);
        Assert.Contains("For age there is no clear change (paired test over 12 folds, Holm-adjusted p = 0.", sentence, StringComparison.Ordinal);
        ReportCell[] cells = [.. ComparisonTable.Of(study, "medl", "fair-adb-medl", Split.Seen).Rows.Single(r => r[0].Content == "age" && r[1].Content == "TPR SD").Skip(8).Take(2)];
        Assert.All(cells, c => Assert.Equal(EffectSize.Undefined, c.Effect));
        Assert.StartsWith("moderate to large (not clear: p = 0.", cells[1].Content, StringComparison.Ordinal);
        // With the same difference in every fold, but for a little, the claim is supported.
        Assert.StartsWith("Fair(ADB) MEDL is clearly fairer than MEDL for age", StudySentence.Of(study with { Folds = Folds(noise: .002) }), StringComparison.Ordinal);
    }

    [Fact]
    public void Sentence_OfAnAttributeThatImprovesByOneMetricAndWorsensByAnother_CallsItMixed()
    {
        StudyResults study = Changed(Study(age: (.174, .097), race: (.05, .05)), (fair, a) => a.Attribute != "age" ? a : a with { FprSd = Narrow(fair ? .12 : .06) });
        string chosen = StudySentence.Of(study, attribute: "age");
        string other = StudySentence.Of(study, attribute: SampleStudy.Race);

        string sentence = StudySentence.Of(study);

        Assert.StartsWith("Fair(ADB) MEDL is neither clearly fairer nor clearly less fair than MEDL", sentence, StringComparison.Ordinal);
        Assert.Contains("For age the result is mixed: the spread of the true positive rate is clearly smaller, but the spread of the false positive rate is clearly worse.", sentence, StringComparison.Ordinal);
        Assert.StartsWith("Fair(ADB) MEDL is neither clearly fairer nor clearly less fair than MEDL for age: the spread of the true positive rate falls from 0.174 to 0.097", chosen, StringComparison.Ordinal);
        Assert.Contains(" The spread of the false positive rate is clearly worse for age.", chosen, StringComparison.Ordinal);
        Assert.DoesNotContain("clearly fairer for age", other, StringComparison.Ordinal);
    }

    [Fact]
    public void Sentence_OfAChosenAttribute_ReportsItsValues()
    {
        StudyResults study = Study(age: (.174, .097), race: (.090, .040), smallRaceGroups: 2);

        Assert.Equal(
            $"Fair(ADB) MEDL is clearly fairer than MEDL for age: the spread of the true positive rate falls from 0.174 to 0.097 [95% CI 0.092 to 0.102], {Cost}.",
            StudySentence.Of(study, attribute: "age"));
        string race = StudySentence.Of(study, attribute: SampleStudy.Race);
        Assert.StartsWith($"Fair(ADB) MEDL shows no clear change from MEDL for {SampleStudy.Race}: the spread of the true positive rate is 0.090 for MEDL and 0.040", race, StringComparison.Ordinal);
        Assert.Contains("two of four groups have fewer than 30 positives", race, StringComparison.Ordinal);
        Assert.EndsWith(" It is clearly fairer for age.", race, StringComparison.Ordinal);
    }

    [Fact]
    public void Sentence_OfOtherRowsOrAnotherHead_NamesTheUsersOwnClusters()
    {
        StudyResults study = Study(age: (.174, .097), race: (.05, .05));

        Assert.StartsWith("On occupations not seen in training, without occupation effects, Fair(ADB) MEDL is clearly fairer", StudySentence.Of(study, Split.Unseen), StringComparison.Ordinal);
        Assert.StartsWith("On occupations not seen in training, with occupation effects, Fair(ADB)", StudySentence.Of(study, Split.Unseen, Head.MixedEffects), StringComparison.Ordinal);
        Assert.StartsWith("Without occupation effects, Fair(ADB) MEDL is", StudySentence.Of(study, Split.Seen, Head.FixedEffects), StringComparison.Ordinal);
        Assert.StartsWith("Fair(ADB) MEDL is", StudySentence.Of(study), StringComparison.Ordinal);
    }

    [Fact]
    public void Sentence_OfOneModelOrNone_DescribesTheResultsSoFar()
    {
        StudyResults study = Study(age: (.174, .097), race: (.090, .040), smallRaceGroups: 3);
        StudyResults alone = study with { Audits = [.. study.Audits.Where(a => a.Model == "medl")] };

        Assert.Equal("MEDL reaches a balanced accuracy of 81.3%. Its groups differ most by age: the spread of the true positive rate is 0.174 [95% CI 0.169 to 0.179].", StudySentence.Of(alone));
        Assert.Contains($" For {SampleStudy.Race}, the spread of the true positive rate is 0.090", StudySentence.Of(alone, attribute: SampleStudy.Race), StringComparison.Ordinal);
        Assert.Equal("No fit has finished yet.", StudySentence.Of(study with { Audits = [] }));
    }

    [Fact]
    public void Sentence_OfARegression_ReportsErrors()
    {
        StudyResults good = SampleStudy.Regression();
        string sentence = StudySentence.Of(good);

        Assert.Contains("mean squared error", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("balanced accuracy", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("no better than", sentence, StringComparison.Ordinal);
        AuditResult[] audits = [.. good.Audits.Select(a => a.Model == "medl" ? a with { Audit = a.Audit with { RSquared = new Estimate(-.2) } } : a)];
        Assert.Contains(" MEDL predicts no better than the mean of the target, so its group differences say little.", StudySentence.Of(good with { Audits = audits }), StringComparison.Ordinal);
    }

    [Fact]
    public void OpeningAttribute_IsTheWidestAmongGroupsLargeEnough()
    {
        // Race has the widest spread, but only one group with 30 positives; of the others a single positive makes the spread.
        StudyResults study = Study(age: (.05, .05), race: (.40, .40), smallRaceGroups: 3);

        Assert.Equal("age", StudySentence.AttributeOf(study, "medl"));
        Assert.Equal(SampleStudy.Race, StudySentence.AttributeOf(Study(age: (.05, .05), race: (.40, .40)), "medl"));
    }

    [Fact]
    public void AttributeOrder_MeasuresWidthOverLargeGroupsOnly()
    {
        AttributeAudit tiny = Fairness.Tests.SmallGroupsTests.Attribute(("a", 300, 300, .50), ("b", 300, 300, .52), ("c", 1, 40, .0)) with { Attribute = "tiny" };
        AttributeAudit even = Fairness.Tests.SmallGroupsTests.Attribute(("a", 300, 300, .50), ("b", 300, 300, .60)) with { Attribute = "even" };
        SplitAudit audit = SampleStudy.Classification().Audits[0].Audit with { Attributes = [tiny, even] };

        Assert.True(tiny.TprSd.Value > even.TprSd.Value);
        Assert.Equal(["even", "tiny"], AttributeOrder.Of(audit, MetricDescriptions.Get("tpr_sd")));
        Assert.Equal("tiny", AttributeOrder.Opening(audit, MetricDescriptions.Get("tpr_sd"), ["tiny"]));
    }

    [Fact]
    public void AttributeOrder_OfARatio_PutsTheLowestFirst()
    {
        MetricDescription ratio = MetricDescriptions.Get("demographic_parity_ratio");
        AttributeAudit even = Fairness.Tests.SmallGroupsTests.Attribute(("a", 300, 300, .50), ("b", 300, 300, .60)) with { Attribute = "even", DemographicParityRatio = new(.9) };
        AttributeAudit uneven = even with { Attribute = "uneven", DemographicParityRatio = new(.4) };
        SplitAudit audit = SampleStudy.Classification().Audits[0].Audit with { Attributes = [even, uneven] };

        Assert.Equal(["uneven", "even"], AttributeOrder.Of(audit, ratio));
        Assert.Equal("even", AttributeOrder.Opening(audit, ratio, ["even"]));
    }

    [Fact]
    public void OtherHead_ClearlyBetterOrNot_IsReported()
    {
        StudyResults With(double half) => SampleStudy.Classification() is var study ? study with
        {
            Audits = [.. study.Audits.Select(a => a with { Audit = a.Audit with { BalancedAccuracy = new(a.Head == Head.FixedEffects ? .80 : .75, Lower: .75 - half, Upper: .80 + half) } })
                .Select(a => a with { Audit = a.Audit with { BalancedAccuracy = a.Audit.BalancedAccuracy with { Lower = a.Audit.BalancedAccuracy.Value - half, Upper = a.Audit.BalancedAccuracy.Value + half } } })],
        } : throw new InvalidOperationException();

        Assert.Equal("On occupations seen in training, MEDL predicts better without occupation effects than with them: balanced accuracy 80.0% instead of the 75.0% shown here.", OtherHeadSentence.Of(With(.01), "medl", Head.MixedEffects, Split.Seen)?.ToString());
        Assert.EndsWith("has a balanced accuracy of 80.0% without occupation effects and 75.0% with them, as shown here. The difference is not clear: 95% intervals overlap.", OtherHeadSentence.Of(With(.04), "medl", Head.MixedEffects, Split.Seen)?.ToString(), StringComparison.Ordinal);
        Assert.Null(OtherHeadSentence.Of(With(.01), "medl", Head.FixedEffects, Split.Seen));
    }

    [Fact]
    public void WorstGroup_OfOnePositive_IsNotPresented()
    {
        StudyResults study = Changed(Study(age: (.1, .1), race: (.1, .1)), (_, a) => a with
        {
            Groups = [.. a.Groups.Select((g, i) => g with { Positives = i == 0 ? 1 : 200, Negatives = 200, N = i == 0 ? 201 : 400, TruePositiveRate = new(i == 0 ? 0 : .5 + .1 * i, N: i == 0 ? 1 : 200) })],
        });

        ReportTable table = WorstGroupTable.Of(study, "age", Split.Seen, [("medl", Head.MixedEffects)]);

        IReadOnlyList<ReportCell> lowest = table.Rows.Single(r => r[0].Content == "Lowest TPR");
        Assert.Equal(["31-45", "0.600"], new[] { lowest[2].Content, lowest[3].Content });
        Assert.Contains("Lowest TPR: too small to judge, with fewer than 30 positives: <=30 (1 positive).", table.Notes.Select(n => n.ToString()));
        ReportTable none = WorstGroupTable.Of(Changed(study, (_, a) => a with { Groups = [.. a.Groups.Select(g => g with { Positives = 5 })] }), "age", Split.Seen, [("medl", Head.MixedEffects)]);
        Assert.Equal("– (fewer than two groups are large enough)", none.Rows.Single(r => r[0].Content == "Lowest TPR")[2].Content);
    }

    /// <summary>TPR SD by attribute for baseline and fair model, with narrow intervals, no noise floor, and groups that are large enough but for some of race.</summary>
    private static StudyResults Study((double From, double To) age, (double From, double To) race, int smallRaceGroups = 0) =>
        Changed(SampleStudy.Classification(), (fair, a) => a with
        {
            NoiseFloor = null,
            TprSd = smallRaceGroups > 0 && a.Attribute != "age" ? Wide(fair ? race.To : race.From) : Narrow(a.Attribute == "age" ? (fair ? age.To : age.From) : (fair ? race.To : race.From)),
            FprSd = Narrow(.06),
            DemographicParity = Narrow(.1),
            CounterfactualFairness = Narrow(.1),
            Groups =
            [
                .. a.Groups.Select((g, i) => g with
                {
                    N = 500, Positives = a.Attribute != "age" && i < smallRaceGroups ? 20 : 250, Negatives = 250,
                    TruePositiveRate = new(.5 + (i % 2 == 0 ? -1 : 1) * (a.Attribute == "age" ? (fair ? age.To : age.From) : (fair ? race.To : race.From)) / 2, N: 250),
                }),
            ],
        });

    private static StudyResults Changed(StudyResults study, Func<bool, AttributeAudit, AttributeAudit> change) => study with
    {
        Audits = [.. study.Audits.Select(a => a with { Audit = a.Audit with { Attributes = [.. a.Audit.Attributes.Select(x => change(a.Model.StartsWith("fair", StringComparison.Ordinal), x))] } })],
    };

    /// <summary>Twelve folds whose TPR SD for age falls by .077 on average, give or take the noise.</summary>
    private static FoldMetrics[] Folds(double noise) =>
    [
        .. Enumerable.Range(0, 12).SelectMany(f => new[] { "medl", "fair-adb-medl" }.Select(m => new FoldMetrics(
            new FitKey(m, 1, f), Head.MixedEffects, 100, 300, [new("age", "tpr_sd", m == "medl" ? .174 : .097 + noise * (f % 2 == 0 ? 1 : -1) * (1 + .1 * f))]))),
    ];

    private static Estimate Narrow(double value) => new(value, Lower: value - .005, Upper: value + .005);

    private static Estimate Wide(double value) => new(value, Lower: value - .1, Upper: value + .1);
}
