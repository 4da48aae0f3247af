using FairMedl.Core.Experiments;
using FairMedl.Core.Experiments.Sample;
using FairMedl.Core.Storage;
using FairMedl.Web.Datasets;
using FairMedl.Web.Studies;

namespace FairMedl.Web.Start;

/// <summary>
/// The sample's first study: MEDL against Fair(ADB) MEDL on three of five folds, small enough that its charts stand
/// within a minute.
/// </summary>
public sealed class QuickLook(IDatasetCatalogue catalogue, IStudyDesk desk)
{
    /// <summary>What is queued.</summary>
    public static ExperimentDefinition Definition()
    {
        ExperimentDefinition sample = SampleStudy.Definition();
        return sample with
        {
            Name = $"{sample.Name}: a quick look",
            Protocol = sample.Protocol with { Folds = 5, FoldsToRun = 3 },
            Models = [new("medl"), new("fair-adb-medl")],
        };
    }

    /// <summary>The page to go to: the results of a quick look that is done already, one that is under way, or a new one's queue.</summary>
    public async Task<string> OpenAsync(CancellationToken cancellation = default)
    {
        DatasetSummary sample = await catalogue.AddSampleAsync(cancellation);
        ExperimentDefinition definition = Definition();
        StudySummary? earlier = (await desk.ListAsync(cancellation)).FirstOrDefault(s =>
            s.DatasetId == sample.Id && s.Name == definition.Name && s.State is StudyState.Done or StudyState.Running or StudyState.Queued);
        return earlier switch
        {
            { State: StudyState.Done } => StudyAddresses.Results(earlier.Id),
            not null => StudyAddresses.Queue(earlier.Id),
            null => StudyAddresses.Queue(await desk.QueueAsync(sample.Id, definition, cancellation)),
        };
    }
}
