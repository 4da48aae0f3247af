using FairMedl.Core.Data.Roles;
using FairMedl.Core.Data.Tables;
using FairMedl.Web.Services.Datasets;
using FairMedl.Web.Services.Drafts;
using FairMedl.Web.Services.Scoring;
using FairMedl.Web.Services.Studies;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace FairMedl.Tests.Web.Studies;

/// <summary>The pages of studies over a scripted service and one data set.</summary>
public abstract class StudyPages : ComponentContext
{
    protected StudyPages()
    {
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton<IStudyService>(Service);
        Services.AddSingleton<IDatasetCatalogue>(new OneDataset(this));
        Services.AddSingleton<IDraftStore>(Drafts);
        Services.AddSingleton<IScoringService>(new Scoring(this));
    }

    internal FakeStudyService Service { get; } = new();

    internal MemoryDrafts Drafts { get; } = new();

    /// <summary>The data set's rows; null = they cannot be read.</summary>
    internal Table? Rows { get; set; }

    /// <summary>Studies whose models can score new data.</summary>
    internal HashSet<int> Scorable { get; } = [];

    protected NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    private sealed class OneDataset(StudyPages pages) : IDatasetCatalogue
    {
        private static readonly DatasetSummary Adult = new(1, "adult.csv", 30_162, 15, 3_800_000, DateTimeOffset.UnixEpoch, false, "", 0);

        public Task<IReadOnlyList<DatasetSummary>> ListAsync(CancellationToken cancellation = default) =>
            Task.FromResult<IReadOnlyList<DatasetSummary>>([Adult]);

        public Task<DatasetSummary?> FindAsync(int id, CancellationToken cancellation = default) =>
            Task.FromResult(id == 1 ? Adult : null);

        public Task<Table?> OpenAsync(int id, CancellationToken cancellation = default) => Task.FromResult(pages.Rows);

        public Task<DatasetSummary> UploadAsync(string fileName, Stream content, long? length, CsvOptions options, IProgress<UploadProgress>? progress, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public Task<DatasetSummary> AddSampleAsync(CancellationToken cancellation = default) => throw new NotSupportedException();

        public Task DeleteAsync(int id, CancellationToken cancellation = default) => throw new NotSupportedException();
    }

    private sealed class Scoring(StudyPages pages) : IScoringService
    {
        public Task<ScoringAvailability> AvailabilityAsync(int study, CancellationToken cancellation = default) =>
            Task.FromResult(pages.Scorable.Contains(study) ? new ScoringAvailability(["medl"], null) : ScoringAvailability.Without("No models."));

        public Task<ScoringJob> StartAsync(
            int study, string model, string fileName, Stream content, bool flips, IProgress<long>? received, CancellationToken cancellation = default) => throw new NotSupportedException();

        public ScoringJob? Find(string id) => null;
    }
}
