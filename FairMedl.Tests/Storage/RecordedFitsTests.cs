using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;
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

        IReadOnlyList<RecordedFit> found = await new RecordedFits(storage).FindAsync(definition, "managed", "cpu");

        Assert.Equal([7d, 8d, 8d], found.Select(f => f.TrainSeconds + f.OtherSeconds));
        Assert.All(found, f => Assert.Equal(("nnet", 3, 3), (f.Length.Shape.Model, f.Rows, f.Folds)));
        Assert.All(found, f => Assert.Equal(1.0 / 3, f.TrainSeconds, 9));
    }

    /// <summary>Times of a GPU say nothing about the CPU, nor the other way round.</summary>
    [Fact]
    public async Task Find_FitsOfOtherEnginesAndDevices_AreNotMixed()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();
        StudyDefinition definition = SmallStudy.Definition("nnet");
        await RunAsync(storage, definition, "nnet", null, 20);
        await RunAsync(storage, definition, "nnet", new ComputeOrigin("managed", "managed engine", "0.2.0", "cpu", null, 256), 21);
        await RunAsync(storage, definition, "nnet", new ComputeOrigin("torchsharp", "TorchSharp", "0.107.0", "cpu", null, null), 30);
        await RunAsync(storage, definition, "nnet", new ComputeOrigin("torchsharp", "TorchSharp", "0.107.0", "cuda:0", "H100", null), 5);
        var recorded = new RecordedFits(storage);

        async Task<int[]> SecondsAsync(string engine, string device) =>
            [.. (await recorded.FindAsync(definition, engine, device)).Select(f => (int)Math.Round(f.TrainSeconds + f.OtherSeconds)).Order()];

        // A result without an origin was computed by the only engine there was.
        Assert.Equal((int[])[20, 21], await SecondsAsync("managed", "cpu"));
        Assert.Equal((int[])[30], await SecondsAsync("torchsharp", "cpu"));
        Assert.Equal((int[])[5], await SecondsAsync("torchsharp", "cuda:0"));
        Assert.Empty(await SecondsAsync("torchsharp", "cuda:1"));
    }

    [Fact]
    public async Task Find_FailedOrQueuedFits_ReturnsNone()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();
        StudyDefinition definition = SmallStudy.Definition("nnet");
        IReadOnlyList<FitTicket> tickets = await QueueAsync(storage, definition, "nnet", 2);
        await storage.Fits.FailAsync((await storage.Fits.ClaimAsync(tickets[0]))!, "no");

        Assert.Empty(await new RecordedFits(storage).FindAsync(definition, "managed", "cpu"));
    }

    private static Task RunAsync(TemporaryStorage storage, StudyDefinition definition, string model, params int[] seconds) =>
        RunAsync(storage, definition, model, null, seconds);

    private static async Task RunAsync(TemporaryStorage storage, StudyDefinition definition, string model, ComputeOrigin? origin, params int[] seconds)
    {
        IReadOnlyList<FitTicket> tickets = await QueueAsync(storage, definition, model, seconds.Length);
        foreach ((FitTicket ticket, int took) in tickets.Zip(seconds))
        {
            FitClaim claim = (await storage.Fits.ClaimAsync(ticket))!;
            storage.Clock.Step(TimeSpan.FromSeconds(took));
            Assert.True(await storage.Fits.FinishAsync(claim, FitResults.Full(claim.Key) with { Origin = origin }));
        }
    }

    private static async Task<IReadOnlyList<FitTicket>> QueueAsync(TemporaryStorage storage, StudyDefinition definition, string model, int fits)
    {
        int dataset = await storage.AddDatasetAsync();
        NewFit[] planned = [.. Enumerable.Range(0, fits).Select(i => new NewFit(new FitKey(model, 1, i), 2))];
        return (await storage.Studies.QueueAsync(dataset, definition.Name, StudyJson.Write(definition), StudyJson.Hash(definition), planned)).Fits;
    }
}
