using System.Diagnostics;
using System.Text.Json;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Data.Tables;
using FairMedl.Core.Fits;
using FairMedl.Core.Storage;
using FairMedl.Core.Storage.Formats;
using FairMedl.Core.Storage.Stores;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Core.Studies.Plan;
using FairMedl.Core.Studies.Sample;
using FairMedl.Tests.Browser;
using FairMedl.Tests.Storage;
using FairMedl.Tests.Studies;
using FairMedl.Web.Jobs;
using FairMedl.Web.Services.Studies;
using Xunit;

namespace FairMedl.Tests.Jobs;

public class RestartTests
{
    private static readonly StudyDefinition Study = SampleStudy.Definition() with
    {
        // Long enough that a quick machine has not finished when the process is killed.
        Name = "To be killed",
        Preset = "paper",
        Settings = new Dictionary<string, JsonElement> { ["epochs"] = JsonSerializer.SerializeToElement(40) },
    };

    [Fact]
    public async Task Kill_DuringAStudy_NextStartFinishesItWithTheSameNumbers()
    {
        string folder = TemporaryStorage.NewPath();
        (int study, IStudyWork undisturbed) = await QueueAsync(folder);
        await using (Program first = Program.Start(folder))
        {
            await first.WaitAsync(study, s => s.FitsDone > 0);
            first.Kill();
        }

        // A fit that was running is tried once more; no other fit is run twice.
        int[] attempts;
        IReadOnlyList<FitResult> results;
        await using (JobHost look = await JobHost.StartAsync(folder: folder, worker: false, keep: true))
        {
            StudyDetail left = (await look.Service.FindAsync(study))!;
            Assert.InRange(left.Summary.FitsDone, 1, left.Summary.Fits - 1);
            attempts = [.. left.Fits.Select(f => f.State == FitState.Running ? 2 : 1)];
        }

        await using (Program second = Program.Start(folder))
            await second.WaitAsync(study, s => s.State is StudyState.Done or StudyState.Failed);

        await using (JobHost look = await JobHost.StartAsync(folder: folder, worker: false))
        {
            StudyDetail done = (await look.Service.FindAsync(study))!;
            Assert.Equal(StudyState.Done, done.Summary.State);
            Assert.Equal(attempts, done.Fits.Select(f => f.Attempt));
            results = await look.Fits.ResultsAsync(study);
        }

        Assert.Equal(undisturbed.Fits.Select(f => f.Key), results.Select(r => r.Key));
        var expected = new FitResult[results.Count];
        Parallel.For(0, expected.Length, i => expected[i] = undisturbed.Run(undisturbed.Fits[i].Key, null, CancellationToken.None));
        foreach ((FitResult whole, FitResult resumed) in expected.Zip(results)) Assert.Equal(Numbers(whole), Numbers(resumed));
        Assert.Equal(Metrics(undisturbed.Gather(new FitsInMemory(expected)).Results), Metrics(undisturbed.Gather(new FitsInMemory(results)).Results));
    }

    private static async Task<(int Study, IStudyWork Work)> QueueAsync(string folder)
    {
        await using JobHost service = await JobHost.StartAsync(folder: folder, worker: false, keep: true);
        using var csv = new MemoryStream();
        await using (var writer = new StreamWriter(csv, leaveOpen: true)) SampleStudy.WriteCsv(writer, rows: 2000);
        csv.Position = 0;
        int dataset = (await service.Datasets.UploadAsync("loans.csv", csv, null, new CsvOptions(), null)).Id;
        int study = await service.Service.QueueAsync(dataset, Study);
        Table table = (await service.Datasets.OpenAsync(dataset))!;
        return (study, new StudyPlanner(TestCompute.Choice).Plan(Study, table));
    }

    // All that a fit leaves behind but the time it took, as its stored bytes.
    private static byte[] Numbers(FitResult result) => FitResultFormat.Write(result with { TrainSeconds = 0, EvaluateSeconds = 0 });

    private static string Metrics(StudyResults results) => JsonSerializer.Serialize(results.Audits);

    /// <summary>The built program serving a data folder, whose database a test reads from outside.</summary>
    private sealed class Program : IAsyncDisposable
    {
        private readonly Process process;
        private readonly StudyStore studies;

        private Program(Process process, string folder)
        {
            this.process = process;
            studies = new StudyStore(new ForeignStorage(folder), new QueueOrder(threads: 2), TimeProvider.System);
        }

        public static Program Start(string folder)
        {
            var start = new ProcessStartInfo("dotnet", [RunningApp.Program(), "serve", "--urls", "http://127.0.0.1:0"])
            {
                RedirectStandardOutput = true,
                Environment = { ["Sample__AtFirstStart"] = "false", ["Storage__Folder"] = folder, ["Jobs__Threads"] = "2" },
            };
            Process process = Process.Start(start)!;
            process.OutputDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            return new Program(process, folder);
        }

        public async Task WaitAsync(int study, Func<Standing, bool> until)
        {
            long started = Stopwatch.GetTimestamp();
            while (true)
            {
                StudyOverview overview = (await studies.FindAsync(study))!;
                if (until(new Standing(overview.State, overview.Fits.GetValueOrDefault(FitState.Done)))) return;
                Assert.False(process.HasExited, "the program ended by itself");
                Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(3), $"waited too long: {string.Join(", ", overview.Fits)}");
                await Task.Delay(5);
            }
        }

        public void Kill() => process.Kill();

        public async ValueTask DisposeAsync()
        {
            if (!process.HasExited) process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    private sealed record Standing(StudyState State, int FitsDone);
}
