using System.Diagnostics;
using FairMedl.Core.Storage;
using FairMedl.Core.Studies.Sample;
using FairMedl.Tests.Browser;
using FairMedl.Tests.Storage;
using FairMedl.Web.Jobs;
using FairMedl.Web.Start;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace FairMedl.Tests.Jobs;

/// <summary>First starts that were cut short: the next start completes them, once.</summary>
public sealed class FirstStartTests
{
    /// <summary>What a process that was killed has stored.</summary>
    public enum Stored
    {
        /// <summary>The database.</summary>
        Database,

        /// <summary>The sample's file as well, but not its row.</summary>
        File,

        /// <summary>The sample's row as well.</summary>
        Dataset,

        /// <summary>The study as well.</summary>
        Study,
    }

    [Theory]
    [InlineData(Stored.Database)]
    [InlineData(Stored.File)]
    [InlineData(Stored.Dataset)]
    [InlineData(Stored.Study)]
    public async Task Start_AfterAnInterruptedFirstStart_HasTheSampleOnce(Stored stored)
    {
        string folder = TemporaryStorage.NewPath();
        await using (JobHost first = await JobHost.StartAsync(folder: folder, worker: false, keep: true))
        {
            if (stored >= Stored.Dataset) await first.Datasets.AddSampleAsync();
            if (stored >= Stored.Study) await first.QueueSampleAsync();
        }

        if (stored == Stored.File)
        {
            string elsewhere = TemporaryStorage.NewPath();
            await using JobHost other = await JobHost.StartAsync(folder: elsewhere, worker: false);
            string file = StorageFolder.DatasetFile((await other.Datasets.AddSampleAsync()).Fingerprint);
            File.Copy(new StorageFolder(elsewhere).Resolve(file), new StorageFolder(folder).Resolve(file));
        }

        await using JobHost second = await JobHost.StartAsync(folder: folder, worker: false);
        var storage = new StorageFolder(folder);
        Assert.True(storage.IsNew);

        await CompleteAsync(second, storage);
        Assert.False(storage.IsNew);
        await AssertSampleOnceAsync(second);

        // A later start leaves a sample that was deleted alone.
        await second.Service.DeleteAsync((await second.Service.ListAsync())[0].Id);
        await CompleteAsync(second, storage);
        Assert.Empty(await second.Service.ListAsync());
    }

    [Fact]
    public async Task Kill_DuringTheFirstStart_TheNextStartQueuesTheSample()
    {
        string folder = TemporaryStorage.NewPath();
        var storage = new StorageFolder(folder);
        using (Process first = Serve(folder))
        {
            await UntilAsync(() => File.Exists(storage.DatabaseFile));
            first.Kill(entireProcessTree: true);
            await first.WaitForExitAsync();
        }

        Assert.True(storage.IsNew);
        using (Process second = Serve(folder))
        {
            await UntilAsync(() => !storage.IsNew);
            second.Kill(entireProcessTree: true);
            await second.WaitForExitAsync();
        }

        await using JobHost look = await JobHost.StartAsync(folder: folder, worker: false);
        await AssertSampleOnceAsync(look);
    }

    private static async Task CompleteAsync(JobHost host, StorageFolder storage)
    {
        using var comparison = new SampleComparison(host.Datasets, host.Service);
        using var start = new SampleAtFirstStart(comparison, storage, FirstResponse.NotAwaited, new ConfigurationBuilder().Build(), NullLogger<SampleAtFirstStart>.Instance);
        await start.StartAsync(CancellationToken.None);
        await start.ExecuteTask!;
    }

    private static async Task AssertSampleOnceAsync(JobHost host)
    {
        Assert.Equal(SampleStudy.Name, Assert.Single(await host.Datasets.ListAsync()).Name);
        Assert.Equal((SampleStudy.Name, 15), Assert.Single(await host.Service.ListAsync()) is var study ? (study.Name, study.Fits) : default);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        long started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(2), "The program did not get this far.");
            await Task.Delay(10);
        }
    }

    private static Process Serve(string folder) => Process.Start(new ProcessStartInfo("dotnet", [RunningApp.Program(), "serve", "--urls", "http://127.0.0.1:0"])
    {
        Environment = { ["Storage__Folder"] = folder, ["Logging__LogLevel__Default"] = "None" },
    })!;
}
