using FairMedl.Core.Training;
using FairMedl.Web.Components.Charts;
using FairMedl.Web.Components.Controls;

namespace FairMedl.Web.Studies;

/// <summary>Losses by epoch as charts.</summary>
public static class LossChart
{
    /// <summary>The fits that a page has seen running, one line a fit in its model's style.</summary>
    public static Chart Live(LiveLosses live, LossKind term) => new()
    {
        Title = term.Title(),
        X = new ChartAxis("Epoch"),
        Y = new ChartAxis(term.Axis()),
        Height = 260,
        Legend = true,
        Traces =
        [
            .. live.Series
                .Where(s => s.Epochs.Any(e => e.Of(term) is not null))
                .Select(s => new LineTrace($"{Name(s.Fit)}: {s.Epochs[0].SymbolsOf(term)}", [.. s.Epochs.Select(e => (double)e.Epoch)], [.. s.Epochs.Select(e => e.Of(term))], SeriesStyle.OfModel(s.Fit.Model)) { HasMarkers = true }),
        ],
    };

    private static string Name(FitKey fit) => FormattableString.Invariant($"{QueueView.Label(fit.Model, null)}, fold {fit.Fold + 1}{(fit.Seed == 1 ? "" : $", seed {fit.Seed}")}");
}
