using FairMedl.Core.Fits;
using FairMedl.Web.Components.Charts;
using FairMedl.Web.Components.Charts.Series;
using FairMedl.Web.Components.Charts.Traces;

namespace FairMedl.Web.Studies.Queue;

/// <summary>Losses by epoch as charts.</summary>
public static class LossChart
{
    private static readonly string[] Dashes = ["solid", "dash", "dot", "dashdot"];
    private static readonly string[] Symbols = ["circle", "square", "diamond", "triangle-up", "cross", "x", "star", "hexagon"];

    /// <summary>One line for each fit that ran while the page was open.</summary>
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
                .Select(s => new LineTrace($"{Name(s.Fit)}: {s.Epochs[0].SymbolsOf(term)}", [.. s.Epochs.Select(e => (double)e.Epoch)], [.. s.Epochs.Select(e => e.Of(term))], StyleOf(s.Fit)) { HasMarkers = true }),
        ],
    };

    /// <summary>The style of a fit: the model's colour, with a dash and a marker by fold, so that folds can be told apart.</summary>
    public static SeriesStyle StyleOf(FitKey fit) =>
        SeriesStyle.OfModel(fit.Model) with { Dash = Dashes[fit.Fold % Dashes.Length], Symbol = Symbols[fit.Fold % Symbols.Length] };

    private static string Name(FitKey fit) =>
        FormattableString.Invariant($"{QueueView.Label(fit.Model, null)}, fold {fit.Fold + 1}{(fit.Seed == 1 ? "" : $", seed {fit.Seed}")}");
}
