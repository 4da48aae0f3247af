using FairMedl.Core.Fits;
using FairMedl.Core.Storage;
using FairMedl.Core.Studies.Definition;
using FairMedl.Tests.Web.Results;
using FairMedl.Web.Components.Charts.Series;
using FairMedl.Web.Services.Studies;
using FairMedl.Web.Studies.Queue;
using Xunit;

namespace FairMedl.Tests.Web.Studies;

public sealed class QueueViewTests
{
    private static FitRow Fit(string model, int fold, FitState state, int? epoch = null, string? error = null, ulong seed = 1) =>
        new(fold, new FitKey(model, seed, fold), state, 1, 20, epoch is { } e ? new EpochLosses(e, 1, 0.5) : null, error, 1.5);

    private static StudyDetail Study(StudyState state, TimeSpan? left, params FitRow[] fits)
    {
        StudyDefinition definition = SampleResults.Definition();
        return new StudyDetail(
            new StudySummary(1, "Adult", 1, "adult.csv", state, fits.Length, 0, 0, ["medl"], DateTimeOffset.UnixEpoch, null),
            definition, fits, left);
    }

    [Fact]
    public void Share_CountsARunningFitByItsEpochs()
    {
        QueueView view = QueueView.From(Study(StudyState.Running, TimeSpan.FromMinutes(3), Fit("medl", 0, FitState.Done, 20), Fit("medl", 1, FitState.Running, 5)));

        Assert.Equal(0.625, view.Share);
        Assert.Equal("1 of 2 fits done; about 3 minutes left.", view.Sentence);
    }

    [Fact]
    public void Rows_AreByModelAndFold_WithASignAStateThatNeedsNoColour()
    {
        QueueView view = QueueView.From(Study(StudyState.Running, null, Fit("medl", 0, FitState.Done), Fit("medl", 1, FitState.Failed, error: "NaN"), Fit("nnet", 1, FitState.Queued)));

        Assert.Equal(["MEDL", "NNet"], view.Rows.Select(r => r.Label));
        Assert.Equal(["✓", "!"], view.Rows[0].Cells.Select(c => c!.Mark));
        Assert.Null(view.Rows[1].Cells[0]);
        Assert.Contains("NaN", view.Rows[0].Cells[1]!.Tip, StringComparison.Ordinal);
        Assert.Equal(6, Enum.GetValues<FitState>().Select(QueueCell.Sign).Distinct().Count());
    }

    [Fact]
    public void Rows_OfSeveralSeeds_NameTheSeed() =>
        Assert.Equal(["MEDL, seed 1", "MEDL, seed 2"], QueueView.From(Study(StudyState.Queued, null, Fit("medl", 0, FitState.Queued), Fit("medl", 0, FitState.Queued, seed: 2))).Rows.Select(r => r.Label));

    [Theory]
    [InlineData(FitState.Queued, true, false)]
    [InlineData(FitState.Interrupted, true, false)]
    [InlineData(FitState.Failed, false, true)]
    [InlineData(FitState.Cancelled, false, true)]
    [InlineData(FitState.Done, false, false)]
    public void Actions_AreOfferedOnlyWhereTheyDoSomething(FitState state, bool cancel, bool retry)
    {
        QueueView view = QueueView.From(Study(StudyState.Running, null, Fit("medl", 0, state)));

        Assert.Equal((cancel, retry), (view.CanCancel, view.CanRetry));
    }

    [Fact]
    public void LiveLosses_GatherEpochs_AndStartAgainWhenAFitIsRetried()
    {
        var live = new LiveLosses();
        live.Add([Fit("medl", 0, FitState.Running, 1)]);
        live.Add([Fit("medl", 0, FitState.Running, 2), Fit("medl", 3, FitState.Done, 20)]);
        live.Add([Fit("medl", 0, FitState.Done, 3)]);

        (FitKey fit, IReadOnlyList<EpochLosses> epochs) = Assert.Single(live.Series);
        Assert.Equal(new FitKey("medl", 1, 0), fit);
        Assert.Equal([1, 2, 3], epochs.Select(e => e.Epoch));

        live.Add([Fit("medl", 0, FitState.Running, 1)]);
        Assert.Equal([1], live.Series[0].Epochs.Select(e => e.Epoch));
    }

    [Fact]
    public void LiveLosses_KeepTheMostRecentFitsOnly()
    {
        var live = new LiveLosses(most: 2);
        for (int fold = 0; fold < 3; fold++) live.Add([Fit("medl", fold, FitState.Running, 1)]);

        Assert.Equal([1, 2], live.Series.Select(s => s.Fit.Fold));
    }

    [Fact]
    public void Cell_OfARetriedRunningFit_HasItsAttemptAndShare()
    {
        QueueView view = QueueView.From(Study(StudyState.Running, null, Fit("medl", 0, FitState.Running, 5) with { Attempt = 2 }, Fit("medl", 1, FitState.Done)));

        QueueCell cell = view.Rows[0].Cells[0]!;
        Assert.Equal((0.25, true, 1), (cell.Share, cell.IsRetried, view.Retried));
        Assert.Equal("MEDL, seed 1, fold 1: running, epoch 5 of 20, attempt 2", cell.Tip);
    }

    [Fact]
    public void LossChart_Folds_HaveStylesOfTheirOwnInTheModelsColour()
    {
        SeriesStyle[] folds = [.. Enumerable.Range(0, 8).Select(fold => LossChart.StyleOf(new FitKey("medl", 1, fold)))];

        Assert.Single(folds.Select(f => f.Color).Distinct());
        Assert.Equal(8, folds.Select(f => (f.Dash, f.Symbol)).Distinct().Count());
    }

    [Theory]
    [InlineData(10, "under a minute")]
    [InlineData(70, "about a minute")]
    [InlineData(1200, "about 20 minutes")]
    [InlineData(7500, "about 2 hours")]
    [InlineData(200000, "about 2 days")]
    public void FitTime_InWords_IsRounded(int seconds, string expected) =>
        Assert.Equal(expected, FitTime.InWords(TimeSpan.FromSeconds(seconds)));
}
