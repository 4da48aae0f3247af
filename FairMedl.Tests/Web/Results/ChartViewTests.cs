using FairMedl.Core.Data;
using FairMedl.Core.Experiments;
using FairMedl.Core.Fairness;
using FairMedl.Core.Interpretation;
using FairMedl.Core.Reports;
using FairMedl.Web.Components.Charts;
using FairMedl.Web.Components.Controls;
using FairMedl.Web.Results;
using FairMedl.Web.Studies;
using Xunit;

namespace FairMedl.Tests.Web.Results;

public sealed class ChartViewTests
{
    private static ResultsChoice Choose(ResultsAddress? address = null, PredictionTask task = PredictionTask.Classification) =>
        new(SampleResults.Create(task), address ?? new ResultsAddress { Study = 1 });

    [Fact]
    public void Scatter_HasOnePointAModelFromTheChosenHeadAndAttribute()
    {
        ResultsChoice choice = Choose(new ResultsAddress { Study = 1, Attribute = "race", Spread = "fpr_sd", Split = Split.Unseen, Head = Head.MixedEffects });

        ScatterView view = ScatterView.From(choice);

        Assert.Equal(["nnet", "medl", "fair-adb-medl"], view.Points.Select(p => p.Model));
        AuditResult medl = choice.Results.Audits.Single(a => a is { Model: "medl", Head: Head.MixedEffects, Split: Split.Unseen });
        Assert.Equal(medl.Audit.Attributes[1].FprSd, view.Points[1].Across);
        Assert.Equal(medl.Audit.BalancedAccuracy, view.Points[1].Up);
    }

    [Fact]
    public void Scatter_OfARegression_HasItsErrorUpwards()
    {
        ScatterView view = ScatterView.From(Choose(task: PredictionTask.Regression));

        Assert.Equal("mse", view.Up.Id);
        Assert.Equal(2.5, view.Points[0].Up.Value);
    }

    [Fact]
    public void Scatter_TheFront_LeavesOutAModelThatAnotherBeatsInBoth()
    {
        // By the sample's formula each model predicts worse and is fairer than the one before it.
        Assert.Equal(["fair-adb-medl", "medl", "nnet"], ScatterView.From(Choose()).Front.Select(p => p.Model));

        ResultsChoice regression = Choose(task: PredictionTask.Regression);
        Assert.Equal(3, ScatterView.From(regression).Front.Count);
        Assert.DoesNotContain(ScatterView.From(Choose(new ResultsAddress { Study = 1, Spread = "demographic_parity_ratio" })).Front, p => p.Model == "fair-adb-medl");
    }

    [Fact]
    public void Bars_OfAGroupWithoutPositives_AreUndefinedWithTheReasonAndNotZero()
    {
        GroupBarsView view = GroupBarsView.From(Choose(new ResultsAddress { Study = 1, Attribute = "race", Rate = "tpr" }));

        Assert.Equal(["White", "Black", "Other"], view.Groups);
        GroupBar other = view.Series[0].Bars[2];
        Assert.Null(other.Estimate.Value);
        Assert.Equal("0 positives", other.Estimate.Undefined);
    }

    [Fact]
    public void Bars_OfEachModelHaveOnThemWhatChanceWouldShowOfItself()
    {
        ResultsChoice choice = Choose(new ResultsAddress { Study = 1, Attribute = "race", Rate = "tpr", Compared = "nnet" });

        GroupBarsView view = GroupBarsView.From(choice);

        foreach (GroupSeries series in view.Series)
            Assert.Equal(ChanceBand.Of([.. choice.AttributeOf(series.Model)!.Groups.Select(g => g.TruePositiveRate)]), series.Bars.Select(b => b.Chance));
        Assert.Null(view.Series[0].Bars[2].Chance);
        IReadOnlyList<ChartCategoryBand> bands = ResultsCharts.Groups(choice, view).CategoryBands;
        Assert.Equal([(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1)], bands.Select(b => (b.Bar, b.Category)));
        Assert.Equal(view.Series[1].Bars[0].Chance!.Lower, bands[2].From);
        Assert.All(bands, b => Assert.Equal((3, SeriesStyle.OfModel(view.Series[b.Bar].Model).Color), (b.Bars, b.Color)));
        ReportTable table = ResultsTables.Bars(choice);
        Assert.Equal(view.Series.Select(s => $"Chance alone, {s.Label}"), table.Columns.Select(c => c.Name).Where(n => n.StartsWith("Chance", StringComparison.Ordinal)));
        ReportCell own = table.Rows[0][table.Columns.Select(c => c.Name).ToList().IndexOf("Chance alone, MEDL")];
        Assert.Equal((view.Series[1].Bars[0].Chance!.Lower, view.Series[1].Bars[0].Chance!.Upper), (own.Lower!.Value, own.Upper!.Value));
        Assert.Equal("–", table.Rows[2][^1].Content);
    }

