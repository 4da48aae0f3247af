using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Storage;
using FairMedl.Core.Storage.Stores;
using FairMedl.Core.Studies.Individuals;
using FairMedl.Web.Jobs;
using FairMedl.Web.Services.Studies;

namespace FairMedl.Web.Services.Individuals;

/// <summary>
/// Reads the stored predictions of a study by row on request, and caches them for the last viewed studies.
/// </summary>
public sealed class IndividualService(ComputeTarget compute, StudyStore studies, FitStore fits, TrainedModelStore models,
    StudyWorkCache works) : IIndividualService
{
    private const int Kept = 2;
    private readonly RecentlyUsed<Gathered> gathered = new(Kept);

    /// <inheritdoc/>
    public async Task<PredictedRows?> RowsAsync(int study, CancellationToken cancellation = default)
    {
        int done = (await studies.FindAsync(study, cancellation))?.Fits.GetValueOrDefault(FitState.Done) ?? 0;
        if (done == 0) return null;
        Gathered found = await gathered.GetAsync(study, () => GatherAsync(study, done), cancellation);
        if (found.Done == done) return found.Rows;
        gathered.Remove(study);
        return (await gathered.GetAsync(study, () => GatherAsync(study, done), cancellation)).Rows;
    }

    /// <inheritdoc/>
    public async Task<IndividualModels> ModelsAsync(int study, PredictedRows rows, int row, CancellationToken cancellation = default)
    {
        KeptModels kept = await models.ReadAsync(study, fit => rows.Tested(fit, row), cancellation);
        return new IndividualModels([.. rows.Models.Select(m =>
            (IReadOnlyList<TrainedModel>)[.. kept.Models.Where(k => k.Key.Model == m)])], kept.Faults);
    }

    /// <inheritdoc/>
    public IReadOnlyList<IndividualAnswer> Answer(IndividualQuestion question, IndividualModels models, CancellationToken cancellation) =>
        IndividualAnswer.Of(compute, question, models.ByKind, cancellation);

    private async Task<Gathered> GatherAsync(int study, int done)
    {
        IStudyWork work = await works.OpenAsync(study);
        StoredFitSource source = await fits.SourceAsync(study);
        if (source.Keys.Count == 0) return new Gathered(done, null);
        // Without unreadable fits, so that the rows are gathered again once those are trained again.
        return source.Gather(readable => readable.Keys.Count == 0
            ? new Gathered(done, null) : new Gathered(readable.Keys.Count, new PredictedRows(work.Data, readable)));
    }

    private sealed record Gathered(int Done, PredictedRows? Rows);
}
