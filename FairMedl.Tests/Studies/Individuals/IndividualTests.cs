using FairMedl.Core.Data;
using FairMedl.Core.Data.Encoders;
using FairMedl.Core.Fits;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Core.Studies.Individuals;
using FairMedl.Core.Studies.Plan;
using Xunit;

namespace FairMedl.Tests.Studies.Individuals;

/// <summary>Rows found by what a model said of them, asked again with changed values, and their neighbours.</summary>
public sealed class IndividualTests
{
    private static readonly Lazy<(StudyPlan Plan, IReadOnlyList<FitResult> Fits, PredictedRows Rows)> Study = new(() =>
    {
        StudyDefinition definition = SmallStudy.Definition("nnet", "fair-adb-medl");
        StudyPlan plan = StudyPlan.Create(definition with { Protocol = definition.Protocol with { Seeds = [1, 2] } }, SmallStudy.Table());
        FitResult[] fits = [.. plan.Fits.Select(f => plan.Run(TestCompute.Managed, f, null, CancellationToken.None))];
        return (plan, fits, new PredictedRows(plan.Data, new FitsInMemory(fits)));
    });

    [Fact]
    public void Prediction_OfASeenRow_IsTheMeanOfTheFoldsThatTestedIt()
    {
        (StudyPlan plan, IReadOnlyList<FitResult> fits, PredictedRows rows) = Study.Value;
        foreach (int row in plan.Data.SeenRows.Take(50))
        {
            FitResult[] tested = [.. fits.Where(f => f.Key.Model == "fair-adb-medl" && f.TestRows.Contains(row))];
            Assert.Equal(2, tested.Length);
            Assert.All(tested, f => Assert.True(rows.Tested(f.Key, row)));
            Assert.Equal(2 * 2, fits.Count(f => rows.Tested(f.Key, row)));
            double mean = tested.Average(f => f.MixedEffects!.Test[Array.IndexOf(f.TestRows, row)]);
            Assert.Equal(mean, rows.Prediction("fair-adb-medl", Head.MixedEffects, row)!.Value, 1e-6);
            Assert.Equal(mean >= tested.Average(f => f.MixedEffects!.Threshold!.Value), rows.Decision("fair-adb-medl", Head.MixedEffects, row));
        }

        Assert.Null(rows.Prediction("nnet", Head.MixedEffects, 0));
        int unseen = plan.Data.UnseenRows[3];
        Assert.Equal(fits.Where(f => f.Key.Model == "nnet").Average(f => f.FixedEffects.Unseen[3]), rows.Prediction("nnet", Head.FixedEffects, unseen)!.Value, 1e-6);
        Assert.All(fits, f => Assert.True(rows.Tested(f.Key, unseen)));
    }

    [Fact]
    public void Find_FalseNegativesOfAGroup_AreExactlyThose()
    {
        (StudyPlan plan, _, PredictedRows rows) = Study.Value;
        SensitiveAttribute sex = plan.Data.Sensitive[0];
        int[] found = rows.Find(new RowFilter { Model = "nnet", Head = Head.FixedEffects, Split = Split.Seen, Attribute = "sex", Group = "f", Outcome = Outcome.FalseNegative });

        Assert.NotEmpty(found);
        Assert.Equal(
            Enumerable.Range(0, plan.Data.RowCount).Where(r => plan.Data.Cluster[r] < plan.Data.SeenClusterCount && sex.GroupNames[sex.Groups[r]] == "f" && plan.Data.Target[r] == 1 && rows.Decision("nnet", Head.FixedEffects, r) == false),
            found);
        int all = Enum.GetValues<Outcome>().Sum(o => rows.Find(new RowFilter { Model = "nnet", Head = Head.FixedEffects, Outcome = o }).Length);
        Assert.Equal(plan.Data.RowCount, all);
        Assert.Equal(found[0], rows.RowOf(plan.Data.SourceRows[found[0]]));
        Assert.Null(rows.RowOf(0));
    }