    [Fact]
    public void Floors_OfTheBaselineAndTheComparedModel_AreToldByName()
    {
        StudyResults results = SampleResults.Create();
        results = results with { Audits = [.. results.Audits.Select(a => a with { Audit = a.Audit with { Attributes = [.. a.Audit.Attributes.Select(x => x with { NoiseFloor = new NoiseFloor(new SpreadFloor(.01, .02), null, null, null) })] } })] };
        IReadOnlyList<string> floors = GroupBarsView.From(new ResultsChoice(results, new ResultsAddress { Study = 1, Attribute = "age", Rate = "tpr" })).Floors;

        Assert.Equal(["MEDL: TPR SD", "Fair(ADB) MEDL: TPR SD"], floors.Select(f => f[..(f.IndexOf("SD", StringComparison.Ordinal) + 2)]));
    }

    [Fact]
    public void Bars_OfARegression_HaveNoChanceOnThem()
    {
        ResultsChoice choice = Choose(task: PredictionTask.Regression);

        Assert.False(GroupBarsView.From(choice).HasChance);
        Assert.DoesNotContain(ResultsTables.Bars(choice).Columns, c => c.Name.StartsWith("Chance", StringComparison.Ordinal));
    }

    [Fact]
    public void Curves_AreTheMeanOverAModelsFolds()
    {
        TrainingCurves curves = TrainingCurves.From(Choose(new ResultsAddress { Study = 1, Loss = LossKind.FixedLoss }));

        TrainingCurve nnet = curves.Curves[0];
        Assert.Equal(10, nnet.Fits);
        Assert.Equal(0.5 + 0.045, nnet.Points[0].Mean, 12);
        Assert.Equal(0.5 / 3, nnet.Points[2].Least, 12);
    }

    [Fact]
    public void Curves_OfATermThatAModelLacks_LeaveTheModelOut()
    {
        TrainingCurves curves = TrainingCurves.From(Choose(new ResultsAddress { Study = 1, Loss = LossKind.ClusterAdversary }));

        Assert.Equal(["medl", "fair-adb-medl"], curves.Curves.Select(c => c.Model));
        Assert.DoesNotContain(LossKind.Correlation, curves.Terms);
    }

    [Fact]
    public void Curves_SayOnWhichRowsAndWhichTermTheyAre()
    {
        ResultsChoice choice = Choose();
        Chart chart = ResultsCharts.Training(TrainingCurves.From(choice));

        Assert.Equal(("Training loss by epoch: Predictor, L(y, ŷ)", "Training loss L(y, ŷ)"), (chart.Title, chart.Y.Title));
        Assert.Equal(["NNet (FE): L(y, y_F)", "MEDL: L(y, y_M)", "Fair(ADB) MEDL: L(y, y_M)"], chart.Traces.Select(t => t.Name));
        Assert.Equal(chart.Traces.Select(t => t.Name), ResultsTables.Losses(choice).Columns.Skip(1).Select(c => c.Name));
        Assert.Contains(ResultsTables.Losses(choice).Notes, n => n.Contains("training rows", StringComparison.Ordinal) && n.Contains("no validation loss", StringComparison.Ordinal));
        Assert.All(Enum.GetValues<LossKind>(), t => Assert.NotEmpty(t.Symbols()));
        Assert.Equal(Enum.GetValues<LossKind>().Length, Enum.GetValues<LossKind>().Select(t => t.Basis()).Distinct().Count());
    }

    [Fact]
    public void Importance_OfEachModel_HasTheLinesOfTheTable()
    {
        ResultsChoice choice = Choose();
        ImportanceResult[] models = [.. choice.Results.Importance];
        IReadOnlyList<string> order = SharedOrder.OfFeatures(models);

        Assert.Equal(order, ImportanceTable.Of(choice.Results).Rows.Select(r => r[0].Content));
        Chart nnet = FeatureCharts.Importance(models[0], order), medl = FeatureCharts.Importance(models[1], order);
        Assert.Equal(["1  education-num", "2  probe 1/r", "3  race = White"], nnet.Y.Categories);
        Assert.Equal(["1  education-num", "–  probe 1/r", "2  race = White"], medl.Y.Categories);
        Assert.Equal([.11, null, .02], ((BarTrace)medl.Traces[0]).Values);
    }

    [Fact]
    public void Tooltips_TellValueIntervalAndN()
    {
        ResultsChoice choice = Choose(new ResultsAddress { Study = 1, Attribute = "age" });

        Chart chart = ResultsCharts.Groups(choice, GroupBarsView.From(choice));

        ChartTip tip = ((BarTrace)chart.Traces[1]).Hover![0];
        Assert.Equal("MEDL, <=30", tip.Heading);
        Assert.StartsWith("TPR 0.", tip.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith("95% CI", tip.Lines[1], StringComparison.Ordinal);
        Assert.Equal("n = 100", tip.Lines[2]);
    }
}
