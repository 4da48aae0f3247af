using FairMedl.Core.Studies.Gathering;
using FairMedl.Web.Components.Charts.Traces;
using FairMedl.Web.Studies.Queue;

namespace FairMedl.Web.Results.Figures;

/// <summary>A loss by epoch for each model and fit.</summary>
/// <param name="Terms">The losses that at least one model has.</param>
/// <param name="Term">The loss that is shown: the chosen one, or the first where no model has it.</param>
/// <param name="Curves">The models that have this loss.</param>
public sealed record TrainingCurves(IReadOnlyList<LossKind> Terms, LossKind Term, IReadOnlyList<TrainingCurve> Curves)
{
    /// <summary>The chosen models and the chosen loss.</summary>
    public static TrainingCurves From(ResultsChoice choice)
    {
        FitSummary[] fits = [.. choice.Results.Fits.Where(f => choice.Models.Contains(f.Key.Model))];
        IReadOnlyList<LossKind> terms = LossKinds.In(fits.SelectMany(f => f.Losses));
        LossKind term = terms.Contains(choice.Address.Loss) ? choice.Address.Loss : LossKind.Predictor;
        bool hasSeeds = fits.Select(f => f.Key.Seed).Distinct().Count() > 1;
        var curves = new List<TrainingCurve>();
        foreach (string model in choice.Models)
        {
            FitSummary[] own = [.. fits.Where(f => f.Key.Model == model && f.Losses.Any(l => l.Of(term) is not null)).OrderBy(f => f.Key.Seed).ThenBy(f => f.Key.Fold)];
            if (own.Length > 0) curves.Add(new TrainingCurve(model, choice.Label(model), own[0].Losses[0].SymbolsOf(term), [.. own.Select(f => CurveOf(f, term, hasSeeds))]));
        }

        return new TrainingCurves(terms, term, curves);
    }

    private static FoldCurve CurveOf(FitSummary fit, LossKind term, bool hasSeeds) => new(
        FormattableString.Invariant($"{(hasSeeds ? $"seed {fit.Key.Seed}, " : "")}fold {fit.Key.Fold + 1}"),
        [.. fit.Losses.Select(l => (double)l.Epoch)],
        [.. fit.Losses.Select(l => l.Of(term))]);
}

/// <summary>One model's curves.</summary>
/// <param name="Model">The model's id.</param>
/// <param name="Label">The model's name.</param>
/// <param name="Symbols">The loss in the paper's symbols.</param>
/// <param name="Fits">The curve of each fit.</param>
public sealed record TrainingCurve(string Model, string Label, string Symbols, IReadOnlyList<FoldCurve> Fits)
{
    /// <summary>The mean over the fits that reached each epoch.</summary>
    public FoldCurve Mean { get; } = FoldCurves.Mean(Fits);

    /// <summary>The mean in an epoch; null where no fit reached it.</summary>
    public double? MeanAt(double epoch)
    {
        for (int i = 0; i < Mean.Epochs.Count; i++)
            if (Mean.Epochs[i] == epoch) return Mean.Losses[i];
        return null;
    }
}
