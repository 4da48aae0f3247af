using FairMedl.Core.Experiments;
using FairMedl.Core.Training;
using FairMedl.Web.Studies;

namespace FairMedl.Web.Results;

/// <summary>A loss by epoch, by model: the mean over the model's fits (folds and seeds).</summary>
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
        var curves = new List<TrainingCurve>();
        foreach (string model in choice.Models)
        {
            FitSummary[] own = [.. fits.Where(f => f.Key.Model == model)];
            CurvePoint[] points =
            [
                .. own.SelectMany(f => f.Losses)
                    .Where(l => l.Of(term) is not null)
                    .GroupBy(l => l.Epoch)
                    .OrderBy(g => g.Key)
                    .Select(g => Mean(g, term)),
            ];
            if (points.Length > 0) curves.Add(new TrainingCurve(model, choice.Label(model), own.SelectMany(f => f.Losses).First(l => l.Of(term) is not null).SymbolsOf(term), own.Length, points));
        }
        return new TrainingCurves(terms, term, curves);
    }

    private static CurvePoint Mean(IGrouping<int, EpochLosses> epoch, LossKind term)
    {
        double[] values = [.. epoch.Select(l => l.Of(term)).OfType<double>()];
        return new CurvePoint(epoch.Key, values.Average(), values.Min(), values.Max(), values.Length);
    }
}

/// <summary>One model's curve over so many fits; the term in the paper's symbols.</summary>
public sealed record TrainingCurve(string Model, string Label, string Symbols, int Fits, IReadOnlyList<CurvePoint> Points);

/// <summary>One epoch: mean, least and greatest over the fits that reached it.</summary>
public sealed record CurvePoint(int Epoch, double Mean, double Least, double Greatest, int Fits);
