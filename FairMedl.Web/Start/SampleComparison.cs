using FairMedl.Core.Storage;
using FairMedl.Core.Studies.Sample;
using FairMedl.Web.Components.Addresses;
using FairMedl.Web.Services.Datasets;
using FairMedl.Web.Services.Studies;

namespace FairMedl.Web.Start;

/// <summary>The sample study: a conventional, a mixed effects and a fair mixed effects network on the simulated lending data.</summary>
public sealed class SampleComparison(IDatasetCatalogue catalogue, IStudyService service) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1);

    /// <summary>Whether the sample is being prepared and queued right now.</summary>
    public bool IsStarting => turn.CurrentCount == 0;

    /// <summary>The finished sample study, else one in progress; null where there is neither.</summary>
    public static StudySummary? In(IEnumerable<StudySummary> studies) => studies
        .Where(s => s.Name == SampleStudy.Name && s.DatasetName == SampleStudy.Name
            && s.State is StudyState.Done or StudyState.Running or StudyState.Queued)
        .OrderBy(s => s.State == StudyState.Done ? 0 : 1)
        .FirstOrDefault();

    /// <summary>Queues the sample study where there is none. Concurrent calls queue it once.</summary>
    /// <returns>The address of its results if it is finished, else of its progress.</returns>
    public async Task<string> OpenAsync(CancellationToken cancellation = default)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            DatasetSummary sample = await catalogue.AddSampleAsync(cancellation);
            return In(await service.ListAsync(cancellation)) switch
            {
                { State: StudyState.Done } done => StudyAddresses.Results(done.Id),
                { } running => StudyAddresses.Queue(running.Id),
                null => StudyAddresses.Queue(await service.QueueAsync(sample.Id, SampleStudy.Definition(), cancellation: cancellation)),
            };
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();
}
