using System.Text;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Storage;
using FairMedl.Web.Services.Datasets;
using FairMedl.Web.Services.Studies;
using Xunit;

namespace FairMedl.Tests.Jobs;

public sealed class DeletionTests
{
    [Fact]
    public async Task PreviewDeletion_OfAStudy_CountsWhatIsStored()
    {
        var planner = new FakePlanner { Act = (key, _) => { if (key.Fold == 4) throw new InvalidOperationException("no"); } };
        await using JobHost host = await JobHost.StartAsync(planner);
        int id = await host.QueueSampleAsync();
        await host.WaitAsync(id, s => s.Summary.State == StudyState.Failed);

        StudyDeletion deletion = (await host.Service.PreviewDeletionAsync(id))!;

        Assert.Equal(("Simulated lending", 0, 5, 0), (deletion.Name, deletion.UnfinishedFits, deletion.Results, deletion.Models));
        Assert.True(deletion.Bytes > 0);
        await host.Service.DeleteAsync(id);
        Assert.Null(await host.Service.PreviewDeletionAsync(id));
    }

    [Fact]
    public async Task PreviewDeletion_OfAQueuedStudy_CountsTheFitsToCancel()
    {
        await using JobHost host = await JobHost.StartAsync(new FakePlanner(), worker: false);
        int id = await host.QueueSampleAsync();

        Assert.Equal(new StudyDeletion("Simulated lending", 6, 0, 0, 0), await host.Service.PreviewDeletionAsync(id));
    }

    [Fact]
    public async Task PreviewDeletion_OfADataset_NamesItsStudiesAndFreedBytes()
    {
        await using JobHost host = await JobHost.StartAsync(new FakePlanner(), worker: false);
        int study = await host.QueueSampleAsync();
        DatasetSummary sample = Assert.Single(await host.Datasets.ListAsync());

        DatasetDeletion used = (await host.Datasets.PreviewDeletionAsync(sample.Id))!;
        Assert.Equal(["Simulated lending"], used.Studies);
        Assert.False(used.IsPossible);

        await host.Service.DeleteAsync(study);
        DatasetDeletion free = (await host.Datasets.PreviewDeletionAsync(sample.Id))!;
        Assert.True(free.IsPossible);
        Assert.Equal((sample.Name, sample.Rows, sample.Bytes), (free.Name, free.Rows, free.Bytes));
    }

    [Fact]
    public async Task PreviewDeletion_OfADatasetWhoseFileIsShared_CountsNoBytes()
    {
        await using JobHost host = await JobHost.StartAsync(new FakePlanner(), worker: false);
        byte[] csv = Encoding.UTF8.GetBytes("a,b\n1,2\n3,4\n");
        DatasetSummary first = await host.Datasets.UploadAsync("a.csv", new MemoryStream(csv), csv.Length, new CsvOptions { HasHeader = true }, null);
        DatasetSummary second = await host.Datasets.UploadAsync("a.csv", new MemoryStream(csv), csv.Length, new CsvOptions { HasHeader = false }, null);

        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(0, (await host.Datasets.PreviewDeletionAsync(first.Id))!.Bytes);
        await host.Datasets.DeleteAsync(second.Id);
        Assert.Equal(csv.Length, (await host.Datasets.PreviewDeletionAsync(first.Id))!.Bytes);
    }
}
