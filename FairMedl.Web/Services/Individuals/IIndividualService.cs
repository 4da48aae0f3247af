using FairMedl.Core.Data;
using FairMedl.Core.Fits;
using FairMedl.Core.Studies.Individuals;

namespace FairMedl.Web.Services.Individuals;

/// <summary>The models that predict an individual: fits that were not trained on the row.</summary>
/// <param name="ByKind">By model, its fits.</param>
/// <param name="Faults">Of fits whose model cannot be read, the reason.</param>
public sealed record IndividualModels(IReadOnlyList<IReadOnlyList<TrainedModel>> ByKind, IReadOnlyList<string> Faults);

/// <summary>The people of a study: its rows with what each model said of them. Pages use this and nothing below it.</summary>
public interface IIndividualService
{
    /// <summary>The study's rows with their predictions; null where there is no such study, or no fit of it is done.</summary>
    /// <exception cref="InputException">The study's data was deleted.</exception>
    Task<PredictedRows?> RowsAsync(int study, CancellationToken cancellation = default);

    /// <summary>The trained models of the fits that tested a row.</summary>
    Task<IndividualModels> ModelsAsync(int study, PredictedRows rows, int row, CancellationToken cancellation = default);

    /// <summary>Predicts the rows of a question with these models. Computes on the calling thread.</summary>
    IReadOnlyList<IndividualAnswer> Answer(IndividualQuestion question, IndividualModels models, CancellationToken cancellation);
}
