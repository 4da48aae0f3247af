using Bunit;
using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;
using FairMedl.Tests.Fits;
using FairMedl.Web.Compute;
using FairMedl.Web.Services.Compute;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FairMedl.Tests.Web.Compute;

public sealed class ComputePageTests : ComponentContext
{
    private readonly FakeComputeService service = new();

    public ComputePageTests()
    {
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton<IComputeService>(service);
    }

    [Fact]
    public void Page_EnginesFound_ShowsDevicesProblemsAndTheChoice()
    {
        IRenderedComponent<ComputePage> page = Render<ComputePage>();

        string used = page.Find("[data-testid=compute-used]").TextContent;
        Assert.Contains("Fits run on cpu (managed engine 0.1.0, 512-bit vectors), 2 at once. ", used, StringComparison.Ordinal);
        Assert.Contains("This is the automatic choice", used, StringComparison.Ordinal);
        Assert.Contains("AMD EPYC", page.Find("[data-testid=compute-devices]").TextContent, StringComparison.Ordinal);
        string problem = page.Find("[data-testid=problems-torchsharp]").TextContent;
        Assert.Contains("TorchSharp cannot run on this machine", problem, StringComparison.Ordinal);
        Assert.Contains("libtorch was not found.", problem, StringComparison.Ordinal);
        Assert.Contains("Install PyTorch.", problem, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-testid=problems-managed]"));
        Assert.Contains("No self-test yet", page.Find("[data-testid=empty]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_EngineSetByTheSettings_NamesThem()
    {
        service.Read = () => Task.FromResult(FakeComputeService.Overview("managed"));

        Assert.Contains("Compute:Engine = managed", Render<ComputePage>().Find("[data-testid=compute-used]").TextContent,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Page_GpuThatMayBeFaster_IsNamed()
    {
        ComputeOrigin gpu = new("torchsharp", "TorchSharp", "0.107.0", "cuda:0", "NVIDIA T4", null);
        service.Read = () => Task.FromResult(FakeComputeService.Overview() with { Faster = [gpu] });

        Assert.Contains("They run on cuda:0 (NVIDIA T4, TorchSharp 0.107.0) instead if a short measurement shows that a study is faster there",
            Render<ComputePage>().Find("[data-testid=compute-used]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_ConfiguredDeviceIsMissing_SaysThatNoFitCanRun()
    {
        ComputeOverview overview = FakeComputeService.Overview() with { Choice = new ComputeChoice("torchsharp", "cuda:0"), Used = null };
        service.Read = () => Task.FromResult(overview);

        Assert.Contains("No fit can run: torchsharp on cuda:0 is not available on this machine.",
            Render<ComputePage>().Find("[data-testid=compute-used]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_WhileEnginesAreRead_ShowsLoading()
    {
        var pending = new TaskCompletionSource<ComputeOverview>();
        service.Read = () => pending.Task;
        IRenderedComponent<ComputePage> page = Render<ComputePage>();
        Assert.NotEmpty(page.FindAll("[data-testid=loading]"));

        pending.SetResult(FakeComputeService.Overview());

        page.WaitForElement("[data-testid=compute-devices]");
    }

    [Fact]
    public void Page_EnginesCannotBeRead_ShowsTheReasonAndTriesAgain()
    {
        service.Read = () => throw new InvalidOperationException("The driver does not answer.");
        IRenderedComponent<ComputePage> page = Render<ComputePage>();
        Assert.Contains("The driver does not answer.", page.Find("[data-testid=error]").TextContent, StringComparison.Ordinal);

        service.Read = () => Task.FromResult(FakeComputeService.Overview());
        page.Find("[data-testid=error] button").Click();

        page.WaitForElement("[data-testid=compute-devices]");
    }

    [Fact]
    public void SelfTest_Started_ShowsProgressThenResults()
    {
        IRenderedComponent<ComputePage> page = Render<ComputePage>();
        page.Find("[data-testid=run-self-test]").Click();
        SelfTestJob job = service.Latest!;

        job.Advance(0.25, "managed engine on cpu: Timing a step of MEDL, wide");

        page.WaitForAssertion(() => Assert.Contains("Timing a step of MEDL, wide",
            page.Find("[data-testid=self-test-progress]").TextContent, StringComparison.Ordinal));
        Assert.Equal("25", page.Find("[role=progressbar]").GetAttribute("aria-valuenow"));
        Assert.Empty(page.FindAll("[data-testid=run-self-test]"));

        job.Add(new DeviceSelfTest(FakeComputeService.Managed, SelfTestEngine.Passing(12)));
        job.Add(new DeviceSelfTest(FakeComputeService.Managed with { EngineName = "TorchSharp" }, SelfTestEngine.Failing()));
        job.End(SelfTestState.Done, DateTimeOffset.UnixEpoch);

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=self-test-progress]")));
        string verdicts = page.Find("[data-testid=self-test-verdicts]").TextContent;
        Assert.Contains("Agrees with PyTorch: the largest relative difference is 2.0E-6.", verdicts, StringComparison.Ordinal);
        Assert.Contains("1 of 5 references are not reproduced. 1 of 16 step times could not be measured.", verdicts, StringComparison.Ordinal);
        Assert.Contains("The GPU is out of memory.", page.Find("[data-testid=compute-steps-small]").TextContent,
            StringComparison.Ordinal);
        Assert.Contains("12", page.Find("[data-testid=compute-steps-wide]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Finished", page.Find("[data-testid=self-test-time]").TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll("[data-testid=run-self-test]"));
    }

    [Fact]
    public void SelfTest_Cancelled_StopsTheJobAndSaysSo()
    {
        SelfTestJob job = service.Start();
        IRenderedComponent<ComputePage> page = Render<ComputePage>();

        page.Find("[data-testid=cancel-self-test]").Click();
        Assert.True(job.Stopping.IsCancellationRequested);
        job.End(SelfTestState.Cancelled, DateTimeOffset.UnixEpoch);

        page.WaitForAssertion(() =>
            Assert.Contains("Cancelled", page.Find("[data-testid=self-test-time]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void SelfTest_Failed_ShowsTheReason()
    {
        service.Start().End(SelfTestState.Failed, DateTimeOffset.UnixEpoch, "The driver stopped.");

        Assert.Contains("The driver stopped.", Render<ComputePage>().Find("[data-testid=error]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_EngineWithoutDevices_HasOneRow()
    {
        var gpu = new DeviceOverview(new ComputeDevice("cuda:0", "NVIDIA T4", MemoryBytes: 15L << 30), 1);
        EngineOverview with = new("torchsharp", "TorchSharp", "0.107.0", [gpu], []), without = with with { Devices = [] };

        string[][] rows = [.. ComputeTables.Devices([with, without]).Rows.Select(r => r.Select(c => c.Content).ToArray())];

        Assert.Equal(["TorchSharp 0.107.0", "cuda:0", "NVIDIA T4", "15.0", "–", "1"], rows[0]);
        Assert.Equal(["TorchSharp 0.107.0", "none", "–", "–", "–", "–"], Assert.Single(rows.Skip(1)));
    }

    [Fact]
    public void Tables_StepsOfTwoDevices_HaveTheRatioToTheFirst()
    {
        DeviceSelfTest first = new(FakeComputeService.Managed, SelfTestEngine.Passing(4000));
        DeviceSelfTest second = new(FakeComputeService.Managed with { EngineName = "TorchSharp" }, SelfTestEngine.Passing(10_000));

        var table = ComputeTables.Steps([first, second], "wide");

        Assert.Equal(["Model", "Managed engine, cpu (µs)", "TorchSharp, cpu (µs)", "TorchSharp, cpu, ratio"], table.Columns.Select(c => c.Name));
        Assert.All(table.Rows, row => Assert.Equal(["4,000", "10,000", "2.5"], row.Skip(1).Select(c => c.Content)));
        Assert.Equal(ModelCatalogue.All.Select(m => m.Name), table.Rows.Select(row => row[0].Content));
    }

    [Fact]
    public void Tables_ParityOfAFailedFixture_SaysSoAndNamesTheQuantity()
    {
        DeviceSelfTest failing = new(FakeComputeService.Managed, SelfTestEngine.Failing());

        var table = ComputeTables.Parity([failing]);

        Assert.Equal("2.0E-6", table.Rows[0][1].Content);
        Assert.Equal("2.5E-1 (failed)", table.Rows[1][1].Content);
        Assert.Equal("gradient of L_M by fe.out.bias", table.Rows[1][1].Detail);
    }
}
