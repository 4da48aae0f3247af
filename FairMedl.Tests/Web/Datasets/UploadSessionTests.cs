using System.Text;
using FairMedl.Core.Data.Roles;
using FairMedl.Web.Datasets;
using FairMedl.Web.Services.Datasets;
using Xunit;

namespace FairMedl.Tests.Web.Datasets;

public sealed class UploadSessionTests
{
    private readonly MemoryCatalogue catalogue = new();

    [Fact]
    public void Choose_TooLarge_IsRefusedBeforeAByteIsSent()
    {
        using UploadSession session = new(catalogue, maxBytes: 1 << 20);

        session.Choose("big.csv", 3 << 20);

        Assert.Equal(UploadStage.Failed, session.Stage);
        Assert.Contains("3.0 MB; at most 1.0 MB", session.Faults[0].What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_GoodFile_IsAddedWithProgress()
    {
        using UploadSession session = new(catalogue, 1000);
        byte[] csv = Encoding.UTF8.GetBytes("a,b\n1,2\n3,4\n");
        session.Choose("good.csv", csv.Length);
        int changes = 0;

        DatasetSummary? added = await session.RunAsync(_ => new MemoryStream(csv), new CsvOptions(), () => changes++);

        Assert.Equal((2, 2), (added!.Rows, added.Columns));
        Assert.True(changes > 0);
        Assert.Equal(100, session.Percent);
        Assert.Contains("2 rows", session.ProgressText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_FileWithFaults_KeepsNothingAndListsThemWithTheirLines()
    {
        using UploadSession session = new(catalogue, 1000);
        byte[] csv = Encoding.UTF8.GetBytes("a,b\n1,2\n3\n5,6\n7,8,9\n");
        session.Choose("bad.csv", csv.Length);

        Assert.Null(await session.RunAsync(_ => new MemoryStream(csv), new CsvOptions(), () => { }));

        Assert.Equal(UploadStage.Failed, session.Stage);
        Assert.Equal([3L, 5L], session.Faults.Select(f => f.Line ?? 0));
        Assert.Empty(await catalogue.ListAsync());
    }

    [Fact]
    public async Task Cancel_WhileRunning_EndsAsCancelledAndKeepsNothing()
    {
        using UploadSession session = new(catalogue, 1000);
        session.Choose("slow.csv", 100);
        TaskCompletionSource opened = new();

        Task<DatasetSummary?> running = session.RunAsync(_ => new NeverEnding(opened), new CsvOptions(), () => { });
        await opened.Task;
        Assert.Equal(UploadStage.Running, session.Stage);
        session.Cancel();

        Assert.Null(await running);
        Assert.Equal(UploadStage.Cancelled, session.Stage);
        Assert.Empty(await catalogue.ListAsync());
    }

    [Fact]
    public void Choices_Missing_AreSplitAndKeptOnce()
    {
        UploadChoices choices = new() { Delimiter = "\t", Header = "no", Missing = "NA, -9  NA ?" };

        CsvOptions options = choices.ToOptions();

        Assert.Equal(("\t", (bool?)false), (options.Delimiter, options.HasHeader));
        Assert.Equal(["NA", "-9", "?"], options.Missing);
    }

    [Fact]
    public void Choices_Untouched_AreTheReadersOwn()
    {
        CsvOptions options = new UploadChoices().ToOptions(), own = new();

        Assert.Null(options.Delimiter);
        Assert.Null(options.HasHeader);
        Assert.Equal(own.Missing, options.Missing);
    }

    /// <summary>A browser that has stopped sending.</summary>
    private sealed class NeverEnding(TaskCompletionSource opened) : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            opened.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
    }
}