    [Fact]
    public void Answers_OfAnUnchangedRow_AreTheStoredPredictions()
    {
        (StudyPlan plan, IReadOnlyList<FitResult> fits, PredictedRows rows) = Study.Value;
        foreach (int row in new[] { plan.Data.SeenRows[5], plan.Data.UnseenRows[5] })
        {
            IReadOnlyList<IndividualAnswer> answers = Ask(plan, fits, rows, row, []);
            Assert.Equal(["nnet", "fair-adb-medl", "fair-adb-medl"], answers.Select(a => a.Model));
            foreach (IndividualAnswer answer in answers)
            {
                Assert.Equal(rows.Prediction(answer.Model, answer.Head, row)!.Value, answer.Predictions[0], 1e-6f);
                Assert.Equal(rows.Decision(answer.Model, answer.Head, row), answer.Decision(0));
                Assert.Equal(answer.Predictions[0], answer.Predictions[1]);
            }

            // With one fit the two heads' outputs differ by exactly what the cluster adds.
            TrainedModel one = fits.First(f => f.Key.Model == "fair-adb-medl" && rows.Tested(f.Key, row)).Model!;
            IReadOnlyList<IndividualAnswer> single = IndividualAnswer.Of(TestCompute.Managed, new IndividualQuestion(plan.Data, row, new Dictionary<string, string>()), [[one]]);
            double between = Logit(single[1].Predictions[0]) - Logit(single[0].Predictions[0]);
            Assert.Equal(between, single[1].Cluster!.Total, 1e-3);
            Assert.NotEqual(0, single[1].Cluster!.Intercept);
        }
    }

    [Fact]
    public void Answers_OfChangedValues_EqualThoseOfARowWithTheseValues()
    {
        (StudyPlan plan, IReadOnlyList<FitResult> fits, PredictedRows rows) = Study.Value;
        int row = plan.Data.SeenRows[9];
        string sex = IndividualQuestion.ValueOf(Feature(plan, "sex"), row) == "f" ? "m" : "f";
        var question = new IndividualQuestion(plan.Data, row, new Dictionary<string, string> { ["x1"] = "1.25", ["sex"] = sex, ["kind"] = "zebra", ["shoe"] = "1", ["x2"] = "many" });

        Assert.Equal(["kind", "shoe", "x2"], question.Refused.Keys.Order(StringComparer.Ordinal));
        int at = plan.Data.Features.ToList().FindIndex(f => f.Column == "x1");
        Assert.Equal([1.25f], question.Rows.Features[at].Numbers![1..2]);
        Assert.Equal(plan.Data.Sensitive[0].GroupNames.ToList().IndexOf(sex), question.Rows.Groups[0][1]);
        IndividualAnswer flipped = Ask(plan, fits, rows, row, new() { ["sex"] = sex })[0];
        // A change of an attribute alone is that attribute's flip.
        Assert.Equal(flipped.Predictions[question.FlipStarts[0] + question.Rows.Groups[0][1]], flipped.Predictions[1]);
        Assert.Equal(flipped.Predictions[question.FlipStarts[0] + plan.Data.Sensitive[0].Groups[row]], flipped.Predictions[0]);
        Assert.NotEqual(flipped.Predictions[0], flipped.Predictions[1]);
    }

    [Fact]
    public void Nearest_WithTheOtherDecision_EqualsAFullSort()
    {
        (StudyPlan plan, IReadOnlyList<FitResult> fits, PredictedRows rows) = Study.Value;
        int row = plan.Data.SeenRows[11];
        FittedEncoder fitted = fits.First(f => f.Key.Model == "nnet").Model!.Encoder;
        bool decision = rows.Decision("nnet", Head.FixedEffects, row)!.Value;
        IReadOnlyList<NearRow> near = NearestRows.Find(plan.Data, row, fitted, 5, r => rows.Decision("nnet", Head.FixedEffects, r) == !decision);

        FeatureEncoder encoder = FeatureEncoder.Restore(fitted, plan.Data.Features, plan.Data.RowCount);
        float[] own = Encoded(row);
        (double Distance, int Row)[] sorted = [.. Enumerable.Range(0, plan.Data.RowCount)
            .Where(r => r != row && rows.Decision("nnet", Head.FixedEffects, r) == !decision)
            .Select(r => (Math.Sqrt(Encoded(r).Zip(own, (a, b) => (double)(a - b) * (a - b)).Sum()), r)).Order().Take(5)];
        Assert.Equal(sorted.Select(s => s.Row), near.Select(n => n.Row));
        Assert.Equal(sorted.Select(s => s.Distance), near.Select(n => n.Distance), (a, b) => Math.Abs(a - b) < 1e-4);
        Assert.All(near, n => Assert.Contains("x1", n.Differs));

        float[] Encoded(int of)
        {
            float[] values = new float[encoder.Layout.Width];
            encoder.Encode([of], values, 1);
            return values;
        }
    }

