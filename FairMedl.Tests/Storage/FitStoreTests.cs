using FairMedl.Core.Fits;
using FairMedl.Core.Storage;
using FairMedl.Core.Storage.Stores;
using FairMedl.Core.Studies.Gathering;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FairMedl.Tests.Storage;

public class FitStoreTests
{
    private static readonly FitKey First = new("nnet", 1, 0), Second = new("medl", ulong.MaxValue, 1);

    [Fact]
    public async Task Finish_AfterClaim_StoresTheResultAndClosesTheStudyWithTheLastFit()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();
        (int study, IReadOnlyList<FitTicket> tickets) = await QueueAsync(storage);

        Assert.Equal(StudyState.Queued, (await storage.Studies.FindAsync(study))!.State);
        FitClaim first = (await storage.Fits.ClaimAsync(tickets[0]))!, second = (await storage.Fits.ClaimAsync(tickets[1]))!;
        Assert.Equal((First, Second), (first.Key, second.Key));
        Assert.True(await storage.Fits.FinishAsync(second, FitResults.Full(Second)));
        StudyOverview half = (await storage.Studies.FindAsync(study))!;
        Assert.Equal((StudyState.Running, null), (half.State, half.Study.FinishedAt));

        storage.Clock.Step(TimeSpan.FromMinutes(1));
        Assert.True(await storage.Fits.FinishAsync(first, FitResults.Plain(First)));
        StudyOverview whole = (await storage.Studies.FindAsync(study))!;
        Assert.Equal((StudyState.Done, storage.Clock.GetUtcNow()), (whole.State, whole.Study.FinishedAt));
        Assert.Equal(["nnet", "medl"], whole.Models);
        IReadOnlyList<FitResult> results = await storage.Fits.ResultsAsync(study);
        Assert.Equal([First, Second], results.Select(r => r.Key));
        Assert.Equal(FitResults.Full(Second).FixedEffects.Test, results[1].FixedEffects.Test);
        EpochLosses? losses = FitStore.LastLossesOf((await storage.Studies.FitsAsync(study))[1]);
        Assert.Equal(FitResults.Full(Second).Epochs[^1], losses);
    }

    [Fact]
    public async Task Claim_SameTicketTwice_SucceedsOnce()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();
        (_, IReadOnlyList<FitTicket> tickets) = await QueueAsync(storage);

        FitClaim?[] claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => storage.Fits.ClaimAsync(tickets[0]))));
        Assert.Single(claims, c => c is not null);
    }

    [Fact]
    public async Task Finish_ByAnEarlierAttempt_ChangesNothing()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();
        (int study, IReadOnlyList<FitTicket> tickets) = await QueueAsync(storage);
        FitClaim stale = (await storage.Fits.ClaimAsync(tickets[0]))!;
        Recovery recovery = await storage.Unfinished.RecoverAsync();
        FitClaim current = (await storage.Fits.ClaimAsync(recovery.Waiting[0]))!;

        Assert.Equal((stale.FitId, 2), (current.FitId, current.Attempt));
        FitResult late = FitResults.Plain(First);
        Assert.False(await storage.Fits.FinishAsync(stale, late));
        Assert.False(await storage.Fits.FailAsync(stale, "late"));
        Assert.Empty(await storage.Fits.ResultsAsync(study));
        Assert.True(await storage.Fits.FinishAsync(current, FitResults.Full(First)));
        Assert.False(await storage.Fits.FinishAsync(stale, late));
        Assert.False(await storage.Fits.FinishAsync(current, late));
        Assert.NotEmpty((await storage.Fits.ResultsAsync(study))[0].TestRows);
    }

    [Fact]
    public async Task Recover_RunningFit_IsQueuedAgainUpToTheLimitAndThenFails()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();
        (int study, IReadOnlyList<FitTicket> tickets) = await QueueAsync(storage);
        FitTicket ticket = tickets[0];
        for (int attempt = 1; attempt < StudyStates.MaxInterruptions; attempt++)
        {
            Assert.NotNull(await storage.Fits.ClaimAsync(ticket));
            Recovery recovery = await storage.Unfinished.RecoverAsync();
            Assert.Equal((1, 0, 2), (recovery.Resumed, recovery.GivenUp, recovery.Waiting.Count));
            ticket = recovery.Waiting[0];
            Assert.Equal(new FitTicket(tickets[0].FitId, attempt + 1), ticket);
        }

        Assert.NotNull(await storage.Fits.ClaimAsync(ticket));
        Recovery last = await storage.Unfinished.RecoverAsync();
        Assert.Equal((0, 1), (last.Resumed, last.GivenUp));
        Assert.Equal([tickets[1]], last.Waiting);
        StoredFit fit = (await storage.Studies.FitsAsync(study))[0];
        Assert.Equal(FitState.Failed, fit.State);
        Assert.Contains("ended 3 times", fit.Error, StringComparison.Ordinal);

        Assert.Equal([new FitTicket(fit.Id, 4)], await storage.Fits.RetryAsync(study));
        Assert.Equal(0, (await storage.Studies.FitsAsync(study))[0].Interruptions);
    }

    [Fact]
    public async Task Interrupt_OrderlyStop_DoesNotCountTowardsTheLimit()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();
        (int study, IReadOnlyList<FitTicket> tickets) = await QueueAsync(storage);
        FitTicket ticket = tickets[0];
        for (int i = 0; i < 2 * StudyStates.MaxInterruptions; i++)
        {
            Assert.True(await storage.Fits.InterruptAsync((await storage.Fits.ClaimAsync(ticket))!));
            Assert.Equal(FitState.Interrupted, (await storage.Studies.FitsAsync(study))[0].State);
            ticket = (await storage.Unfinished.RecoverAsync()).Waiting[0];
        }

        Assert.Equal(1 + 2 * StudyStates.MaxInterruptions, ticket.Attempt);
    }

    [Fact]
    public async Task Cancel_ThenRetry_StopsUnfinishedFitsAndKeepsFinishedOnes()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();
        (int study, IReadOnlyList<FitTicket> tickets) = await QueueAsync(storage);
        FitClaim done = (await storage.Fits.ClaimAsync(tickets[0]))!;
        await storage.Fits.FinishAsync(done, FitResults.Plain(First));
        FitClaim running = (await storage.Fits.ClaimAsync(tickets[1]))!;

        Assert.Equal([tickets[1]], await storage.Fits.CancelAsync(study));
        StudyOverview cancelled = (await storage.Studies.FindAsync(study))!;
        Assert.Equal(StudyState.Cancelled, cancelled.State);
        Assert.NotNull(cancelled.Study.FinishedAt);
        Assert.False(await storage.Fits.FinishAsync(running, FitResults.Full(Second)));
        Assert.Null(await storage.Fits.ClaimAsync(tickets[1]));

        FitTicket again = Assert.Single(await storage.Fits.RetryAsync(study));
        Assert.Equal(new FitTicket(tickets[1].FitId, 2), again);
        Assert.Null((await storage.Studies.FindAsync(study))!.Study.FinishedAt);
        Assert.Empty(await storage.Fits.RetryAsync(study));
        Assert.True(await storage.Fits.FinishAsync((await storage.Fits.ClaimAsync(again))!, FitResults.Full(Second)));
        Assert.Equal(2, (await storage.Fits.ResultsAsync(study)).Count);
    }

    [Fact]
    public async Task Results_OneIsDamaged_ReadsTheOthersChangesNothingAndItCanBeTrainedAgain()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();
        (int study, IReadOnlyList<FitTicket> tickets) = await QueueAsync(storage);
        foreach ((FitTicket ticket, FitKey key) in tickets.Zip([First, Second]))
            await storage.Fits.FinishAsync((await storage.Fits.ClaimAsync(ticket))!, FitResults.Full(key));
        await using (StudyDatabase database = storage.CreateDbContext())
            await database.Results.Where(r => r.FitId == tickets[0].FitId).ExecuteUpdateAsync(s => s.SetProperty(r => r.Content, new byte[100]));

        Assert.Equal([Second], (await storage.Fits.ResultsAsync(study)).Select(r => r.Key));
        StoredFit unchanged = (await storage.Studies.FitsAsync(study))[0];
        Assert.Equal((FitState.Done, null, 1), (unchanged.State, unchanged.Error, unchanged.Attempt));
        Assert.Empty(await storage.Fits.RetryAsync(study));

        FitTicket again = Assert.Single(await storage.Fits.TrainAgainAsync(study, [First]));
        Assert.Equal(new FitTicket(tickets[0].FitId, 2), again);
        Assert.Equal([Second], (await storage.Fits.ResultsAsync(study)).Select(r => r.Key));
        Assert.True(await storage.Fits.FinishAsync((await storage.Fits.ClaimAsync(again))!, FitResults.Full(First)));
        Assert.Equal(2, (await storage.Fits.ResultsAsync(study)).Count);
    }

    [Fact]
    public async Task Results_OneIsMissing_IsReportedWithTheReasonAndChangesNothing()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();
        (int study, IReadOnlyList<FitTicket> tickets) = await QueueAsync(storage);
        foreach ((FitTicket ticket, FitKey key) in tickets.Zip([First, Second]))
            await storage.Fits.FinishAsync((await storage.Fits.ClaimAsync(ticket))!, FitResults.Full(key));
        await using (StudyDatabase database = storage.CreateDbContext())
            await database.Results.Where(r => r.FitId == tickets[1].FitId).ExecuteDeleteAsync();

        StoredFitSource source = await storage.Fits.SourceAsync(study);
        Assert.Equal([First, Second], source.Keys);
        UnreadableFitException error = Assert.Throws<UnreadableFitException>(() => source.Read(source.Keys));
        Assert.Contains($"{Second}: The stored result is missing", error.Message, StringComparison.Ordinal);

        Assert.Equal(Second, Assert.Single(error.Fits).Key);

        Assert.Equal([First], (await storage.Fits.ResultsAsync(study)).Select(r => r.Key));
        (IReadOnlyList<FitKey> Keys, IReadOnlyList<UnreadableFit> Unreadable) read = source.Gather(readable => (readable.Read(readable.Keys).Select(f => f.Key).ToArray(), readable.Unreadable));
        Assert.Equal([First], read.Keys);
        Assert.Equal(new UnreadableFit(Second, "The stored result is missing. Run the fit again."), Assert.Single(read.Unreadable));
        StoredFit unchanged = (await storage.Studies.FitsAsync(study))[1];
        Assert.Equal((FitState.Done, null, 1), (unchanged.State, unchanged.Error, unchanged.Attempt));
        Assert.Equal(StudyState.Done, (await storage.Studies.FindAsync(study))!.State);
    }

    [Fact]
    public async Task Source_OfSomeFits_ReadsThemInTheRequestedOrder()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();
        (int study, IReadOnlyList<FitTicket> tickets) = await QueueAsync(storage);
        foreach ((FitTicket ticket, FitKey key) in tickets.Zip([First, Second]))
            await storage.Fits.FinishAsync((await storage.Fits.ClaimAsync(ticket))!, FitResults.Full(key));

        StoredFitSource source = await storage.Fits.SourceAsync(study);

        Assert.Equal([Second, First], source.Read([Second, First]).Select(r => r.Key));
        Assert.Equal([Second], source.Read([Second]).Select(r => r.Key));
    }

    [Fact]
    public async Task Finish_ManyAtOnce_AllAreStored()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();
        FitKey[] keys = [.. Enumerable.Range(0, 24).Select(i => new FitKey("nnet", 1, i))];
        (int study, IReadOnlyList<FitTicket> tickets) = await QueueAsync(storage, keys);

        await Task.WhenAll(tickets.Select((t, i) => Task.Run(async () =>
            Assert.True(await storage.Fits.FinishAsync((await storage.Fits.ClaimAsync(t))!, FitResults.Full(keys[i]))))));
        Assert.Equal(keys, (await storage.Fits.ResultsAsync(study)).Select(r => r.Key));
        Assert.Equal(StudyState.Done, (await storage.Studies.FindAsync(study))!.State);
    }

    [Fact]
    public async Task PutFirst_AfterARestart_StillApplies()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();
        (_, IReadOnlyList<FitTicket> older) = await QueueAsync(storage);
        (int middleId, IReadOnlyList<FitTicket> middle) = await QueueAsync(storage);
        (int newerId, IReadOnlyList<FitTicket> newer) = await QueueAsync(storage);

        Assert.Equal(middle, await storage.Fits.PutFirstAsync(middleId));
        Assert.Equal(newer, await storage.Fits.PutFirstAsync(newerId));

        Assert.Equal([.. newer, .. middle, .. older], (await storage.Unfinished.RecoverAsync()).Waiting);
    }

    /// <summary>The plan's order is by fold and then as the definition lists the models: the cheapest first here.</summary>
    [Fact]
    public async Task Tickets_QueuedAndRetried_AreByFoldAndThenByDescendingCost()
    {
        FitKey[] keys = [new("nnet", 1, 0), new("da", 1, 0), new("medl", 1, 0), new("nnet", 1, 1), new("da", 1, 1), new("medl", 1, 1)];
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();
        (_, IReadOnlyList<FitTicket> before) = await QueueAsync(storage, keys);
        (int study, IReadOnlyList<FitTicket> queued) = await QueueAsync(storage, keys);
        int[] order = [.. (await storage.Studies.FitsAsync(study)).Chunk(3).SelectMany(fold => fold.Reverse()).Select(f => f.Id)];

        Assert.Equal(order, Ids(queued));
        Assert.Equal([.. Ids(before), .. order], Ids((await storage.Unfinished.RecoverAsync()).Waiting));
        Assert.Equal(order, Ids(await storage.Fits.PutFirstAsync(study)));
        Assert.Equal([.. order, .. Ids(before)], Ids((await storage.Unfinished.RecoverAsync()).Waiting));
        await storage.Fits.CancelAsync(study);
        Assert.Equal(order, Ids(await storage.Fits.RetryAsync(study)));

        static IEnumerable<int> Ids(IEnumerable<FitTicket> tickets) => tickets.Select(t => t.FitId);
    }

    private static async Task<(int StudyId, IReadOnlyList<FitTicket> Fits)> QueueAsync(TemporaryStorage storage, params FitKey[] keys)
    {
        if (keys.Length == 0) keys = [First, Second];
        return await storage.Studies.QueueAsync(await storage.AddDatasetAsync(), "A study", "{}", "hash", [.. keys.Select(k => new NewFit(k, 10))]);
    }
}
