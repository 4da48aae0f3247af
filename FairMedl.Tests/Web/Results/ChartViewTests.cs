using FairMedl.Core.Data.Roles;
using FairMedl.Core.Interpretation;
using FairMedl.Core.Reports.Tables;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Web.Components.Charts;
using FairMedl.Web.Components.Charts.Traces;
using FairMedl.Web.Results;
using FairMedl.Web.Results.Figures;
using FairMedl.Web.Studies.Queue;
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
    public void Curves_AreTheMeanOverAModelsFolds()
    {
        TrainingCurves curves = TrainingCurves.From(Choose(new ResultsAddress { Study = 1, Loss = LossKind.FixedLoss }));

        TrainingCurve nnet = curves.Curves[0];
        Assert.Equal(10, nnet.Fits.Count);
        Assert.Equal(0.5 + 0.045, nnet.MeanAt(1)!.Value, 12);
        Assert.Equal(0.5 / 3 + 0.01, nnet.Fits[1].Losses[2]!.Value, 12);
        Assert.Equal("fold 2", nnet.Fits[1].Name);
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
        Assert.Equal(["NNet", "MEDL", "Fair(ADB) MEDL"], chart.Traces.OfType<LineTrace>().Where(t => t.Weight == LineWeight.Bold).Select(t => t.Name));
        Assert.Equal(["NNet: L(y, y_F)", "MEDL: L(y, y_M)", "Fair(ADB) MEDL: L(y, y_M)"], ResultsTables.Losses(choice).Columns.Skip(1).Select(c => c.Name));
        Assert.Contains(ResultsTables.Losses(choice).Notes, n => n.Contains("training rows", StringComparison.Ordinal) && n.Contains("no validation loss", StringComparison.Ordinal));
        Assert.All(Enum.GetValues<LossKind>(), t => Assert.NotEmpty(t.Symbols()));
        Assert.Equal(Enum.GetValues<LossKind>().Length, Enum.GetValues<LossKind>().Select(t => t.Basis()).Distinct().Count());
    }

    [Fact]
    public void ImportanceByFeature_OfEachModel_HasTheRowsOfTheTable()
    {
        ResultsChoice choice = Choose();
        ImportanceResult[] models = [.. choice.Results.Importance];
        IReadOnlyList<string> order = SharedOrder.OfFeatures(models);

        Assert.Equal(order, ImportanceTable.Of(choice.Results).Rows.Select(r => r[0].Content));
        Chart nnet = ImportanceCharts.ByFeature(models[0], order, "NNet", PredictionTask.Classification), medl = ImportanceCharts.ByFeature(models[1], order, "MEDL", PredictionTask.Classification);
        Assert.Equal(["1  education-num", "2  probe 1/r", "3  race = White"], nnet.Y.Categories);
        Assert.Equal(["1  education-num", "–  probe 1/r", "2  race = White"], medl.Y.Categories);
        Assert.Equal([.11, null, .02], ((BarTrace)medl.Traces[0]).Values);
        Assert.Equal("|∂ŷ/∂x| × SD of x", nnet.X.Title);
        Assert.Equal("|∂ŷ/∂x| per encoded unit", ImportanceCharts.ByFeature(models[0] with { Scale = ImportanceScale.EncodedUnit }, order, "NNet", PredictionTask.Classification).X.Title);
    }

    [Fact]
    public void ImportanceByColumn_HasADotWithItsIntervalForEachModel()
    {
        ResultsChoice choice = Choose();
        ImportanceResult[] models = [.. choice.Results.Importance];
        IReadOnlyList<string> columns = ImportanceTable.OrderOfColumns(models);

        // Best permutation ranks: probe 1/r 1, education-num 1, race 2; the probe has the larger mean.
        Assert.Equal(["probe 1/r", "education-num", "race"], columns);
        Chart permutation = ImportanceCharts.Permutation(choice, models, columns), gradient = ImportanceCharts.Gradient(choice, models, columns);
        Assert.Equal("Drop in balanced accuracy when shuffled", permutation.X.Title);
        Assert.Equal(["confounding probe", null, null], permutation.Y.Rows!.Select(r => r.Detail));
        DotTrace medl = Assert.IsType<DotTrace>(permutation.Traces[1]);
        Assert.Equal("MEDL", medl.Name);
        Assert.Equal([null, .05, .002], medl.Values);
        Assert.Equal([null, .04, -.001], medl.Lower);
        Assert.Equal([null, .06, .005], medl.Upper);
        Assert.Equal(["0.0000 [-0.0010 to 0.0010]", "rank 3 of 3", "no decision changed"], ((DotTrace)permutation.Traces[0]).Hover![2].Lines);
        Assert.Equal([.08, .12, .05], ((DotTrace)gradient.Traces[0]).Values);
        Assert.All(new[] { permutation, gradient }, c => Assert.True(c.X.ZeroInView));
    }

    [Fact]
    public void Scatter_WithRoomForTheNames_NeedsNoLegend()
    {
        ResultsChoice choice = Choose();

        Chart chart = ResultsCharts.Scatter(choice, ScatterView.From(choice));

        Assert.False(chart.Legend);
        Assert.All(chart.Traces.OfType<ScatterTrace>(), t => Assert.Equal([t.Name], t.Labels));
    }
}