    [Fact]
    public void Answers_OfAFlippedAttribute_AreTheStudysOwnFlipsInSeenAndHeldOutClusters()
    {
        (StudyPlan plan, IReadOnlyList<FitResult> fits, _) = Study.Value;
        FitResult fit = fits.First(f => f.Key.Model == "fair-adb-medl");
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(fit.MixedEffects!.TestFlips[0][i], Moved(fit.TestRows[i]), 1e-6f);
            Assert.Equal(fit.MixedEffects.UnseenFlips[0][i], Moved(plan.Data.UnseenRows[i]), 1e-6f);
        }

        float Moved(int row)
        {
            var question = new IndividualQuestion(plan.Data, row, new Dictionary<string, string>());
            IndividualAnswer mixed = IndividualAnswer.Of(TestCompute.Managed, question, [[fit.Model!]])[1];
            int other = 1 - plan.Data.Sensitive[0].Groups[row];
            return Math.Abs(mixed.Predictions[question.FlipStarts[0] + other] - mixed.Predictions[0]);
        }
    }

    [Fact]
    public void Question_ChangeToTheRowsOwnValue_IsIgnored()
    {
        (StudyPlan plan, _, _) = Study.Value;
        int row = plan.Data.SeenRows[9];
        string x1 = IndividualQuestion.ValueOf(Feature(plan, "x1"), row);
        var question = new IndividualQuestion(plan.Data, row, new Dictionary<string, string> { ["sex"] = IndividualQuestion.ValueOf(Feature(plan, "sex"), row), ["x1"] = x1 + "0", ["kind"] = "zebra" });

        Assert.Empty(question.Changes);
        Assert.Equal(["kind"], question.Refused.Keys);
    }

    [Fact]
    public void Question_NumberTooLargeForTheNetwork_IsRejectedButTheLargestIsAnswered()
    {
        (StudyPlan plan, IReadOnlyList<FitResult> fits, PredictedRows rows) = Study.Value;
        int row = plan.Data.SeenRows[9];

        Assert.Equal("1e308", new IndividualQuestion(plan.Data, row, new Dictionary<string, string> { ["x1"] = "1e308" }).Refused["x1"]);
        foreach (string most in new[] { "1e20", "-1e20" })
            Assert.All(Ask(plan, fits, rows, row, new() { ["x1"] = most }), a => Assert.True(a.Predictions[1] is >= 0 and <= 1));
    }

    [Fact]
    public void Ranges_OfFeatures_CoverTheTrainingRowsOnly()
    {
        (StudyPlan plan, IReadOnlyList<FitResult> fits, PredictedRows rows) = Study.Value;
        float[] x1 = Feature(plan, "x1").Numbers!;
        foreach (FitResult fit in fits.Where(f => f.Key.Model == "nnet"))
        {
            float[] trained = [.. plan.Data.SeenRows.Except(fit.TestRows).Select(r => x1[r])];
            TrainingRange range = TrainingRanges.Of(rows, [fit.Key])["x1"];
            Assert.Equal((trained.Min(), trained.Max()), (range.Least, range.Most));
        }

        // Every seen row was trained on by one of all folds, no row of a held-out cluster by any.
        float[] seen = [.. plan.Data.SeenRows.Select(r => x1[r])];
        TrainingRange all = TrainingRanges.Of(rows, [.. fits.Select(f => f.Key)])["x1"];
        Assert.Equal((seen.Min(), seen.Max()), (all.Least, all.Most));
        Assert.DoesNotContain("sex", TrainingRanges.Of(rows, [.. fits.Select(f => f.Key)]).Keys);
        Assert.Equal([true, false, false, true, false], new[] { -1.5f, -1, 2, 2.5f, float.NaN }.Select(new TrainingRange(-1, 2).IsOutside));
    }

    private static FeatureSource Feature(StudyPlan plan, string column) => plan.Data.Features.First(f => f.Column == column);

    private static IReadOnlyList<IndividualAnswer> Ask(StudyPlan plan, IReadOnlyList<FitResult> fits, PredictedRows rows, int row, Dictionary<string, string> changes) =>
        IndividualAnswer.Of(
            TestCompute.Managed, new IndividualQuestion(plan.Data, row, changes),
            rows.Models.Select(m => (IReadOnlyList<TrainedModel>)[.. fits.Where(f => f.Key.Model == m && rows.Tested(f.Key, row)).Select(f => f.Model!)]));

    private static double Logit(double p) => Math.Log(p / (1 - p));
}
