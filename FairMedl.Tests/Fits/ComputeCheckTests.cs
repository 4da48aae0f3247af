using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Fits.SelfTests;
using Xunit;

namespace FairMedl.Tests.Fits;

public sealed class ComputeCheckTests : IDisposable
{
    private static readonly ComputeDevice Cpu = new(ComputeDevice.Cpu, VectorBits: 512);
    private static readonly ComputeDevice Gpu = new("cuda:0", "NVIDIA T4", MemoryBytes: 16L << 30);
    private readonly StringWriter output = new(), error = new();

    public void Dispose()
    {
        output.Dispose();
        error.Dispose();
    }

    [Fact]
    public void Run_WithoutSelfTest_ListsDevicesAndProblems()
    {
        var lacking = new SelfTestEngine("second") { Problems = [new ComputeProblem("libtorch was not found.", "Install PyTorch.")] };

        Assert.Equal(ComputeCheckOutcome.Passed, Run([new SelfTestEngine("first", Cpu, Gpu), lacking]));

        string[] lines = [.. output.ToString().Split(Environment.NewLine).Select(l => l.Trim())];
        Assert.Contains("first: first engine 1.2", lines);
        Assert.Contains("cpu (512-bit vectors)", lines);
        Assert.Contains("cuda:0 (NVIDIA T4, 16.0 GB)", lines);
        Assert.Contains("no device", lines);
        Assert.Contains("Problem: libtorch was not found.", lines);
        Assert.Contains("What to do: Install PyTorch.", lines);
        Assert.DoesNotContain(lines, l => l.StartsWith("Self-test", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_SelfTestOfTwoEngines_WritesTheRatioToTheFirst()
    {
        IComputeEngine[] engines =
        [
            new SelfTestEngine("first", Cpu) { Test = (_, _) => SelfTestEngine.Passing(4) },
            new SelfTestEngine("second", Cpu) { Test = (_, _) => SelfTestEngine.Passing(10) },
        ];

        Assert.Equal(ComputeCheckOutcome.Passed, Run(engines, selfTest: true));

        Assert.Contains("A ratio of 2 means twice the time of first on cpu.", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("10.0        10.0        2.50        2.50", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("2.0E-6  passed", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("All self-tests passed.", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_FailingSelfTest_FailsAndNamesTheQuantityAndTheReason()
    {
        var failing = new SelfTestEngine("first", Cpu) { Test = (_, _) => SelfTestEngine.Failing() };

        Assert.Equal(ComputeCheckOutcome.Failed, Run([failing], selfTest: true));

        Assert.Contains("FAILED: gradient of L_M by fe.out.bias", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("The GPU is out of memory.", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("third", null, false, ComputeCheckOutcome.NotFound)]
    [InlineData(null, "cuda:7", false, ComputeCheckOutcome.NotFound)]
    [InlineData("first", "cuda:0", false, ComputeCheckOutcome.NotFound)]
    [InlineData("second", null, true, ComputeCheckOutcome.Failed)]
    [InlineData("second", null, false, ComputeCheckOutcome.Passed)]
    [InlineData("first", "cpu", true, ComputeCheckOutcome.Passed)]
    public void Run_ChosenEngineOrDevice_EndsAsDocumented(string? engine, string? device, bool selfTest, ComputeCheckOutcome expected)
    {
        Assert.Equal(expected, Run([new SelfTestEngine("first", Cpu), new SelfTestEngine("second")], selfTest, engine, device));
        Assert.Equal(expected != ComputeCheckOutcome.Passed, error.ToString().Length > 0);
    }

    [Fact]
    public void Run_OneDevice_TestsOnlyThat()
    {
        var tested = new List<string>();
        IComputeEngine[] engines = [Recording("first"), Recording("second")];

        Run(engines, selfTest: true, engine: "second", device: "cuda:0");

        Assert.Equal(["second"], tested);

        SelfTestEngine Recording(string id) => new(id, Cpu, Gpu)
        {
            Test = (_, _) =>
            {
                tested.Add(id);
                return SelfTestEngine.Passing(1);
            },
        };
    }

    private ComputeCheckOutcome Run(IComputeEngine[] engines, bool selfTest = false, string? engine = null, string? device = null) =>
        new ComputeCheck(engines, output, error).Run(engine, device, selfTest, CancellationToken.None);
}
