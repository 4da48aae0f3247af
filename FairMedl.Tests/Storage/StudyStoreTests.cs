using FairMedl.Core.Fits;
using FairMedl.Core.Storage;
using FairMedl.Core.Storage.Stores;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FairMedl.Tests.Storage;

public class StudyStoreTests
{
    [Theory]
    [InlineData(StudyState.Queued, FitState.Queued, FitState.Queued)]
    [InlineData(StudyState.Running, FitState.Queued, FitState.Done)]
    [InlineData(StudyState.Running, FitState.Running, FitState.Failed)]
    [InlineData(StudyState.Running, FitState.Interrupted, FitState.Done)]
    [InlineData(StudyState.Done, FitState.Done, FitState.Done)]
    [InlineData(StudyState.Failed, FitState.Failed, FitState.Cancelled)]
    [InlineData(StudyState.Failed, FitState.Failed, FitState.Done)]
    [InlineData(StudyState.Cancelled, FitState.Cancelled, FitState.Done)]
    public void Of_TwoFits_GivesTheStudysState(StudyState expected, FitState first, FitState second)
    {
        Dictionary<FitState, int> fits = new[] { first, second }.CountBy(s => s).ToDictionary();

        Assert.Equal(expected, StudyStates.Of(fits));
    }

    [Fact]
    public async Task List_TwoStudies_NewestFirstEachWithItsOwnFits()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();
        int dataset = await storage.AddDatasetAsync();
        (int older, _) = await storage.Studies.QueueAsync(dataset, "older", "{}", "h", [new NewFit(new FitKey("da", 1, 0), 5)]);
        storage.Clock.Step(TimeSpan.FromSeconds(1));
        (int newer, _) = await storage.Studies.QueueAsync(dataset, "newer", "{}", "h", [new NewFit(new FitKey("nnet", 1, 0), 5), new NewFit(new FitKey("nnet", 1, 1), 5)]);

        IReadOnlyList<StudyOverview> list = await storage.Studies.ListAsync();
        Assert.Equal([newer, older], list.Select(s => s.Study.Id));
        Assert.Equal([2, 1], list.Select(s => s.Fits[FitState.Queued]));
        Assert.Equal("loans.csv", list[0].Study.Dataset!.Name);
        Assert.Equal(storage.Clock.GetUtcNow(), list[0].Study.QueuedAt);
        Assert.Equal(2, Assert.Single(await storage.Datasets.ListAsync()).Studies);
    }

    [Fact]
    public async Task Queue_OneFitIsWrong_StoresNothing()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();

        await Assert.ThrowsAsync<DbUpdateException>(() => storage.Studies.QueueAsync(datasetId: 99, "no such data", "{}", "h", [new NewFit(new FitKey("da", 1, 0), 5)]));
        await using StudyDatabase database = storage.CreateDbContext();
        Assert.Equal((0, 0), (await database.Studies.CountAsync(), await database.Fits.CountAsync()));
    }

    [Fact]
    public async Task Delete_StudyWithResults_LeavesNoRowBehind()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();
        var key = new FitKey("da", 1, 0);
        (int study, IReadOnlyList<FitTicket> tickets) = await storage.Studies.QueueAsync(await storage.AddDatasetAsync(), "s", "{}", "h", [new NewFit(key, 5)]);
        await storage.Fits.FinishAsync((await storage.Fits.ClaimAsync(tickets[0]))!, FitResults.Plain(key));

        Assert.True(await storage.Studies.DeleteAsync(study));
        Assert.False(await storage.Studies.DeleteAsync(study));
        await using StudyDatabase database = storage.CreateDbContext();
        Assert.Equal((0, 0, 1), (await database.Fits.CountAsync(), await database.Results.CountAsync(), await database.Datasets.CountAsync()));
    }

    [Fact]
    public async Task DeleteDataset_UsedByAStudy_ReturnsFalse()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();
        int dataset = await storage.AddDatasetAsync();
        (int study, _) = await storage.Studies.QueueAsync(dataset, "s", "{}", "h", [new NewFit(new FitKey("da", 1, 0), 5)]);

        Assert.False(await storage.Datasets.DeleteAsync(dataset));
        await storage.Studies.DeleteAsync(study);
        Assert.True(await storage.Datasets.DeleteAsync(dataset));
        Assert.Null(await storage.Datasets.FindAsync(dataset));
    }

    [Fact]
    public async Task FindDataset_SameContentAndOptions_IsFound()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();
        int id = await storage.AddDatasetAsync("aa", "{\"delimiter\":\";\"}");

        Assert.Equal(id, (await storage.Datasets.FindAsync("aa", "{\"delimiter\":\";\"}"))!.Dataset.Id);
        Assert.Null(await storage.Datasets.FindAsync("aa", "{}"));
        Assert.Null(await storage.Datasets.FindAsync("bb", "{\"delimiter\":\";\"}"));
        Assert.True(await storage.Datasets.UsesAsync(StorageFolder.DatasetFile("aa")));
    }
}
