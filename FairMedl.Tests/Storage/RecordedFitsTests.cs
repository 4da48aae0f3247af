using FairMedl.Core.Fits;
using FairMedl.Core.Storage.Stores;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Plan;
using FairMedl.Tests.Studies;
using Xunit;

namespace FairMedl.Tests.Storage;

public sealed class RecordedFitsTests
{
    [Fact]
    public async Task Find_FinishedFitsOfTheShape_ReturnsTheirDurations()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();
        StudyDefinition definition = SmallStudy.Definition("nnet", "medl");
        await RunAsync(storage, definition, "nnet", 30, 8, 6, 7, 8);
        await RunAsync(storage, definition with { Data = definition.Data with { Features = ["x1"] } }, "nnet", 90);
        await RunAsync(storage, SmallStudy.Definition("fair-adb-medl"), "fair-adb-medl", 50);

        IReadOnlyList<RecordedFit> found = await new RecordedFits(storage).FindAsync(definition);

        Assert.Equal([7d, 8d, 8d], found.Select(f => f.TrainSeconds + f.OtherSeconds));
        Assert.All(found, f => Assert.Equal(("nnet", 3, 3), (f.Length.Shape.Model, f.Rows, f.Folds)));
        Assert.All(found, f => Assert.Equal(1.0 / 3, f.TrainSeconds, 9));
    }

    [Fact]
    public async Task Find_FailedOrQueuedFits_ReturnsNone()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();
        StudyDefinition definition = SmallStudy.Definition("nnet");
        IReadOnlyList<FitTicket> tickets = await QueueAsync(storage, definition, "nnet", 2);
        await storage.Fits.FailAsync((await storage.Fits.ClaimAsync(tickets[0]))!, "no");

        Assert.Empty(await new RecordedFits(storage).FindAsync(definition));
    }

    private static async Task RunAsync(TemporaryStorage storage, StudyDefinition definition, string model, params int[] seconds)
    {
        IReadOnlyList<FitTicket> tickets = await QueueAsync(storage, definition, model, seconds.Length);
        foreach ((FitTicket ticket, int took) in tickets.Zip(seconds))
        {
            FitClaim claim = (await storage.Fits.ClaimAsync(ticket))!;
            storage.Clock.Step(TimeSpan.FromSeconds(took));
            Assert.True(await storage.Fits.FinishAsync(claim, FitResults.Full(claim.Key)));
        }
    }

    private static async Task<IReadOnlyList<FitTicket>> QueueAsync(TemporaryStorage storage, StudyDefinition definition, string model, int fits)
    {
        int dataset = await storage.AddDatasetAsync();
        NewFit[] planned = [.. Enumerable.Range(0, fits).Select(i => new NewFit(new FitKey(model, 1, i), 2))];
        return (await storage.Studies.QueueAsync(dataset, definition.Name, StudyJson.Write(definition), StudyJson.Hash(definition), planned)).Fits;
    }
}
