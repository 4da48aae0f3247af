using FairMedl.Core.Studies.Gathering;
using FairMedl.Core.Studies.Individuals;
using FairMedl.Core.Studies.Plan;
using FairMedl.Tests.Studies;
using FairMedl.Web.Individuals;
using FairMedl.Web.Services.Individuals;
using Xunit;

namespace FairMedl.Tests.Web.Individuals;

/// <summary>The sentences and figures of a row, over predictions that a test sets.</summary>
public sealed class IndividualVerdictTests
{
    private static readonly ClassNames Classes = new("approved", "not approved");
    private static readonly Lazy<PredictedRows> Rows = new(() =>
    {
        StudyPlan plan = StudyPlan.Create(SmallStudy.Definition("nnet"), SmallStudy.Table());
        return new PredictedRows(plan.Data, new FitsInMemory([plan.Run(TestCompute.Managed, plan.Fits[0], null, CancellationToken.None)]));
    });

    [Fact]
    public void Prediction_OfSeveralModels_CountsThoseThatAgree()
    {
        Assert.Equal("NNet predicts approved, a false positive. All 3 predictions agree.", Verdict(.9f, .8f, .7f));
        Assert.Equal("NNet predicts approved, a false positive. 2 of 3 predictions agree.", Verdict(.9f, .8f, .2f));
        Assert.Equal("NNet predicts approved, a false positive. The other 2 predictions disagree.", Verdict(.9f, .3f, .2f));
        Assert.Equal("NNet predicts approved, a false positive.", Verdict(.9f));

        static string Verdict(params float[] predictions) => IndividualVerdict.Prediction(View(predictions), "nnet", Head.FixedEffects, Outcome.FalsePositive);
    }

    [Fact]
    public void Flips_ThatChangeClasses_AreCountedByAttribute()
    {
        Assert.Equal("Flipping sex or age changes none of the 2 predicted outcomes.", IndividualVerdict.Flips(View([.9f, .8f])));
        Assert.Equal("Flipping sex changes 1 of 2 predicted outcomes; flipping age changes none.", IndividualVerdict.Flips(View([.9f, .8f], (1, 0, .2f))));
        Assert.Equal("Flipping sex or age changes 2 of 2 predicted outcomes.", IndividualVerdict.Flips(View([.9f, .8f], (0, 0, .2f), (1, 0, .2f), (0, 2, .1f), (1, 3, .1f))));
    }

    [Fact]
    public void Flips_Figure_ShowsEveryGroupAndModel()
    {
        IndividualView view = View([.9f, .8f], (1, 0, .2f));
        FlipView sex = view.AttributeFlips[0];

        Assert.Equal(sex.Groups, IndividualCharts.Flips(view, sex, Head.FixedEffects).Y.Rows!.Select(r => r.Name));
        Assert.Equal(["NNet", "MEDL (FE)"], IndividualCharts.Flips(view, sex, Head.FixedEffects).Traces.Select(t => t.Name));
        Assert.Equal(.6, sex.LargestChange, 5);
    }

    [Fact]
    public void Shown_OfManyGroups_KeepsTheRowsOwnAndTheLargestChanges()
    {
        var own = new IndividualLine("NNet", "nnet", Head.FixedEffects, .5, Cell(.5), Cell(.5), "");
        FlipView flip = new("district", [.. Enumerable.Range(0, 40).Select(i => $"d{i}")], 3, true, [], [(own, [.. Enumerable.Range(0, 40).Select(g => Cell(.5 + g * .01))])]);

        Assert.Equal([3, .. Enumerable.Range(26, 14)], IndividualCharts.Shown(flip));

        static IndividualCell Cell(double value) => new(value, "", true, false, false);
    }

    /// <summary>A view of a row: by answer its prediction at 0.5 as threshold, and by (answer, attribute's group position) what a flip gives.</summary>
    private static IndividualView View(float[] predictions, params (int Answer, int Flip, float Prediction)[] flips)
    {
        var question = new IndividualQuestion(Rows.Value.Data, 0, new Dictionary<string, string>());
        int count = question.Rows.Count;
        (string Model, Head Head)[] kinds = [("nnet", Head.FixedEffects), ("medl", Head.FixedEffects), ("medl", Head.MixedEffects)];
        IndividualAnswer[] answers = [.. predictions.Select((p, a) =>
        {
            float[] all = [.. Enumerable.Repeat(p, count)];
            foreach ((int answer, int flip, float prediction) in flips.Where(f => f.Answer == a)) all[question.FlipStarts[0] + flip] = prediction;
            return new IndividualAnswer(kinds[a].Model, kinds[a].Head, 1, .5, all, null);
        })];
        return new IndividualView(Rows.Value, 0, Classes, question, answers, new IndividualModels([], []), new Dictionary<string, TrainingRange>());
    }
}
